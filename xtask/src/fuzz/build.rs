//! Builds the programs so that they tell what code they reach, with the stable compiler.

use crate::{
    command::{cargo, output, run},
    project::root,
    setup,
};
use anyhow::{Context, Result};
use std::{env, path::PathBuf, process::Command};

/// What cargo-fuzz sets too: counters for every edge, and comparisons that the search can solve.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Builds them all and gives their folder.
pub fn programs(address_sanitizer: bool) -> Result<PathBuf> {
    setup::cpp_compiler()?;
    let host = host()?;
    let mut build = cargo();
    let mut flags = FLAGS.join(" ");
    let mut target = super::folder().join("build");
    if address_sanitizer {
        // The stable compiler has it too, but takes the flag only when it is told to.
        build.env("RUSTC_BOOTSTRAP", "1");
        flags.push_str(" -Zsanitizer=address");
        target.set_file_name("build-with-address-sanitizer");
    }
    // With a target named, the flags are not for build scripts and macros.
    run(build
        .args(["build", "--profile", "fuzz", "-p", "rollcall-fuzz"])
        .args(["--features", "libfuzzer", "--bins", "--target", &host])
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTFLAGS", flags)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .current_dir(root()))?;
    Ok(target.join(host).join("fuzz"))
}

/// The machine we run on, as rustc calls it.
fn host() -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = output(Command::new(rustc).arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not tell its host")?.to_owned())
}
