//! The npm packages of the build and the browser tests.

use super::announce;
use crate::{
    command::{find, run},
    project::root,
};
use anyhow::{Context, Result};
use std::{fs, path::Path, process::Command, time::SystemTime};

/// Installs what package-lock.json names, unless that was done since it last changed.
pub fn set_up() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    let npm = find(&["npm"]).context("Node 20 or newer with npm is needed: see nodejs.org")?;
    announce("Installing npm packages: npm ci", "10 seconds");
    run(Command::new(npm)
        .arg("ci")
        .current_dir(root())
        .stdout(std::io::stderr()))
}

fn is_installed() -> bool {
    let changed = |file: &Path| -> Option<SystemTime> { fs::metadata(file).ok()?.modified().ok() };
    // npm writes this file at the end of an installation.
    let installed = changed(&root().join("node_modules/.package-lock.json"));
    installed.is_some() && installed >= changed(&root().join("package-lock.json"))
}
