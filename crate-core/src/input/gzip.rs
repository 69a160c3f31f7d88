//! Gunzip: gzip members in, text out.

use flate2::{Decompress, FlushDecompress, Status};

use crate::effort::spend;
use crate::error::{Error, ErrorCode};
use crate::input::record::{Fatal, Flow, GO_ON, flow};

/// Window of 32 KiB, the largest that gzip has.
const WINDOW_BITS: u8 = 15;

/// Text is passed on in pieces of at most this size, however far the data expands.
const PIECE: usize = 64 << 10;

/// Unpacks consecutive gzip members.
pub(crate) struct Gunzip {
    member: Member,
    /// Bytes of the file consumed.
    bytes: u64,
}

enum Member {
    Open(Decompress),
    /// After a complete member.
    Closed,
    /// In the zero bytes that tape archivers append to the last member.
    Padding,
}

impl std::fmt::Debug for Gunzip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gunzip")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Gunzip {
    pub(crate) fn new() -> Self {
        Self::behind(0)
    }

    /// For data that starts at this byte of its file.
    pub(crate) fn behind(bytes: u64) -> Self {
        Self {
            member: Member::Open(Decompress::new_gzip(WINDOW_BITS)),
            bytes,
        }
    }

    /// Unpacks the next bytes and passes their text to `on_text`, piece by piece.
    pub(crate) fn push(
        &mut self,
        mut chunk: &[u8],
        mut on_text: impl FnMut(&[u8]) -> Flow,
    ) -> Flow {
        let mut text = Vec::with_capacity(PIECE);
        loop {
            let filled = self.fill(&mut chunk, &mut text);
            if !text.is_empty() {
                // Even if damage follows: another chunk boundary could lie between them.
                flow!(on_text(&text));
            }
            filled?;
            if text.is_empty() {
                return GO_ON;
            }
            text.clear();
        }
    }

    /// Appends text until the capacity of `text` or the chunk is used up. On an error, the text before
    /// it has been appended.
    pub(crate) fn fill(&mut self, chunk: &mut &[u8], text: &mut Vec<u8>) -> Result<(), Fatal> {
        while text.len() < text.capacity() {
            match &mut self.member {
                Member::Open(decompress) => {
                    // The library first fills the free capacity with zeros.
                    spend(text.capacity() - text.len());
                    let (taken, given) = (decompress.total_in(), text.len());
                    let status = decompress.decompress_vec(chunk, text, FlushDecompress::None);
                    let taken = (decompress.total_in() - taken) as usize;
                    self.bytes += taken as u64;
                    *chunk = &chunk[taken..];
                    // The library's description of the error depends on how the chunks are cut.
                    let status =
                        status.map_err(|_| bad_gzip(self.bytes, "the gzip data is damaged"))?;
                    if status == Status::StreamEnd {
                        self.member = Member::Closed;
                    } else if taken == 0 && given == text.len() {
                        return Ok(());
                    }
                }
                Member::Closed | Member::Padding => {
                    let Some(&byte) = chunk.first() else {
                        return Ok(());
                    };
                    match (byte, &self.member) {
                        (0, _) => {
                            self.member = Member::Padding;
                            self.bytes += 1;
                            *chunk = &chunk[1..];
                        }
                        (0x1f, Member::Closed) => {
                            self.member = Member::Open(Decompress::new_gzip(WINDOW_BITS));
                        }
                        _ => {
                            let message = "unexpected data after the end of the gzip data";
                            return Err(bad_gzip(self.bytes, message));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub(crate) fn end(&self) -> Result<(), Fatal> {
        match self.member {
            Member::Open(_) => Err(bad_gzip(self.bytes, "the gzip data is truncated")),
            Member::Closed | Member::Padding => Ok(()),
        }
    }
}

fn bad_gzip(byte: u64, message: impl Into<String>) -> Fatal {
    Fatal::new(Error {
        code: ErrorCode::BadGzip,
        record: None,
        line: None,
        byte: Some(byte),
        message: message.into(),
        input: 0,
        file: None,
        lists: Box::default(),
    })
}
