//! Paths as people type them; `-` stands for standard input or output.

use std::path::Path;

/// The path itself.
pub const DASH: &str = "-";

/// Whether the path stands for standard input or output.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == DASH
}

/// The path of an input, `/dev/stdin` for standard input.
pub fn real_path(path: &Path) -> &Path {
    if is_dash(path) {
        Path::new("/dev/stdin")
    } else {
        path
    }
}

/// The folder of the file, which need not exist.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
