//! From Rust to wasm with its JavaScript.

use super::module::Module;
use crate::{
    command::run,
    project::{root, target},
    setup::{TARGET, WasmToolchain},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

/// Says to cargo that the wasm may use SIMD.
pub const SIMD: &str = r#"target.wasm32-unknown-unknown.rustflags=["-Ctarget-feature=+simd128"]"#;

/// Compiles a module. Never several at once: together they would share the features of their
/// dependencies, and those go into the names by which JavaScript and wasm know each other.
pub fn cargo(toolchain: &WasmToolchain, module: &Module, dev: bool) -> Result<()> {
    let profile = if dev { "debug" } else { "release" };
    let artifacts = target().join(TARGET).join(profile);
    fs::create_dir_all(compiled())?;
    let mut command = toolchain.cargo();
    command.args(["rustc", "--target", TARGET, "-p", module.package]);
    if module.is_library {
        // Not as a library of Rust as well, which its tests need: cargo optimises no such pair as a
        // whole.
        command.args(["--crate-type", "cdylib"]);
    }
    if module.has_simd {
        command.args(["--config", SIMD]);
    }
    if !dev {
        command.arg("--release");
    }
    run(command.current_dir(root()).stdout(std::io::stderr()))?;
    // The next run may give its wasm the same name.
    fs::copy(artifacts.join(module.artifact), unbound(module))
        .with_context(|| format!("cargo made no {}", module.artifact))?;
    Ok(())
}

/// Writes a module's wasm and JavaScript to a folder of its own, which it gives.
pub fn bind(module: &Module, dev: bool) -> Result<PathBuf> {
    let folder = target().join("glue").join(module.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    write_javascript(&unbound(module), module.script, &folder, dev)?;
    fs::rename(
        folder.join(format!("{}_bg.wasm", module.script)),
        module.wasm_in(&folder),
    )?;
    Ok(folder)
}

/// Writes the JavaScript for what cargo has made, and the wasm that goes with it, to a folder.
pub fn write_javascript(wasm: &Path, name: &str, folder: &Path, has_names: bool) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        // The wasm lies beside it.
        .omit_default_module_path(false)
        // Names of functions make a third of the file.
        .remove_name_section(!has_names)
        .remove_producers_section(!has_names)
        .generate(folder)
        .with_context(|| format!("cannot write the JavaScript of {}", wasm.display()))
}

/// Fails unless modules that share their JavaScript need the same.
pub fn check_scripts(built: &[(Module, PathBuf)]) -> Result<()> {
    for (module, folder) in built {
        let script = |folder: &Path| folder.join(format!("{}.js", module.script));
        for (owner, owners) in built
            .iter()
            .filter(|(owner, _)| owner.name == module.script)
        {
            ensure!(
                fs::read(script(folder))? == fs::read(script(owners))?,
                "{} needs other JavaScript than {}: is there code that only one of them has?",
                module.title,
                owner.title
            );
        }
    }
    Ok(())
}

/// What cargo has made of a module.
fn unbound(module: &Module) -> PathBuf {
    compiled().join(format!("{}.wasm", module.name))
}

fn compiled() -> PathBuf {
    target().join("compiled")
}
