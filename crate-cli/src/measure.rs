//! What a file holds, in figures.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

/// Counts the bytes of a file while they are written, and digests them.
#[derive(Default)]
pub struct Measure {
    bytes: u64,
    sha256: Sha256,
}

/// The figures of a file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Measure {
    /// Takes the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
    }

    /// The figures of all bytes so far.
    pub fn figures(&self) -> Measured {
        let mut sha256 = String::new();
        for byte in self.sha256.clone().finalize() {
            // Text takes anything.
            let _ = write!(sha256, "{byte:02x}");
        }
        Measured {
            bytes: self.bytes,
            sha256,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_digest_of_the_whole() {
        let mut measure = Measure::default();
        measure.add(b"a");
        measure.add(b"bc");
        // FIPS 180-2, appendix B.1.
        let want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let figures = measure.figures();
        assert_eq!((figures.bytes, figures.sha256.as_str()), (3, want));
    }
}
