//! The browsers of the tests.

use super::{debian, program::Program};
use anyhow::{Result, bail};
use std::path::PathBuf;

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
        Ok(Self {
            chrome: CHROME.found()?,
            chromedriver: CHROMEDRIVER.found()?,
            firefox: FIREFOX.found()?,
        })
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
