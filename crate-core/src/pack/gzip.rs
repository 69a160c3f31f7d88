//! Lines, compressed.

use flate2::{Compress, Compression, FlushCompress, Status};

/// The largest window, which all decoders know.
const WINDOW_BITS: u8 = 15;

/// Bytes that are kept free for the compressor.
const ROOM: usize = 32 * 1024;

/// Of the usual level, 6, this takes 0.6 of the time and makes files that are 8 % larger.
const LEVEL: u32 = 3;

/// Compresses lines.
pub(crate) struct Gzip {
    encoder: Compress,
    /// Lines that are not compressed yet.
    pub lines: Vec<u8>,
}

impl std::fmt::Debug for Gzip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gzip").finish_non_exhaustive()
    }
}

impl Gzip {
    pub(super) fn new() -> Self {
        Self {
            encoder: Compress::new_gzip(Compression::new(LEVEL), WINDOW_BITS),
            lines: Vec::new(),
        }
    }

    /// Compresses the lines and appends what is ready.
    pub(super) fn pack(&mut self, out: &mut Vec<u8>) {
        self.compress(FlushCompress::None, out);
    }

    /// Ends the file.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        self.compress(FlushCompress::Finish, out);
    }

    fn compress(&mut self, flush: FlushCompress, out: &mut Vec<u8>) {
        let is_end = matches!(flush, FlushCompress::Finish);
        let start = self.encoder.total_in();
        loop {
            let taken = (self.encoder.total_in() - start) as usize;
            let lines = &self.lines[taken..];
            if lines.is_empty() && !is_end {
                break;
            }
            out.reserve(ROOM);
            // Not `expect`, which would link every error message into the wasm.
            let Ok(status) = self.encoder.compress_vec(lines, out, flush) else {
                unreachable!("compressing in memory does not fail")
            };
            if status == Status::StreamEnd {
                break;
            }
        }
        self.lines.clear();
    }
}
