//! A tenant's API of jobs for browsers and Node: [`rollcall_core::api`] behind JavaScript.
//!
//! It starts no work itself: the JavaScript that runs it does what the effects say, and has the
//! engine, a module of its own, run the jobs.

mod machine;
mod settings;
mod step;

pub use machine::TenantMachine;
