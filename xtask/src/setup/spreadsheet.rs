//! The spreadsheet of the tests.

use super::{debian, program::Program};
use anyhow::{Result, ensure};
use std::path::PathBuf;

/// Without windows it is 90 MB to fetch; with them it would be more.
const LIBREOFFICE: Program = Program {
    variable: "SOFFICE",
    names: &["soffice", "libreoffice"],
    package: "libreoffice-calc-nogui",
};

/// Finds LibreOffice, or installs Debian's.
pub fn libreoffice() -> Result<PathBuf> {
    if let Some(program) = LIBREOFFICE.find() {
        return Ok(program);
    }
    ensure!(
        debian::can_install(),
        "The tests need LibreOffice Calc. On Debian, as root:\n\n    \
         apt-get update\n    apt-get install --no-install-recommends {}\n\n\
         Elsewhere install it and put `soffice` on PATH, or name it in the variable SOFFICE.",
        LIBREOFFICE.package
    );
    debian::install(&[LIBREOFFICE.package], "half a minute")?;
    LIBREOFFICE.found()
}
