//! Takes functions out of a wasm that are linked and never called, which no compiler can know.

use crate::{command::run, project::root};
use anyhow::Result;
use std::{path::Path, process::Command};

/// How zlib-rs compresses at levels other than ours, of which it keeps a table. A test of gzip
/// output that traps here tells that our level is another now.
pub const OTHER_LEVELS: &[&str] = &[
    "deflate_stored",
    "deflate_quick",
    "deflate_fast",
    "deflate_slow",
];

/// Empties the functions of these names, in place; fails unless each name is that of one function.
pub fn run_on(wasm: &Path, names: &[&str]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let script = root().join("xtask/src/build/cut.mjs");
    run(Command::new("node").arg(script).arg(wasm).args(names))
}
