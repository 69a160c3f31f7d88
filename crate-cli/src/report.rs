//! Standard error for other programs: one JSON object per line.

use std::io::{self, Write};

use rollcall_core::Error;

/// The report as a line.
pub fn line(error: &Error) -> String {
    let mut line = serde_json::to_string(error).expect("text and numbers have a JSON form");
    line.push('\n');
    line
}

/// Writes to standard error. If that fails, the run continues.
pub fn print(text: &str) {
    io::stderr().write_all(text.as_bytes()).ok();
}

/// A name may hold control sequences; the terminal must not run them.
pub fn printable(name: &str) -> String {
    name.chars()
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}
