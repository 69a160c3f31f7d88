//! Golden cases that every build of Rollcall must pass.
//!
//! Each folder of `cases/` is one [`Case`]: a request, its input, and the exact bytes or the exact
//! error that must come of it. A runner turns a case into an [`Outcome`] with the build it tests;
//! [`Case::check`] says whether that is the one outcome the rules allow.

#[cfg(test)]
mod behaviour;
mod case;
mod check;
mod connections;
mod difference;
#[cfg(feature = "core")]
pub mod exporting;
#[cfg(feature = "generated")]
pub mod generated;
#[cfg(feature = "core")]
pub mod layouts;
#[cfg(feature = "core")]
pub mod slow;

pub use case::{Case, Expected, Input};
pub use check::Outcome;

/// All cases, in the order of their names.
pub const CASES: &[Case] = case::CASES;
