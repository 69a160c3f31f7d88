//! How much of the page a visitor loads.

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// Prints a file's size as it is, by gzip and by brotli, each at its best.
pub fn report(title: &str, file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    eprintln!(
        "{title:>7}: {:>9} bytes, gzip {:>8}, brotli {:>8}",
        bytes.len(),
        gzip(&bytes)?,
        brotli(&bytes)?
    );
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &Default::default())?;
    Ok(out.len())
}
