//! The browsers of the tests.

use super::{debian, program::Program};
use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the tests start.
pub struct Browsers {
    pub chrome: PathBuf,
    pub chromedriver: PathBuf,
    pub firefox: PathBuf,
}

const CHROME: Program = Program {
    variable: "CHROME",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ],
    package: "chromium",
};
const CHROMEDRIVER: Program = Program {
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
    package: "chromium-driver",
};
const FIREFOX: Program = Program {
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

/// The first versions that the page and the package are made for: README.md says so too.
const OLDEST_CHROME: u32 = 120;
const OLDEST_FIREFOX: u32 = 140;

impl Browsers {
    /// Finds the browsers, or installs Debian's, and tells their versions.
    pub fn set_up() -> Result<Self> {
        let programs = [&CHROME, &CHROMEDRIVER, &FIREFOX];
        let missing: Vec<_> = programs
            .iter()
            .filter(|program| program.find().is_none())
            .map(|program| program.package)
            .collect();
        if !missing.is_empty() {
            if !debian::can_install() {
                bail!(by_hand(&missing));
            }
            debian::install(&missing, "1 minute")?;
        }
        let found = Self {
            chrome: CHROME.found()?,
            chromedriver: CHROMEDRIVER.found()?,
            firefox: FIREFOX.found()?,
        };
        tell(&found.chrome, OLDEST_CHROME);
        // It has the version of the Chrome that it drives.
        tell(&found.chromedriver, OLDEST_CHROME);
        tell(&found.firefox, OLDEST_FIREFOX);
        Ok(found)
    }
}

/// Tells the version of a program, and warns of one that is too old to show anything.
fn tell(program: &Path, oldest: u32) {
    let text = version(program).unwrap_or_else(|| "of unknown version".to_owned());
    let program = program.display();
    eprintln!("» {program}: {text}");
    if is_older(&text, oldest) {
        eprintln!(
            "warning: {program} is older than {oldest}, the oldest version that Rollcall is made for"
        );
    }
}

fn version(program: &Path) -> Option<String> {
    // Not what Debian's scripts around browsers complain of.
    let output = Command::new(program)
        .arg("--version")
        .stderr(Stdio::null())
        .output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// `Chromium 148.0.7778.167 built on Debian GNU/Linux 12` is version 148, `Mozilla Firefox 140.10.2esr` 140.
fn is_older(text: &str, oldest: u32) -> bool {
    text.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse::<u32>().ok())
        .is_some_and(|version| version < oldest)
}

fn by_hand(packages: &[&str]) -> String {
    format!(
        "The tests need Chrome or Chromium, its chromedriver, and Firefox. On Debian, as root:\n\n    \
         apt-get update\n    apt-get install {}\n\n\
         Elsewhere install them and put them on PATH, or name them in the variables CHROME, \
         CHROMEDRIVER and FIREFOX.",
        packages.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::root;
    use std::fs;

    #[test]
    fn what_is_older_is_told_from_what_is_not() {
        for (text, oldest, want) in [
            (
                "Chromium 119.0.6045.199 built on Debian GNU/Linux 12 (bookworm)",
                120,
                true,
            ),
            ("Google Chrome 120.0.6099.109", 120, false),
            (
                "ChromeDriver 148.0.7778.167 (0123abc-refs/branch-heads/7778@{#1})",
                120,
                false,
            ),
            ("Mozilla Firefox 128.14.0esr", 140, true),
            ("Mozilla Firefox 140.10.2esr", 140, false),
            ("of unknown version", 140, false),
        ] {
            assert_eq!(is_older(text, oldest), want, "{text}");
        }
    }

    #[test]
    fn the_oldest_versions_are_those_of_the_readme() {
        let readme = fs::read_to_string(root().join("README.md")).unwrap();
        for row in [
            format!("| Chrome, Chromium, Edge | {OLDEST_CHROME} |"),
            format!("| Firefox | {OLDEST_FIREFOX} ESR |"),
        ] {
            assert!(readme.contains(&row), "{row}");
        }
    }
}
