//! The C++ compiler with which the fuzzing library is built.

use super::{debian, program::Program};
use anyhow::{Result, ensure};

const COMPILER: Program = Program {
    variable: "CXX",
    names: &["c++", "g++", "clang++"],
    package: "g++",
};

/// Sees to it that there is one.
pub fn cpp_compiler() -> Result<()> {
    if COMPILER.find().is_some() {
        return Ok(());
    }
    ensure!(
        debian::can_install(),
        "Fuzzing needs a C++ compiler. On Debian, as root:\n\n    \
         apt-get update\n    apt-get install {}\n\n\
         Elsewhere install one and put it on PATH, or name it in the variable CXX.",
        COMPILER.package
    );
    debian::install(&[COMPILER.package], "half a minute")?;
    COMPILER.found().map(drop)
}
