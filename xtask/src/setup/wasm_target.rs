//! A toolchain that can compile for wasm32.

use super::{
    announce, debian, debian_std,
    target::{TARGET, forget_rustup},
};
use crate::command::{cargo, find, output, run, shown};
use anyhow::{Result, bail};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where Debian's cargo and rustc are.
const DEBIAN_FOLDER: &str = "/usr/bin";

const BY_HAND: &str = "\
No Rust toolchain here can compile for wasm32-unknown-unknown. With rustup, type

    rustup target add wasm32-unknown-unknown

or, as root on Debian (then run this again, and it does the rest),

    apt-get update
    apt-get install --no-install-recommends rustc-web cargo-web rust-web-src lld-22";

/// The cargo that compiles for wasm32.
pub enum WasmToolchain {
    /// The one that runs us.
    Default,
    /// Debian's, with this linker.
    Debian { linker: PathBuf },
}

impl WasmToolchain {
    /// Finds one, or installs the target.
    pub fn set_up() -> Result<Self> {
        if default_has_target() {
            return Ok(Self::Default);
        }
        if debian_std::is_installed() {
            return Self::debian();
        }
        if find(&["rustup"]).is_some() && add_target() && default_has_target() {
            return Ok(Self::Default);
        }
        if !debian::can_install() {
            bail!(BY_HAND);
        }
        debian_std::install()?;
        Self::debian()
    }

    fn debian() -> Result<Self> {
        Ok(Self::Debian {
            linker: debian_std::linker()?,
        })
    }

    /// A cargo command for this target.
    pub fn cargo(&self) -> Command {
        match self {
            Self::Default => cargo(),
            Self::Debian { linker } => {
                let folder = Path::new(DEBIAN_FOLDER);
                let mut command = Command::new(folder.join("cargo"));
                forget_rustup(&mut command);
                command
                    .env("RUSTC", folder.join("rustc"))
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    // It starts other programs of the toolchain by their names.
                    .env("PATH", path_starting_with(folder));
                command
            }
        }
    }
}

fn path_starting_with(folder: &Path) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(std::iter::once(folder.to_owned()).chain(env::split_paths(&path)))
        .expect("no folder of ours has the separator of PATH in its name")
}

/// Whether the default compiler has the standard library, test library and a linker for wasm32.
fn default_has_target() -> bool {
    let rustc = || Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let Ok(folder) = output(rustc().args(["--print", "target-libdir", "--target", TARGET])) else {
        return false;
    };
    let folder = Path::new(folder.trim_end());
    let has_library = |prefix: &str| {
        fs::read_dir(folder).is_ok_and(|mut entries| {
            entries.any(|entry| entry.is_ok_and(|entry| is_library(&entry.file_name(), prefix)))
        })
    };
    // `/usr` is Debian's own compiler, which wants a linker named.
    has_library("libstd-") && has_library("libtest-") && !folder.starts_with("/usr/lib")
}

fn is_library(name: &OsStr, prefix: &str) -> bool {
    name.to_str()
        .is_some_and(|name| name.starts_with(prefix) && name.ends_with(".rlib"))
}

/// A failure is no error yet: there is another way.
fn add_target() -> bool {
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]);
    announce(
        &format!("Adding the wasm32 target: {}", shown(&command)),
        "10 seconds",
    );
    match run(command.stdout(std::io::stderr())) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{error:#}");
            false
        }
    }
}
