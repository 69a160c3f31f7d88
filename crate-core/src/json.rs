//! JSON as bytes: checking a text, and reading one that was checked.

pub(crate) mod blocks;
pub(crate) mod check;
pub(crate) mod document;
pub(crate) mod number;
pub(crate) mod read;
pub(crate) mod text;
pub(crate) mod tokens;
pub(crate) mod utf8;
