//! What runs wasm tests in a browser.

use super::announce;
use crate::{
    command::{cargo, find, output, run},
    project::locked_version,
};
use anyhow::{Context, Result};
use std::{env, path::PathBuf, process::Command};

const PROGRAM: &str = "wasm-bindgen-test-runner";
const PACKAGE: &str = "wasm-bindgen-cli";

/// The test runner of exactly the wasm-bindgen in Cargo.lock, as any other refuses our wasm: found, or built.
pub fn wasm_test_runner() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    if let Some(program) = find_version(&version) {
        return Ok(program);
    }
    let by_hand = format!("cargo install {PACKAGE} --version {version}");
    announce(
        &format!("Building {PROGRAM} {version} with cargo install"),
        "1 to 2 minutes, once",
    );
    // Not `--locked`: a lock file may name versions that a mirror of the registry lacks.
    // It runs for moments, so we save the time that optimising it takes. It speaks to programs of
    // this machine only, and needs no TLS for that.
    run(cargo()
        .args(["install", PACKAGE, "--version", &version, "--bin", PROGRAM])
        .args(["--no-default-features", "--force", "--quiet"])
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env_remove("CARGO_TARGET_DIR"))
    .with_context(|| format!("to do it by hand: {by_hand}"))?;
    find_version(&version).with_context(|| format!("cannot find what `{by_hand}` installed"))
}

/// Looks on PATH and where cargo installs, which need not be on PATH.
fn find_version(version: &str) -> Option<PathBuf> {
    let installed = cargo_home().map(|home| home.join("bin").join(PROGRAM));
    find(&[PROGRAM])
        .into_iter()
        .chain(installed)
        .find(|program| {
            program.is_file()
                && output(Command::new(program).arg("--version"))
                    .is_ok_and(|text| version_of(&text) == Some(version))
        })
}

/// `wasm-bindgen-test-runner 0.2.130` or `wasm-bindgen-test-runner 0.2.130 (1234abc)`.
fn version_of(text: &str) -> Option<&str> {
    text.split_whitespace().nth(1)
}

/// Where cargo installs programs to.
fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}
