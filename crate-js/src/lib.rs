//! Values and failures as Rust and JavaScript hand them to each other: one way for all modules.

mod failure;
mod value;

pub use failure::{bad_request, js_error};
pub use value::{from_js, to_js};
