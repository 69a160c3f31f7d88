//! The browsers of the tests.

use super::debian;
use crate::command::find;
use anyhow::{Context, Result, bail};
use std::{env, path::PathBuf};

/// What the tests start.
pub struct Browsers {
    pub chrome: PathBuf,
    pub chromedriver: PathBuf,
    pub firefox: PathBuf,
}

/// A browser, the variable that may name it, its names on PATH, and its Debian package.
struct Program {
    variable: &'static str,
    names: &'static [&'static str],
    package: &'static str,
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

impl Browsers {
    /// Finds the browsers, or installs Debian's.
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
        let found = |program: &Program| {
            program
                .find()
                .with_context(|| format!("{} is installed, but not found", program.package))
        };
        Ok(Self {
            chrome: found(&CHROME)?,
            chromedriver: found(&CHROMEDRIVER)?,
            firefox: found(&FIREFOX)?,
        })
    }
}

impl Program {
    fn find(&self) -> Option<PathBuf> {
        env::var_os(self.variable)
            .map(PathBuf::from)
            .filter(|program| program.is_file())
            .or_else(|| find(self.names))
    }
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
