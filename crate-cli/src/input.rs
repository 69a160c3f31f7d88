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
use crate::dash::{DASH, is_dash, real_path};
use crate::disk::Disk;
use crate::failure::Failure;
use crate::feed::Feed;

/// As much as a pipe holds; the output that waits to be written stays small as well.
pub const CHUNK: usize = 64 << 10;

/// Larger ones are no faster, smaller ones leave more cut lines to the main thread.
const SLICE: usize = 256 << 10;

/// All inputs of a command, in their order.
#[derive(Debug)]
pub struct Inputs {
    paths: Vec<PathBuf>,
    chunk: Option<usize>,
    threads: usize,
    bytes_total: Option<u64>,
}

impl Inputs {
    /// The inputs that were named, or standard input. Each is there when this returns.
    pub fn new(args: &InputArgs) -> Result<Self, Failure> {
        let mut paths = [args.inputs.as_slice(), &args.more_inputs].concat();
        if paths.is_empty() {
            if io::stdin().is_terminal() {
                let message = "no input: name a file, or pipe users into the command";
                Cli::command()
                    .error(ErrorKind::MissingRequiredArgument, message)
                    .exit();
            }
            paths.push(DASH.into());
        }
        if paths.iter().filter(|path| is_dash(path)).count() > 1 {
            return Err(Failure::request("standard input can be read only once"));
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

    /// The sum of the sizes, where all are known.
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    /// The paths of the files; of standard input where it has one.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(|path| real_path(path))
    }

    /// What is to be read, in its order.
    pub fn feed(&self, disk: &Arc<dyn Disk>) -> Feed {
        Feed::new(self.paths.clone(), Arc::clone(disk))
    }

    /// What workers may do at a time.
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

    /// Puts the file's name into the message where there are several files.
    pub fn name(&self, error: Error) -> Error {
        match self.paths.get(error.input) {
            // A request is at fault as a whole, in whatever file that shows.
            Some(path) if self.paths.len() > 1 && error.code != ErrorCode::BadRequest => {
                error.in_file(&path.display().to_string())
            }
            _ => error,
        }
    }
}

/// Size of a regular file; `None` for a pipe or a device, which is read to its end.
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
