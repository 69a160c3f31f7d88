//! What is compiled for, whatever toolchain compiles.

use std::process::Command;

/// What the browser runs.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Removes what rustup and `cargo run` put into our environment, which would lead another
/// toolchain's programs to the wrong compiler or the wrong shared libraries.
pub fn forget_rustup(command: &mut Command) {
    for name in [
        "CARGO",
        "LD_LIBRARY_PATH",
        "RUSTC",
        "RUSTDOC",
        "RUSTUP_TOOLCHAIN",
    ] {
        command.env_remove(name);
    }
}
