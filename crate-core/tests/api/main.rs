//! The API of the jobs: exact bodies, and jobs under a clock that the test sets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod access;
mod bodies;
mod connections;
mod expiry;
mod files;
mod kept;
mod list;
mod runs;
mod server;
