//! What is measured natively and in wasm alike.

pub mod projector;
#[cfg(target_family = "wasm")]
mod wasm;
