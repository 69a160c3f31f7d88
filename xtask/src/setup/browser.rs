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
        tell(&found.chrome, Some(OLDEST_CHROME));
        tell(&found.chromedriver, None);
        tell(&found.firefox, Some(OLDEST_FIREFOX));
        Ok(found)
    }
}

/// Tells the version of a program, and warns of one that is too old to show anything.
fn tell(program: &Path, oldest: Option<u32>) {
    let text = version(program).unwrap_or_else(|| "of unknown version".to_owned());
    let program = program.display();
    eprintln!("» {program}: {text}");
    if let Some(oldest) = oldest.filter(|oldest| major(&text).is_some_and(|found| found < *oldest))
    {
        eprintln!(
            "warning: {program} is older than version {oldest}, the oldest one that Rollcall is made for"
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

/// 148 of `Chromium 148.0.7778.167 built on Debian GNU/Linux 12`, 140 of `Mozilla Firefox 140.10.2esr`.
fn major(text: &str) -> Option<u32> {
    text.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
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
    fn versions_are_read() {
        for (text, want) in [
            (
                "Chromium 148.0.7778.167 built on Debian GNU/Linux 12 (bookworm)",
                Some(148),
            ),
            ("Google Chrome 120.0.6099.109 ", Some(120)),
            (
                "ChromeDriver 148.0.7778.167 (0123abc-refs/branch-heads/7778@{#1})",
                Some(148),
            ),
            ("Mozilla Firefox 140.10.2esr", Some(140)),
            ("Mozilla Firefox", None),
            ("", None),
        ] {
            assert_eq!(major(text), want, "{text}");
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
