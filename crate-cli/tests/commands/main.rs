//! The command as a person or a script meets it: exit status, standard error and files.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod connections;
mod export;
mod failures;
mod folder;
#[cfg(target_os = "linux")]
mod linux;
mod rejects;
mod summary;
mod tables;
mod threads;
