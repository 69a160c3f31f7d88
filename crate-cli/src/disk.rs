//! The command's access to the system: reading, writing, renaming.
//!
//! Everything goes through here, so that tests can make any single step fail.

mod watched;

use std::fs::{File, Permissions};
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::interrupt;
use crate::overlap::shares_standard_error;
use watched::Watched;

/// Files and standard streams.
pub trait Disk: Send + Sync {
    /// Opens a file.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>>;

    /// Standard input.
    fn stdin(&self) -> Box<dyn Read + Send>;

    /// Standard output.
    fn stdout(&self) -> Box<dyn Write>;

    /// See [`shares_standard_error`].
    fn shares_standard_error(&self, path: &Path) -> bool;

    /// Opens an existing pipe or device; also returns whether it is a terminal.
    fn device(&self, path: &Path) -> io::Result<(Box<dyn Write>, bool)>;

    /// Creates a file that is deleted when dropped, with these permissions or the default ones.
    fn temporary(
        &self,
        folder: &Path,
        permissions: Option<Permissions>,
    ) -> io::Result<Box<dyn Temporary>>;
}

/// A file that has not got its final name yet.
pub trait Temporary: Write {
    /// Waits until the data is on disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Gives it this name, replacing an existing file.
    fn persist(self: Box<Self>, target: &Path) -> io::Result<()>;
}

/// The real system.
pub struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Watched::new(File::open(path)?)?))
    }

    fn stdin(&self) -> Box<dyn Read + Send> {
        match redirected_file() {
            Some(file) => Box::new(file),
            None => Box::new(io::stdin()),
        }
    }

    fn stdout(&self) -> Box<dyn Write> {
        Box::new(io::stdout().lock())
    }

    fn shares_standard_error(&self, path: &Path) -> bool {
        shares_standard_error(path)
    }

    fn device(&self, path: &Path) -> io::Result<(Box<dyn Write>, bool)> {
        let file = File::options().write(true).open(path)?;
        let is_terminal = file.is_terminal();
        Ok((Box::new(file), is_terminal))
    }

    fn temporary(
        &self,
        folder: &Path,
        permissions: Option<Permissions>,
    ) -> io::Result<Box<dyn Temporary>> {
        let file = interrupt::guarded(|| temporary_file(folder))
            // The original message would name the temporary file.
            .map_err(|error| io::Error::from(error.kind()))?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        Ok(Box::new(file))
    }
}

impl Temporary for NamedTempFile {
    fn sync(&mut self) -> io::Result<()> {
        self.as_file().sync_all()
    }

    fn persist(self: Box<Self>, target: &Path) -> io::Result<()> {
        (*self)
            .persist(target)
            .map(drop)
            .map_err(|error| error.error)
    }
}

/// The file that standard input is redirected from, if any.
#[cfg(unix)]
fn redirected_file() -> Option<Watched> {
    use std::os::fd::AsFd;
    let file = File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
    Watched::new(file).ok().filter(Watched::is_file)
}

#[cfg(not(unix))]
fn redirected_file() -> Option<Watched> {
    None
}

fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollcall-").suffix(".part");
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder)
}

/// Those of any new file, before the system applies the umask.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests;
