//! What may leave of a value.

mod secrets;

pub(crate) use secrets::{Secrets, write_key};
