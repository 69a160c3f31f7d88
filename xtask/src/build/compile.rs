//! From Rust to wasm with its JavaScript.

use super::Module;
use crate::{
    command::run,
    project::{root, target},
    setup::{TARGET, WasmToolchain},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Compiles modules in one go, so that cargo shares and overlaps the work.
pub fn cargo(toolchain: &WasmToolchain, modules: &[Module], dev: bool) -> Result<()> {
    let mut command = toolchain.cargo();
    command.args(["build", "--target", TARGET]);
    command.args(modules.iter().flat_map(|module| ["-p", module.package]));
    if !dev {
        command.arg("--release");
    }
    run(command.current_dir(root()).stdout(std::io::stderr()))
}

/// Writes a module's wasm and JavaScript to a folder of its own, which it gives.
pub fn bind(module: &Module, wasm_bindgen: &Path, dev: bool) -> Result<PathBuf> {
    let profile = if dev { "debug" } else { "release" };
    let wasm = target().join(TARGET).join(profile).join(module.artifact);
    let folder = target().join("glue").join(module.package);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut command = Command::new(wasm_bindgen);
    command
        .args(["--target", "web", "--no-typescript", "--out-name"])
        .args([Path::new(module.package), Path::new("--out-dir"), &folder])
        .arg(&wasm);
    if !dev {
        // Function names make a third of the file.
        command.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run(&mut command)?;
    Ok(folder)
}
