//! The wasm32 standard library for Debian's own compiler, built from Debian's sources.
//!
//! Debian keeps a current compiler for its browsers (the `-web` packages) but no wasm32 library
//! for it, so we compile one into that compiler's sysroot.

use super::{
    announce, debian,
    target::{TARGET, forget_rustup},
};
use crate::command::{output, run};
use anyhow::{Context, Result, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The compiler of Debian's packages, also where rustup's comes first on PATH.
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// `test` is what `cargo test` links; the panic crates let each profile choose.
const CRATES: &str = "build-std=std,panic_abort,panic_unwind,test";

/// Whether a finished library of exactly this compiler is there.
pub fn is_installed() -> bool {
    let Ok(version) = compiler_version() else {
        return false;
    };
    marker().is_ok_and(|marker| fs::read_to_string(marker).is_ok_and(|text| text == version))
}

/// Installs compiler and linker, builds the library and puts it into the sysroot.
pub fn install() -> Result<()> {
    let lld = debian::newest("lld")?;
    debian::install(
        &["rustc-web", "cargo-web", "rust-web-src", &lld],
        "30 seconds",
    )?;
    if is_installed() {
        return Ok(());
    }
    let folder = env::temp_dir().join("rollcall-wasm-std");
    let libraries = build(&folder)?;
    copy(&libraries)?;
    fs::write(marker()?, compiler_version()?).context("cannot note the library's compiler")?;
    fs::remove_dir_all(&folder).context("cannot remove the build folder")
}

/// The linker of the newest LLVM: Debian's rustc has none beside it.
pub fn linker() -> Result<PathBuf> {
    let number = |file: &Path| {
        let name = file.file_name()?.to_str()?;
        name.strip_prefix("wasm-ld-")?.parse::<u32>().ok()
    };
    fs::read_dir("/usr/bin")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|file| Some((number(&file)?, file)))
        .max()
        .map(|(_, file)| file)
        .context("there is no /usr/bin/wasm-ld-<number>; Debian's package lld-<number> has it")
}

fn build(folder: &Path) -> Result<PathBuf> {
    announce(
        "Building the wasm32 standard library for Debian's compiler",
        "about 1 minute",
    );
    // A left-over of an earlier try would mix two builds.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    let target = folder.join("target");
    run(debian(CARGO)
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", CRATES])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        // Official builds allow building unstable parts only with this.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode inside, fat LTO of our own crates fails.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes"))?;
    Ok(target.join(TARGET).join("release/deps"))
}

fn copy(libraries: &Path) -> Result<()> {
    let folder = sysroot_folder()?;
    // The compiler refuses a folder that holds two builds of one crate.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut found = 0;
    for entry in fs::read_dir(libraries)? {
        let file = entry?.path();
        let name = file
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(&file, folder.join(name.as_ref()))
                .with_context(|| format!("cannot copy {}", file.display()))?;
            found += 1;
        }
    }
    ensure!(found > 0, "{} holds no library", libraries.display());
    Ok(())
}

fn marker() -> Result<PathBuf> {
    Ok(sysroot_folder()?.join("built-by.txt"))
}

fn sysroot_folder() -> Result<PathBuf> {
    let text = output(debian(RUSTC).args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(PathBuf::from(text.trim_end()))
}

fn compiler_version() -> Result<String> {
    ensure!(Path::new(RUSTC).exists(), "{RUSTC} is not installed");
    output(debian(RUSTC).arg("-vV"))
}

/// A command of Debian's toolchain, free of what rustup and cargo set for us.
fn debian(program: &str) -> Command {
    let mut command = Command::new(program);
    forget_rustup(&mut command);
    command.env("RUSTC", RUSTC);
    command
}
