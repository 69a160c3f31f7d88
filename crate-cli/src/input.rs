//! The files that users are read from, one after another.

use std::fs;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use clap::CommandFactory;
use clap::error::ErrorKind;
use rollcall_core::{Error, ErrorCode};

use crate::args::{Cli, InputArgs};
use crate::disk::Disk;
use crate::failure::Failure;
use crate::feed::Feed;
use crate::path::{DASH, is_dash, real_path};

/// The capacity of a pipe; it also keeps the pending output small.
pub const CHUNK: usize = 64 << 10;

/// Larger slices are no faster; smaller ones leave more cut lines to the main thread.
const SLICE: usize = 256 << 10;

/// All inputs of a command, in order.
#[derive(Debug)]
pub struct Inputs {
    paths: Vec<PathBuf>,
    chunk: Option<usize>,
    threads: usize,
    bytes_total: Option<u64>,
}

impl Inputs {
    /// The named inputs, or standard input. Fails if one does not exist.
    pub fn new(args: &InputArgs) -> Result<Self, Failure> {
        let mut paths = [args.inputs.as_slice(), &args.more_inputs].concat();
        if paths.is_empty() {
            if io::stdin().is_terminal() {
                let message = "no input: name a file, or pipe users to standard input";
                Cli::command()
                    .error(ErrorKind::MissingRequiredArgument, message)
                    .exit();
            }
            paths.push(DASH.into());
        }
        if paths.iter().filter(|path| is_dash(path)).count() > 1 {
            return Err(Failure::request(
                "`-` is given more than once: standard input can be read only once",
            ));
        }
        let sizes = paths.iter().map(|path| size(path));
        let bytes_total = sizes.sum::<Result<Option<u64>, Failure>>()?;
        Ok(Self {
            paths,
            chunk: args.chunk,
            threads: args.threads.unwrap_or_else(available_threads),
            bytes_total,
        })
    }

    /// The total size, if all sizes are known.
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    /// The paths of the files, `/dev/stdin` for standard input.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(|path| real_path(path))
    }

    /// The inputs as they were named; `-` is standard input.
    pub fn names(&self) -> Vec<String> {
        let names = self.paths.iter().map(|path| path.display().to_string());
        names.collect()
    }

    /// The text of the inputs, in order.
    pub fn feed(&self, disk: &Arc<dyn Disk>) -> Feed {
        Feed::new(self.paths.clone(), Arc::clone(disk))
    }

    /// How many workers may run at a time.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// The size of the pieces to read.
    pub fn chunk(&self) -> usize {
        self.chunk.unwrap_or(match self.threads {
            1 => CHUNK,
            _ => SLICE,
        })
    }

    /// Adds the file's name to the message if there are several files.
    pub fn name(&self, error: Error) -> Error {
        match self.paths.get(error.input) {
            // A request is wrong as a whole, whichever file reveals it.
            Some(path) if self.paths.len() > 1 && error.code != ErrorCode::BadRequest => {
                error.in_file(&path.display().to_string())
            }
            _ => error,
        }
    }
}

/// Size of a regular file; `None` for a pipe or a device.
fn size(path: &Path) -> Result<Option<u64>, Failure> {
    match fs::metadata(real_path(path)) {
        Ok(metadata) => Ok(metadata.is_file().then_some(metadata.len())),
        // Not every system has a path for standard input.
        Err(_) if is_dash(path) => Ok(None),
        Err(error) => Err(Failure::io(path, &error)),
    }
}

fn available_threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
