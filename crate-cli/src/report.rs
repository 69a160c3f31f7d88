//! Standard error as other programs read it: one JSON object a line.

use std::io::{self, Write};

use rollcall_core::Error;

/// The report as a line.
pub fn line(error: &Error) -> String {
    let mut line = serde_json::to_string(error).expect("text and numbers have a JSON form");
    line.push('\n');
    line
}

/// Writes to standard error. Where nobody can read it the run goes on.
pub fn print(text: &str) {
    io::stderr().write_all(text.as_bytes()).ok();
}
