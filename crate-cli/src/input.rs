//! The files that users are read from, one after another.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap::error::ErrorKind;
use rollcall_core::{Error, ErrorCode};

use crate::args::{Cli, InputArgs};
use crate::failure::Failure;

/// Stands for standard input and standard output.
pub const DASH: &str = "-";

/// What one step of the reading brings.
#[derive(Debug)]
pub enum Piece<'a> {
    /// The next bytes of a file.
    Chunk(&'a [u8]),
    /// The file has ended.
    End,
}

/// All inputs of a command, in their order.
#[derive(Debug)]
pub struct Inputs {
    paths: Vec<PathBuf>,
    chunk: usize,
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

    /// Hands over all files in pieces until `on_piece` breaks off.
    pub fn read(
        &self,
        mut on_piece: impl FnMut(Piece<'_>) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let mut buffer = vec![0; self.chunk];
        for path in &self.paths {
            let mut source = open(path).map_err(|error| Failure::io(path, &error))?;
            loop {
                let length =
                    fill(&mut source, &mut buffer).map_err(|error| Failure::io(path, &error))?;
                if length > 0 && on_piece(Piece::Chunk(&buffer[..length]))?.is_break() {
                    return Ok(());
                }
                if length < buffer.len() {
                    break;
                }
            }
            if on_piece(Piece::End)?.is_break() {
                break;
            }
        }
        Ok(())
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

/// Whether the path stands for standard input or output.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == DASH
}

fn real_path(path: &Path) -> &Path {
    if is_dash(path) {
        Path::new("/dev/stdin")
    } else {
        path
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

fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if is_dash(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path)?)
    })
}

/// Reads until the buffer is full or the source has ended.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match source.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
