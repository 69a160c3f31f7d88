//! The Rollcall engine for browsers.
//!
//! A worker calls [`run_worker`] and from then on answers the commands of
//! [`rollcall_core::message`]: files in, one file out, in the origin's private file system.

mod clock;
mod error;
mod job;
mod report;
mod source;
mod store;
mod worker;

pub use worker::run_worker;
