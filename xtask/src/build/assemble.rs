//! Puts the files of the page together.

use crate::{
    command,
    project::{root, target},
    users,
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The page's sample: enough to see something, and still a small download.
const SAMPLE_USERS: u64 = 1000;

/// Files of npm packages that the page ships, and their names there.
const VENDORED: &[(&str, &str)] = &[
    ("@picocss/pico/css/pico.min.css", "pico.min.css"),
    ("@picocss/pico/LICENSE.md", "pico.LICENSE.md"),
];

/// The parts of the stylesheet, in their order: one file each to write, one file in all to load.
const STYLES: &[&str] = &[
    "theme", "page", "card", "control", "note", "users", "format", "fields", "submit", "jobs",
    "details", "api",
];

/// Files of the npm package that the page uses, too.
const SCRIPTS: &[&str] = &[
    "browser.js",
    "compile.js",
    "input.js",
    "load-tenant.js",
    "load.js",
    "private-files.js",
    "response.js",
    "run.js",
    "runner.js",
    "simd.js",
    "storage.js",
    "tenant.js",
];

/// The script of the page's workers: what the npm package has in several files.
const WORKER: &str = "worker.js";

const BUNDLER: &str = "node_modules/rolldown/bin/cli.mjs";

/// Fills an empty folder with the page: static files, scripts, compiled modules, stylesheet and
/// sample.
pub fn run(dist: &Path, glue: &[PathBuf]) -> Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist).with_context(|| format!("cannot empty {}", dist.display()))?;
    }
    for folder in ["www/static", "www/js"] {
        copy_folder(&root().join(folder), dist)?;
    }
    for folder in glue {
        copy_folder(folder, dist)?;
    }
    for name in SCRIPTS {
        copy(&root().join("crate-web/js").join(name), &dist.join(name))?;
    }
    bundle(&dist.join("rollcall.js"), &dist.join(WORKER))?;
    fs::write(dist.join("style.css"), stylesheet()?).context("cannot write the stylesheet")?;
    for (source, name) in VENDORED {
        copy(&root().join("node_modules").join(source), &dist.join(name))?;
    }
    fs::write(dist.join("sample.ndjson.gz"), users::sample(SAMPLE_USERS)?)
        .context("cannot write the sample")
}

/// Writes the worker with all that it imports into one file: the page starts workers without a
/// host to ask for more.
fn bundle(glue: &Path, worker: &Path) -> Result<()> {
    let folder = target().join("worker");
    copy_folder(&root().join("crate-web/js"), &folder)?;
    copy(glue, &folder.join("rollcall.js"))?;
    command::run(
        Command::new("node")
            .arg(root().join(BUNDLER))
            .arg(folder.join(WORKER))
            .arg("--file")
            .arg(worker)
            .args(["--format", "esm", "--logLevel", "warn"])
            .current_dir(root()),
    )
}

fn stylesheet() -> Result<String> {
    let parts = STYLES.iter().map(|name| {
        let part = root().join("www/style").join(name).with_extension("css");
        fs::read_to_string(&part).with_context(|| format!("cannot read {}", part.display()))
    });
    Ok(parts.collect::<Result<Vec<_>>>()?.join("\n"))
}

/// Copies all files of a folder into another, which is made.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Copies a file.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_the_stylesheet_is_forgotten() {
        let parts = fs::read_dir(root().join("www/style")).unwrap().count();
        assert_eq!(parts, STYLES.len());
        assert!(stylesheet().unwrap().contains(".card {"));
    }
}
