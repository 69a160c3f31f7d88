//! What files are read into: an export, or what there is to know about them.

mod discover;
pub mod export;
pub mod inspect;
pub mod progress;
mod rows;
pub mod slice;
pub(crate) mod totals;
