//! `cargo xtask pack`

use crate::{
    build::{
        self,
        assemble::{copy, copy_folder},
    },
    command::{self, output},
    project::{root, target},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the manifest has in the place of our version, which only Cargo.toml says.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

/// Files beside the JavaScript, and where they are.
const FILES: &[&str] = &["crate-web/README.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Builds the wasm, puts the package together, has npm pack it, and gives the tarball.
pub fn run() -> Result<PathBuf> {
    let modules = build::package()?;
    let folder = empty(&target().join("npm/package"))?;
    copy_folder(&root().join("crate-web/js"), &folder)?;
    copy_folder(&root().join("crate-web/examples"), &folder.join("examples"))?;
    for module in &modules {
        copy_folder(module, &folder)?;
    }
    for file in FILES {
        let name = Path::new(file).file_name().expect("it names a file");
        copy(&root().join(file), &folder.join(name))?;
    }
    let manifest = fs::read_to_string(root().join("crate-web/package.json"))?;
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(
        folder.join("package.json"),
        manifest.replace(NO_VERSION, &version),
    )?;
    // It lists the files with their sizes on stderr, and names the tarball on stdout.
    let name = output(
        Command::new("npm")
            .args(["pack", "--pack-destination", ".."])
            .current_dir(&folder),
    )?;
    Ok(target().join("npm").join(name.trim()))
}

/// Installs a tarball as a stranger would, and gives the folder that holds `node_modules`.
pub fn install(tarball: &Path) -> Result<PathBuf> {
    let folder = empty(&target().join("npm/installed"))?;
    fs::write(
        folder.join("package.json"),
        "{ \"private\": true, \"type\": \"module\" }\n",
    )?;
    command::run(
        Command::new("npm")
            .args(["install", "--offline", "--no-audit", "--no-fund"])
            .arg(tarball)
            .current_dir(&folder),
    )?;
    Ok(folder)
}

fn empty(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.to_owned())
}
