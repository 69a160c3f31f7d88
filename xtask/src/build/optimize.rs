//! Makes wasm smaller and faster with wasm-opt, of npm's binaryen.
//!
//! It takes 10 to 20 seconds a file, so results are kept by what they were made from.

use crate::{
    command::run,
    project::{root, target},
};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{fs, path::Path, process::Command};

const PROGRAM: &str = "node_modules/binaryen/bin/wasm-opt";
const PACKAGE: &str = "node_modules/binaryen/package.json";

/// The features are those that rustc and our flags turn on: wasm-opt refuses code that uses others.
const OPTIONS: &[&str] = &[
    "-O3",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const SIMD: &str = "--enable-simd";

/// Optimises a file in place; fails if it uses SIMD and must not.
pub fn run_on(wasm: &Path, has_simd: bool) -> Result<()> {
    let options = [OPTIONS, has_simd.then_some(SIMD).as_slice()].concat();
    let kept = target().join("wasm-opt").join(key(wasm, &options)?);
    if !kept.exists() {
        let unfinished = kept.with_extension("unfinished");
        fs::create_dir_all(target().join("wasm-opt"))?;
        run(Command::new("node")
            .arg(root().join(PROGRAM))
            .args(&options)
            .arg(wasm)
            .arg("-o")
            .arg(&unfinished))?;
        fs::rename(&unfinished, &kept)?;
    }
    fs::copy(&kept, wasm).with_context(|| format!("cannot write {}", wasm.display()))?;
    Ok(())
}

/// Names the result by all that it depends on.
fn key(wasm: &Path, options: &[&str]) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(options.join(" "));
    for file in [&root().join(PACKAGE), wasm] {
        hash.update(fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    let hex = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    Ok(hex + ".wasm")
}
