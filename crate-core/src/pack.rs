//! From lines to a file: plain bytes or gzip.

mod gzip;

use gzip::Gzip;

/// How lines become the bytes of the file.
#[derive(Debug)]
pub(crate) enum Pack {
    Plain,
    Gzip(Gzip),
}

impl Pack {
    pub(crate) fn new(gzip: bool) -> Self {
        match gzip {
            true => Self::Gzip(Gzip::new()),
            false => Self::Plain,
        }
    }

    /// Where lines are to be written before [`Pack::pack`]: plain ones into the output itself.
    pub(crate) fn lines<'a>(&'a mut self, out: &'a mut Vec<u8>) -> &'a mut Vec<u8> {
        match self {
            Self::Plain => out,
            Self::Gzip(gzip) => &mut gzip.lines,
        }
    }

    /// Appends the lines to the output, as far as they are ready.
    pub(crate) fn pack(&mut self, out: &mut Vec<u8>) {
        if let Self::Gzip(gzip) = self {
            gzip.pack(out);
        }
    }

    /// Ends the file.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        if let Self::Gzip(gzip) = self {
            gzip.finish(out);
        }
    }
}
