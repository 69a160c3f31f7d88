//! The Rollcall engine for browsers and Node.
