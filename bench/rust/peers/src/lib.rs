//! The job of the measurements, for peers that are written in Rust.

pub mod csv;
pub mod lines;
pub mod typed;
