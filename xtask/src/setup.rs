//! Installs what a build or a test needs and the machine lacks.
//!
//! Each part looks first, says what it will do and for how long, does it, and checks it.
//! Things go where rustup, cargo and npm put them anyway, so that a second clone finds them.

mod browser;
mod compiler;
mod debian;
mod debian_std;
pub mod npm;
mod program;
mod spreadsheet;
mod target;
mod test_runner;
mod wasm_target;

pub use browser::Browsers;
pub use compiler::cpp_compiler;
pub use debian::install_if_possible as install_debian;
pub use spreadsheet::libreoffice;
pub use target::TARGET;
pub use test_runner::wasm_test_runner;
pub use wasm_target::WasmToolchain;

/// Says what is about to happen. On stderr: stdout is for results.
fn announce(what: &str, duration: &str) {
    eprintln!("» {what} ({duration})");
}
