//! Laws that hold for any bytes.
//!
//! Each module reads bytes as what its law is about and panics where the law is broken. The
//! programs in `bin` look for such bytes; `tests/corpus.rs` tries those that are known.

pub mod cells;
pub mod csv_in;
pub mod gunzip;
pub mod layouts;
pub mod lists;
pub mod paths;
pub mod records;
pub mod requests;
pub mod secrets;
pub mod splits;

mod head;
mod seeds;

pub use seeds::seeds;

/// A law with its name, which is also that of its program and of its folder in `corpus`.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of its module.
    pub name: &'static str,
    /// Panics where the bytes break the law.
    pub law: fn(&[u8]),
}

/// All laws.
pub const TARGETS: [Target; 10] = [
    Target {
        name: "records",
        law: records::law,
    },
    Target {
        name: "cells",
        law: cells::law,
    },
    Target {
        name: "splits",
        law: splits::law,
    },
    Target {
        name: "gunzip",
        law: gunzip::law,
    },
    Target {
        name: "requests",
        law: requests::law,
    },
    Target {
        name: "paths",
        law: paths::law,
    },
    Target {
        name: "lists",
        law: lists::law,
    },
    Target {
        name: "layouts",
        law: layouts::law,
    },
    Target {
        name: "secrets",
        law: secrets::law,
    },
    Target {
        name: "csv_in",
        law: csv_in::law,
    },
];
