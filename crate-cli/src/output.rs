//! Output files: complete, or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, Temporary};
use crate::failure::Failure;
use crate::measure::{Measure, Measured};
use crate::path::{folder_of, is_dash};

/// Where bytes are written. A file gets its name only in [`Output::complete`].
pub struct Output {
    name: PathBuf,
    destination: Destination,
    is_terminal: bool,
    /// Where it is asked for.
    measure: Option<Measure>,
}

enum Destination {
    Stdout(Box<dyn Write>),
    /// A pipe or a device, written in place.
    Direct(Box<dyn Write>),
    Temporary {
        file: Box<dyn Temporary>,
        target: PathBuf,
    },
}

impl Output {
    /// Standard output.
    pub fn stdout(disk: &dyn Disk) -> Self {
        Self {
            name: "standard output".into(),
            destination: Destination::Stdout(disk.stdout()),
            is_terminal: io::stdout().is_terminal(),
            measure: None,
        }
    }

    /// The file at `path`, or standard output for `-`.
    pub fn create(path: &Path, disk: &dyn Disk) -> Result<Self, Failure> {
        if is_dash(path) {
            return Ok(Self::stdout(disk));
        }
        let (destination, is_terminal) =
            create_destination(path, disk).map_err(|error| Failure::io(path, &error))?;
        Ok(Self {
            name: path.to_owned(),
            destination,
            is_terminal,
            measure: None,
        })
    }

    /// The same output, measured from now on.
    pub fn measured(self) -> Self {
        Self {
            measure: Some(Measure::default()),
            ..self
        }
    }

    /// Size and digest of what was written, if it is measured.
    pub fn figures(&self) -> Option<Measured> {
        self.measure.as_ref().map(Measure::figures)
    }

    /// Whether it is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Whether the output is invisible until it is complete.
    pub fn is_hidden(&self) -> bool {
        matches!(self.destination, Destination::Temporary { .. })
    }

    /// Writes all bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let result = match &mut self.destination {
            Destination::Stdout(stdout) => stdout.write_all(bytes),
            Destination::Direct(file) => file.write_all(bytes),
            Destination::Temporary { file, .. } => file.write_all(bytes),
        };
        result.map_err(|error| self.failure(&error))?;
        if let Some(measure) = &mut self.measure {
            measure.add(bytes);
        }
        Ok(())
    }

    /// Gives the file its name; without this call the file is deleted.
    pub fn complete(mut self) -> Result<(), Failure> {
        self.settle()?;
        self.publish()
    }

    /// Waits until all that was written is where it is to stay.
    pub fn settle(&mut self) -> Result<(), Failure> {
        let result = match &mut self.destination {
            Destination::Stdout(stdout) => stdout.flush(),
            Destination::Direct(file) => file.flush(),
            // Some file systems report only now that they are full.
            Destination::Temporary { file, .. } => file.sync(),
        };
        result.map_err(|error| self.failure(&error))
    }

    /// Gives a file its name that has settled.
    pub fn publish(self) -> Result<(), Failure> {
        match self.destination {
            Destination::Stdout(_) | Destination::Direct(_) => Ok(()),
            Destination::Temporary { file, target } => file
                .persist(&target)
                .map_err(|error| Failure::io(&self.name, &error)),
        }
    }

    fn failure(&self, error: &io::Error) -> Failure {
        match (&self.destination, error.kind()) {
            (Destination::Stdout(_), io::ErrorKind::BrokenPipe) => Failure::BrokenPipe,
            _ => Failure::io(&self.name, error),
        }
    }
}

fn create_destination(path: &Path, disk: &dyn Disk) -> io::Result<(Destination, bool)> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let (file, is_terminal) = disk.device(path)?;
        return Ok((Destination::Direct(file), is_terminal));
    }
    // A link stays a link: its target is replaced.
    let target = match old {
        Some(_) => path.canonicalize()?,
        None => path.to_owned(),
    };
    let folder = folder_of(&target);
    fs::metadata(folder)?;
    let file = disk.temporary(folder, old.map(|old| old.permissions()))?;
    Ok((Destination::Temporary { file, target }, false))
}
