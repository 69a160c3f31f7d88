//! What the command asks of the system: to read, to write, to give a file its name.
//!
//! All of it goes through here, so that the tests can let any single step fail.

mod watched;

use std::fs::{File, Permissions};
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::interrupt;
use crate::overlap::shares_standard_error;
use watched::Watched;

/// Where files are.
pub trait Disk: Send + Sync {
    /// Opens a file.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>>;

    /// Standard input.
    fn stdin(&self) -> Box<dyn Read + Send>;

    /// Standard output.
    fn stdout(&self) -> Box<dyn Write>;

    /// As [`shares_standard_error`].
    fn shares_standard_error(&self, path: &Path) -> bool;

    /// Opens a pipe or a device that is there, with whether a person sees what is written.
    fn device(&self, path: &Path) -> io::Result<(Box<dyn Write>, bool)>;

    /// Makes a file that is gone when it is dropped, with these permissions or the usual ones.
    fn temporary(
        &self,
        folder: &Path,
        permissions: Option<Permissions>,
    ) -> io::Result<Box<dyn Temporary>>;
}

/// A file without a name of its own.
pub trait Temporary: Write {
    /// Waits until the system has stored it.
    fn sync(&mut self) -> io::Result<()>;

    /// Gives it this name, in the place of an older file.
    fn persist(self: Box<Self>, target: &Path) -> io::Result<()>;
}

/// The disk of this computer.
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
            // Its text would name the temporary file.
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

/// The file that standard input comes from, if it is no pipe.
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

/// Those of any new file, from which the system takes what the user's mask forbids.
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
