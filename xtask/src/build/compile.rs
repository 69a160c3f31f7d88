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
    process::Command,
};

/// Says to cargo that the wasm may use SIMD.
pub const SIMD: &str = r#"target.wasm32-unknown-unknown.rustflags=["-Ctarget-feature=+simd128"]"#;

/// Compiles modules. One by one: together they would share the features of their dependencies,
/// and those go into the names by which JavaScript and wasm know each other.
pub fn cargo(toolchain: &WasmToolchain, modules: &[Module], dev: bool) -> Result<()> {
    let profile = if dev { "debug" } else { "release" };
    let artifacts = target().join(TARGET).join(profile);
    fs::create_dir_all(compiled())?;
    for module in modules {
        let mut command = toolchain.cargo();
        command.args(["build", "--target", TARGET, "-p", module.package]);
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
    }
    Ok(())
}

/// Writes a module's wasm and JavaScript to a folder of its own, which it gives.
pub fn bind(module: &Module, wasm_bindgen: &Path, dev: bool) -> Result<PathBuf> {
    let folder = target().join("glue").join(module.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut command = Command::new(wasm_bindgen);
    command
        .args(["--target", "web", "--no-typescript", "--out-name"])
        .args([Path::new(module.script), Path::new("--out-dir"), &folder])
        .arg(unbound(module));
    if !dev {
        // Function names make a third of the file.
        command.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run(&mut command)?;
    fs::rename(
        folder.join(format!("{}_bg.wasm", module.script)),
        module.wasm_in(&folder),
    )?;
    Ok(folder)
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
