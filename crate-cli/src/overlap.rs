//! What is written must not be what is read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::output::folder_of;

/// Refuses to write to a file that is read, or to one file twice.
pub fn refuse_overlap<'a>(
    read: impl Iterator<Item = &'a Path>,
    written: impl Iterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let mut taken: Vec<PathBuf> = read.filter_map(identity).collect();
    for path in written {
        let Some(identity) = identity(path) else {
            continue;
        };
        if taken.contains(&identity) {
            return Err(Failure::request(format!(
                "{} would be overwritten: name another file to write to",
                identity.display()
            )));
        }
        taken.push(identity);
    }
    Ok(())
}

/// One path for a regular file, however it is spelled; `None` for pipes, devices and folders.
fn identity(path: &Path) -> Option<PathBuf> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => None,
        Ok(_) => path.canonicalize().ok(),
        Err(_) => Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?)),
    }
}
