//! The end of the way: plain bytes or gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Where rows go.
pub(crate) struct Output {
    /// Whether anything was written, be it nothing but the heading.
    is_started: bool,
    gzip: Option<Gzip>,
}

struct Gzip {
    encoder: GzEncoder<Vec<u8>>,
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
            encoder: GzEncoder::new(Vec::new(), Compression::default()),
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
        gzip.encoder
            .write_all(&gzip.text)
            .expect("writing to memory does not fail");
        gzip.text.clear();
        out.append(gzip.encoder.get_mut());
        result
    }

    /// Ends the output, after a last chance to write.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>, rows: impl FnOnce(&mut Vec<u8>, bool)) {
        self.write(out, rows);
        if let Some(gzip) = &mut self.gzip {
            gzip.encoder
                .try_finish()
                .expect("writing to memory does not fail");
            out.append(gzip.encoder.get_mut());
        }
    }
}
