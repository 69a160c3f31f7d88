//! Programs that tests start and that Debian has a package of.

use crate::command::find;
use anyhow::{Context, Result};
use std::{env, path::PathBuf};

/// A program, the variable that may name it, its names on PATH, and its Debian package.
pub(super) struct Program {
    pub variable: &'static str,
    pub names: &'static [&'static str],
    pub package: &'static str,
}

impl Program {
    /// Where it is, if it is there.
    pub fn find(&self) -> Option<PathBuf> {
        env::var_os(self.variable)
            .map(PathBuf::from)
            .filter(|program| program.is_file())
            .or_else(|| find(self.names))
    }

    /// Where it is after its package was installed.
    pub fn found(&self) -> Result<PathBuf> {
        self.find()
            .with_context(|| format!("{} is installed, but not found", self.package))
    }
}
