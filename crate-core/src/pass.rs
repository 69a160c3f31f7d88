//! What files are read into: an export, or what there is to know about them.

mod discover;
pub mod export;
pub(crate) mod export_slice;
pub mod inspect;
pub(crate) mod inspect_slice;
pub mod progress;
mod rows;
pub mod slice;
mod survey;
pub(crate) mod totals;
mod wire;
