//! An output must not overwrite an input, and no two outputs may go to one place.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::path::{folder_of, is_dash};

/// What is written.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    Export,
    Reports,
    Summary,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::Export => "the export",
            Self::Reports => "the reports",
            Self::Summary => "the summary",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::Export => "--output",
            Self::Reports => "--rejects",
            Self::Summary => "--summary",
        }
    }
}

/// Refuses to write to an input file, or to one place twice.
pub fn refuse_overlap<'a>(
    read: impl Iterator<Item = &'a Path>,
    written: impl Iterator<Item = (Role, &'a Path)>,
) -> Result<(), Failure> {
    // Reading from a terminal and writing to it is not an overlap.
    let read: Vec<Identity> = read
        .filter(|path| path.is_file())
        .filter_map(identity)
        .collect();
    let mut taken: Vec<(Role, Identity)> = Vec::new();
    for (role, path) in written {
        let Some(identity) = identity(path) else {
            continue;
        };
        let name = if is_dash(path) {
            Path::new("standard output")
        } else {
            path
        };
        if read.contains(&identity) {
            return Err(Failure::request(format!(
                "{} is also read and would be overwritten: choose another output",
                name.display()
            )));
        }
        if let Some((other, _)) = taken.iter().find(|(_, taken)| *taken == identity) {
            return Err(Failure::request(format!(
                "{} and {} would both go to {}: choose another file for {}",
                other.name(),
                role.name(),
                name.display(),
                role.option()
            )));
        }
        taken.push((role, identity));
    }
    Ok(())
}

/// Whether this path and standard error are the same file or pipe, so that their texts would mix.
pub fn shares_standard_error(path: &Path) -> bool {
    let error = identity(Path::new("/dev/stderr"));
    error.is_some() && error == identity(path)
}

/// What identifies a place.
#[derive(Debug, PartialEq, Eq)]
enum Identity {
    /// A regular file. It is replaced, so a hard link to it is another place.
    File(PathBuf),
    /// A pipe or a device, by device and inode.
    #[cfg(unix)]
    Stream(u64, u64),
    /// Standard output, on systems where it has no path.
    #[cfg(not(unix))]
    Stdout,
}

/// `None` for `/dev/null`, and for paths that cannot be written anyway.
fn identity(path: &Path) -> Option<Identity> {
    let path = match is_dash(path) {
        #[cfg(unix)]
        true => Path::new("/dev/stdout"),
        #[cfg(not(unix))]
        true => return Some(Identity::Stdout),
        false => path,
    };
    let file = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return stream(&metadata),
        Ok(_) => path.canonicalize().ok()?,
        Err(_) => folder_of(path).canonicalize().ok()?.join(path.file_name()?),
    };
    Some(Identity::File(file))
}

#[cfg(unix)]
fn stream(metadata: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let of = |metadata: &Metadata| Identity::Stream(metadata.dev(), metadata.ino());
    let null = fs::metadata("/dev/null").ok();
    let stream = of(metadata);
    (null.as_ref().map(of).as_ref() != Some(&stream)).then_some(stream)
}

#[cfg(not(unix))]
fn stream(_: &Metadata) -> Option<Identity> {
    None
}
