//! Programs that `cargo install` builds.

use super::announce;
use crate::{
    command::{cargo, find, output, run},
    project::locked_version,
};
use anyhow::{Context, Result};
use std::{env, path::PathBuf, process::Command};

/// The wasm-bindgen command line of exactly the version in Cargo.lock: any other refuses our wasm.
pub fn wasm_bindgen() -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    Tool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: &version,
        takes_any_version: false,
        duration: "2 to 4 minutes, once",
    }
    .set_up()
}

/// wasm-pack, which runs the wasm tests in a browser.
pub fn wasm_pack() -> Result<PathBuf> {
    Tool {
        program: "wasm-pack",
        package: "wasm-pack",
        version: "0.15.0",
        takes_any_version: true,
        duration: "2 to 3 minutes, once",
    }
    .set_up()
}

struct Tool<'a> {
    program: &'a str,
    package: &'a str,
    /// The version to install.
    version: &'a str,
    /// Whether another version that is already there does as well.
    takes_any_version: bool,
    duration: &'a str,
}

impl Tool<'_> {
    fn set_up(&self) -> Result<PathBuf> {
        if let Some(program) = self.find() {
            return Ok(program);
        }
        self.install()?;
        self.find()
            .with_context(|| format!("cannot find what `{}` installed", self.by_hand()))
    }

    /// Looks on PATH and where cargo installs, which need not be on PATH.
    fn find(&self) -> Option<PathBuf> {
        let installed = cargo_home().map(|home| home.join("bin").join(self.program));
        find(&[self.program])
            .into_iter()
            .chain(installed)
            .find(|program| {
                program.is_file()
                    && output(Command::new(program).arg("--version")).is_ok_and(|text| {
                        self.takes_any_version || version_of(&text) == Some(self.version)
                    })
            })
    }

    fn install(&self) -> Result<()> {
        announce(
            &format!(
                "Building {} {} with cargo install",
                self.package, self.version
            ),
            self.duration,
        );
        // Not `--locked`: a lock file may name versions that a mirror of the registry lacks.
        // These programs run for moments, so we save the time that optimising them takes.
        run(cargo()
            .args(["install", self.package, "--version", self.version])
            .args(["--force", "--quiet"])
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("CARGO_TARGET_DIR"))
        .with_context(|| format!("to do it by hand: {}", self.by_hand()))
    }

    fn by_hand(&self) -> String {
        format!("cargo install {} --version {}", self.package, self.version)
    }
}

/// `wasm-bindgen 0.2.130` or `wasm-bindgen 0.2.130 (1234abc)`.
fn version_of(text: &str) -> Option<&str> {
    text.split_whitespace().nth(1)
}

/// Where cargo installs programs to.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}
