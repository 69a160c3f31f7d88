//! Sets up, builds, serves and tests Rollcall.

fn main() {}
