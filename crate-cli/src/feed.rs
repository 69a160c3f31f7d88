//! The text of all files, piece by piece.

use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use rollcall_core::{Error, Unpacker};

use crate::disk::Disk;
use crate::failure::Failure;
use crate::path::is_dash;

/// Read size for compressed files.
const PACKED: usize = 64 << 10;

/// A piece of the text of a file.
#[derive(Debug, Default)]
pub struct Piece {
    pub text: Vec<u8>,
    /// Its byte offset in the text of its file.
    pub from: u64,
    /// The number of compressed bytes it was unpacked from.
    pub packed: Option<u64>,
    /// Whether the file ends after it.
    pub is_last: bool,
    /// What went wrong after it.
    pub failure: Option<Failure>,
}

/// Reads files and unpacks them.
pub struct Feed {
    disk: Arc<dyn Disk>,
    paths: vec::IntoIter<PathBuf>,
    has_several: bool,
    file: Option<OpenFile>,
}

struct OpenFile {
    source: Box<dyn Read + Send>,
    path: PathBuf,
    /// Bytes of text so far.
    from: u64,
    content: Content,
}

enum Content {
    Unknown,
    Plain,
    Packed(Packed),
}

struct Packed {
    unpacker: Unpacker,
    chunk: Vec<u8>,
    /// How much of the chunk has been unpacked.
    taken: usize,
}

/// Why reading a file stopped.
enum Fault {
    Read(io::Error),
    Gzip(Error),
}

impl Feed {
    pub fn new(paths: Vec<PathBuf>, disk: Arc<dyn Disk>) -> Self {
        Self {
            disk,
            has_several: paths.len() > 1,
            paths: paths.into_iter(),
            file: None,
        }
    }

    /// Reads the next piece, `size` bytes or less at the end of a file. Returns `false` after the
    /// last file. Nothing is read after a failure.
    pub fn read(&mut self, piece: &mut Piece, size: usize) -> bool {
        piece.packed = None;
        piece.is_last = false;
        let mut file = match (self.file.take(), &mut self.paths) {
            (Some(file), _) => file,
            (None, paths) => match paths.next() {
                None => return false,
                Some(path) => match OpenFile::open(&path, &*self.disk) {
                    Ok(file) => file,
                    Err(error) => {
                        piece.text.clear();
                        return self.fail(piece, Failure::io(&path, &error));
                    }
                },
            },
        };
        match file.read(piece, size) {
            Ok(()) if piece.is_last => {}
            Ok(()) => self.file = Some(file),
            Err(Fault::Read(error)) => return self.fail(piece, Failure::io(&file.path, &error)),
            Err(Fault::Gzip(error)) if self.has_several => {
                let error = error.in_file(&file.path.display().to_string());
                return self.fail(piece, error.into());
            }
            Err(Fault::Gzip(error)) => return self.fail(piece, error.into()),
        }
        true
    }

    /// Whether the next piece can be unpacked, at least in part, from bytes already read.
    pub fn has_text_at_hand(&self) -> bool {
        let content = self.file.as_ref().map(|file| &file.content);
        matches!(content, Some(Content::Packed(packed)) if packed.taken < packed.chunk.len())
    }

    fn fail(&mut self, piece: &mut Piece, failure: Failure) -> bool {
        piece.failure = Some(failure);
        self.paths = Vec::new().into_iter();
        true
    }
}

impl OpenFile {
    fn open(path: &Path, disk: &dyn Disk) -> io::Result<Self> {
        Ok(Self {
            source: match is_dash(path) {
                true => disk.stdin(),
                false => disk.open(path)?,
            },
            path: path.to_owned(),
            from: 0,
            content: Content::Unknown,
        })
    }

    fn read(&mut self, piece: &mut Piece, size: usize) -> Result<(), Fault> {
        piece.from = self.from;
        let read = match &mut self.content {
            Content::Packed(packed) => packed.unpack(&mut self.source, piece, size),
            Content::Plain => fill(&mut self.source, piece, size),
            Content::Unknown => {
                // The first two bytes show whether it is compressed.
                let read = fill(&mut self.source, piece, size.max(2));
                match (&read, Unpacker::of(&piece.text)) {
                    (Ok(()), Some(unpacker)) => {
                        let mut packed = Packed {
                            unpacker,
                            chunk: mem::take(&mut piece.text),
                            taken: 0,
                        };
                        let read = packed.unpack(&mut self.source, piece, size);
                        self.content = Content::Packed(packed);
                        read
                    }
                    _ => {
                        self.content = Content::Plain;
                        read
                    }
                }
            }
        };
        self.from += piece.text.len() as u64;
        read
    }
}

impl Packed {
    /// Replaces the text of the piece; on an error, with the text before it.
    fn unpack(
        &mut self,
        source: &mut impl Read,
        piece: &mut Piece,
        size: usize,
    ) -> Result<(), Fault> {
        let text = &mut piece.text;
        text.clear();
        text.reserve_exact(size);
        piece.is_last = false;
        let mut taken = 0;
        let result = loop {
            // Even with no bytes left: text that did not fit before may be waiting.
            let mut rest = &self.chunk[self.taken..];
            let before = rest.len();
            let unpacked = self.unpacker.unpack(&mut rest, text);
            self.taken += before - rest.len();
            taken += (before - rest.len()) as u64;
            if let Err(error) = unpacked {
                break Err(Fault::Gzip(error));
            }
            if text.len() == text.capacity() {
                break Ok(());
            }
            self.taken = 0;
            self.chunk.resize(PACKED, 0);
            let length = match read_all(source, &mut self.chunk) {
                Ok(length) => length,
                Err(error) => break Err(Fault::Read(error)),
            };
            self.chunk.truncate(length);
            if length == 0 {
                piece.is_last = true;
                break self.unpacker.end().map_err(Fault::Gzip);
            }
        };
        piece.packed = Some(taken);
        result
    }
}

/// Replaces the text of the piece with the next bytes.
fn fill(source: &mut impl Read, piece: &mut Piece, size: usize) -> Result<(), Fault> {
    // The old content is overwritten: clearing it first would cost time.
    piece.text.resize(size, 0);
    let read = read_all(source, &mut piece.text);
    piece.text.truncate(*read.as_ref().unwrap_or(&0));
    piece.is_last = read.map_err(Fault::Read)? < size;
    Ok(())
}

/// Reads until the buffer is full or the source ends.
fn read_all(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
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
