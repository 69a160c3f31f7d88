//! From lines to a file: plain bytes or gzip.

mod gzip;

pub(crate) use gzip::Output;
