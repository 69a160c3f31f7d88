//! Which users are exported.

pub(crate) mod connection;
