//! Debian's packages, where we may install them.

use super::announce;
use crate::command::{output, run};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Command};

/// Whether this is Debian (or a child of it) and the user may install packages.
pub fn can_install() -> bool {
    Path::new("/etc/debian_version").exists() && is_root()
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Installs packages; refreshes the lists of packages when the ones on disk do not do.
pub fn install(packages: &[&str], duration: &str) -> Result<()> {
    announce(
        &format!("Installing Debian packages: {}", packages.join(" ")),
        duration,
    );
    if try_install(packages).is_ok() {
        return Ok(());
    }
    update()?;
    try_install(packages)
}

/// The same, or an error that says what to install.
pub fn install_if_possible(packages: &[&str], duration: &str) -> Result<()> {
    ensure!(
        can_install(),
        "on Debian, as root: apt-get install {}",
        packages.join(" ")
    );
    install(packages, duration)
}

/// The newest numbered version of a package, such as `lld-22` for `lld`.
pub fn newest(package: &str) -> Result<String> {
    let search = || -> Result<Option<String>> {
        let pattern = format!("^{package}-[0-9]+$");
        let found = output(Command::new("apt-cache").args(["search", "--names-only", &pattern]))?;
        Ok(newest_in(&found, package))
    };
    if let Some(name) = search()? {
        return Ok(name);
    }
    update()?;
    search()?.with_context(|| format!("Debian has no package {package}-<number>"))
}

/// `apt-cache search` writes `name - description` lines.
fn newest_in(found: &str, package: &str) -> Option<String> {
    let prefix = format!("{package}-");
    found
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter_map(|name| name.strip_prefix(&prefix)?.parse::<u32>().ok())
        .max()
        .map(|number| format!("{prefix}{number}"))
}

/// `apt-get`, which waits for its turn where the system installs something by itself.
fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(["-o", "DPkg::Lock::Timeout=600"])
        .stdout(std::io::stderr());
    command
}

fn try_install(packages: &[&str]) -> Result<()> {
    run(apt_get()
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

fn update() -> Result<()> {
    announce("Refreshing Debian's package lists", "10 seconds");
    run(apt_get().args(["update", "--quiet"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_package_has_the_highest_number() {
        let found = "lld-9 - linker\nlld-22 - linker\nlld-19 - linker\nlld-doc - words\n";
        assert_eq!(newest_in(found, "lld").as_deref(), Some("lld-22"));
        assert_eq!(newest_in("", "lld"), None);
    }
}
