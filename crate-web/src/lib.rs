//! The Rollcall engine for browsers and Node.
//!
//! | for | is |
//! | --- | --- |
//! | a worker | [`run_worker`]: it answers the commands of [`rollcall_core::message`] from then on |
//! | whoever has the bytes | [`Exporter`]: chunks in, chunks out |
//!
//! `js/` makes the npm package of it, together with the module of the tenant.

mod clock;
mod convert;
mod error;
mod exporter;
mod feed;
mod helper;
mod job;
mod pool;
mod report;
mod run;
mod source;
mod store;
mod worker;

use wasm_bindgen::prelude::wasm_bindgen;

pub use exporter::Exporter;
pub use worker::{run_helper, run_worker};

/// The version of Rollcall.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
