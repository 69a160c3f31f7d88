//! Ctrl-C and termination leave no partial file.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rollcall_core::Error;
use tempfile::NamedTempFile;

use crate::report;

/// The exit status that a shell shows for a program ended by Ctrl-C.
const INTERRUPTED: i32 = 128 + 2;

/// All current temporary files.
static TEMPORARY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on, an interrupt removes the temporary files and ends the program.
pub fn install() {
    ctrlc::set_handler(|| {
        // The lock is never released, so that no new file can be created.
        for path in temporary().iter() {
            // It may be gone already: the main thread is still running.
            fs::remove_file(path).ok();
        }
        if io::stderr().is_terminal() {
            report::print("\n");
        }
        report::print(&report::line(&Error::io("interrupted")));
        process::exit(INTERRUPTED);
    })
    .expect("no other handler is set");
}

/// Creates a temporary file that an interrupt removes.
pub fn guarded(create: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    let mut paths = temporary();
    let file = create()?;
    paths.push(file.path().to_owned());
    Ok(file)
}

fn temporary() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}
