//! Golden cases that every build of Rollcall must pass.
