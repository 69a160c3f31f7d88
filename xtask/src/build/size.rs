//! How much a visitor loads.

use super::module::Module;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// Prints the sizes of modules in bytes: as they are, by gzip and by brotli, each at its best.
pub fn report(modules: &[(Module, impl AsRef<Path>)]) -> Result<()> {
    eprintln!(
        "{:<20} {:>9} {:>9} {:>9}",
        "wasm, bytes", "raw", "gzip", "brotli"
    );
    for (module, folder) in modules {
        let file = module.wasm_in(folder.as_ref());
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        eprintln!(
            "{:<20} {:>9} {:>9} {:>9}",
            module.title,
            bytes.len(),
            gzip(&bytes)?,
            brotli(&bytes)?
        );
    }
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
