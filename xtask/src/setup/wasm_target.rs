//! A toolchain that can compile for wasm32.

use super::{announce, debian, debian_std};
use crate::command::{cargo, find, output, run, shown};
use anyhow::{Result, bail};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the browser runs.
pub const TARGET: &str = "wasm32-unknown-unknown";

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
            Self::Debian { .. } => self.command(Path::new(DEBIAN_FOLDER).join("cargo"), &[]),
        }
    }

    /// A program that starts cargo and rustc by itself, and other programs in these folders.
    pub fn command(&self, program: impl AsRef<OsStr>, folders: &[&Path]) -> Command {
        let mut command = Command::new(program);
        let mut folders = folders.to_vec();
        if let Self::Debian { linker } = self {
            forget_rustup(&mut command);
            command
                .env("RUSTC", Path::new(DEBIAN_FOLDER).join("rustc"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            folders.insert(0, Path::new(DEBIAN_FOLDER));
        }
        command.env("PATH", path_starting_with(&folders));
        command
    }
}

/// Removes what rustup and `cargo run` put into our environment, which would lead another
/// toolchain's programs to the wrong compiler or the wrong shared libraries.
pub fn forget_rustup(command: &mut Command) {
    for name in [
        "CARGO",
        "LD_LIBRARY_PATH",
        "RUSTC",
        "RUSTDOC",
        "RUSTUP_TOOLCHAIN",
    ] {
        command.env_remove(name);
    }
}

fn path_starting_with(folders: &[&Path]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.to_path_buf());
    env::join_paths(folders.chain(env::split_paths(&path)))
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
