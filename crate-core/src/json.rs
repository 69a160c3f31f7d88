//! JSON as bytes: checking a text, and reading one that was checked.

#[cfg(target_arch = "x86_64")]
mod avx512;
pub(crate) mod blank;
pub(crate) mod blocks;
pub(crate) mod check;
pub(crate) mod document;
pub(crate) mod found;
pub(crate) mod neighbours;
pub(crate) mod number;
mod places;
pub(crate) mod read;
pub(crate) mod scalar;
pub(crate) mod text;
pub(crate) mod tokens;
pub(crate) mod utf8;
pub(crate) mod write;
