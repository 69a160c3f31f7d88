//! The path `-`, which stands for standard input and standard output.

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
