//! Files that are written: whole, or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::input::is_dash;
use crate::interrupt;

/// A place that bytes are written to. A file has its name only after [`Output::complete`].
#[derive(Debug)]
pub struct Output {
    name: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Stdout(StdoutLock<'static>),
    /// A pipe or a device: there is nothing to rename.
    Direct(File),
    Temporary {
        file: NamedTempFile,
        target: PathBuf,
    },
}

impl Output {
    /// Standard output.
    pub fn stdout() -> Self {
        Self {
            name: "standard output".into(),
            sink: Sink::Stdout(io::stdout().lock()),
        }
    }

    /// The file at `path`, or standard output for `-`.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        if is_dash(path) {
            return Ok(Self::stdout());
        }
        let sink = create_sink(path).map_err(|error| Failure::io(path, &error))?;
        Ok(Self {
            name: path.to_owned(),
            sink,
        })
    }

    /// Whether a person sees what is written.
    pub fn is_terminal(&self) -> bool {
        match &self.sink {
            Sink::Stdout(stdout) => stdout.is_terminal(),
            Sink::Direct(file) => file.is_terminal(),
            Sink::Temporary { .. } => false,
        }
    }

    /// Writes all bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let result = match &mut self.sink {
            Sink::Stdout(stdout) => stdout.write_all(bytes),
            Sink::Direct(file) => file.write_all(bytes),
            Sink::Temporary { file, .. } => file.as_file_mut().write_all(bytes),
        };
        result.map_err(|error| self.failure(&error))
    }

    /// Gives the file its name; without this call there is none.
    pub fn complete(mut self) -> Result<(), Failure> {
        let result = match &mut self.sink {
            Sink::Stdout(stdout) => stdout.flush(),
            Sink::Direct(file) => file.flush(),
            // Some file systems tell only now that they are full.
            Sink::Temporary { file, .. } => file.as_file_mut().sync_all(),
        };
        result.map_err(|error| self.failure(&error))?;
        match self.sink {
            Sink::Stdout(_) | Sink::Direct(_) => Ok(()),
            Sink::Temporary { file, target } => file
                .persist(target)
                .map(drop)
                .map_err(|error| Failure::io(&self.name, &error.error)),
        }
    }

    fn failure(&self, error: &io::Error) -> Failure {
        match (&self.sink, error.kind()) {
            (Sink::Stdout(_), io::ErrorKind::BrokenPipe) => Failure::BrokenPipe,
            _ => Failure::io(&self.name, error),
        }
    }
}

fn create_sink(path: &Path) -> io::Result<Sink> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let file = File::options().write(true).open(path)?;
        return Ok(Sink::Direct(file));
    }
    // A link stays a link: the file that it leads to is replaced.
    let target = match old {
        Some(_) => path.canonicalize()?,
        None => path.to_owned(),
    };
    let folder = folder_of(&target);
    fs::metadata(folder)?;
    let file = interrupt::guarded(|| temporary_file(folder))
        // Its text would name the temporary file.
        .map_err(|error| io::Error::from(error.kind()))?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(Sink::Temporary { file, target })
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

/// The folder that the file is or would be in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
