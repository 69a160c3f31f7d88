//! The end of the way: plain bytes or gzip.

use flate2::{Compress, Compression, FlushCompress, Status};

/// The largest window, which all decoders know.
const WINDOW_BITS: u8 = 15;

/// Bytes that are kept free for the compressor.
const ROOM: usize = 32 * 1024;

/// Of the usual level, 6, this takes 0.6 of the time and makes files that are 8 % larger.
const LEVEL: u32 = 3;

/// Where rows go.
pub(crate) struct Output {
    /// Whether anything was written, be it nothing but the heading.
    is_started: bool,
    gzip: Option<Gzip>,
}

struct Gzip {
    encoder: Compress,
    /// Rows that are not compressed yet.
    text: Vec<u8>,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output")
            .field("is_started", &self.is_started)
            .finish_non_exhaustive()
    }
}

impl Output {
    pub(crate) fn new(gzip: bool) -> Self {
        let gzip = gzip.then(|| Gzip {
            encoder: Compress::new_gzip(Compression::new(LEVEL), WINDOW_BITS),
            text: Vec::new(),
        });
        Self {
            is_started: false,
            gzip,
        }
    }

    /// Lets `rows` write text and appends it to `out`; `rows` also learns whether it is the first.
    pub(crate) fn write<T>(
        &mut self,
        out: &mut Vec<u8>,
        rows: impl FnOnce(&mut Vec<u8>, bool) -> T,
    ) -> T {
        let is_start = !std::mem::replace(&mut self.is_started, true);
        let Some(gzip) = &mut self.gzip else {
            return rows(out, is_start);
        };
        let result = rows(&mut gzip.text, is_start);
        gzip.compress(FlushCompress::None, out);
        result
    }

    /// Ends the output, after a last chance to write.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>, rows: impl FnOnce(&mut Vec<u8>, bool)) {
        self.write(out, rows);
        if let Some(gzip) = &mut self.gzip {
            gzip.compress(FlushCompress::Finish, out);
        }
    }
}

impl Gzip {
    /// Compresses the text and appends what is ready.
    fn compress(&mut self, flush: FlushCompress, out: &mut Vec<u8>) {
        let is_end = matches!(flush, FlushCompress::Finish);
        let start = self.encoder.total_in();
        loop {
            let taken = (self.encoder.total_in() - start) as usize;
            let text = &self.text[taken..];
            if text.is_empty() && !is_end {
                break;
            }
            out.reserve(ROOM);
            // Not `expect`, which would bring all that an error can say into the wasm.
            let Ok(status) = self.encoder.compress_vec(text, out, flush) else {
                unreachable!("compressing in memory does not fail")
            };
            if status == Status::StreamEnd {
                break;
            }
        }
        self.text.clear();
    }
}
