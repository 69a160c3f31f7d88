//! The users of the measurements.

use super::oracle;
use crate::users::{self, Layout};
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

/// The seed of `cargo xtask users` unless one is given.
const SEED: u64 = 1;

/// A made-up user and the line feed.
const MEAN_BYTES: u64 = 1249;

/// Files with the same users. They are made when they are first asked for, and kept: the same
/// size always gives the same users.
pub struct Data {
    folder: PathBuf,
    megabytes: u64,
}

impl Data {
    /// Users of this many megabytes, as lines.
    pub fn new(folder: &Path, megabytes: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            megabytes,
        }
    }

    /// One user a line.
    pub fn lines(&self) -> Result<PathBuf> {
        self.made("ndjson", |file| self.write(file, Layout::Lines))
    }

    /// The same, compressed.
    pub fn gzip(&self) -> Result<PathBuf> {
        self.made("ndjson.gz", |file| {
            let mut gzip = GzEncoder::new(file, Compression::default());
            self.write(&mut gzip, Layout::Lines)?;
            gzip.finish()?;
            Ok(())
        })
    }

    /// One array, for those that cannot read lines.
    pub fn array(&self) -> Result<PathBuf> {
        self.made("json", |file| self.write(file, Layout::Array))
    }

    /// The rows that everybody has to write.
    pub fn expected(&self) -> Result<PathBuf> {
        let lines = self.lines()?;
        self.made("csv", |file| {
            oracle::write(BufReader::new(File::open(lines)?), file)
        })
    }

    /// Bytes of the lines.
    pub fn bytes(&self) -> Result<u64> {
        Ok(fs::metadata(self.lines()?)?.len())
    }

    pub fn count(&self) -> u64 {
        (self.megabytes * 1_000_000).div_ceil(MEAN_BYTES)
    }

    fn write(&self, out: &mut impl Write, layout: Layout) -> Result<()> {
        Ok(users::write(out, self.count(), SEED, layout)?)
    }

    fn made(
        &self,
        extension: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> Result<()>,
    ) -> Result<PathBuf> {
        let path = self
            .folder
            .join(format!("users-{}.{extension}", self.megabytes));
        if path.exists() {
            return Ok(path);
        }
        eprintln!("» Writing {}", path.display());
        // It gets its name once it is complete.
        let unfinished = path.with_extension("unfinished");
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&unfinished)?);
        write(&mut file)
            .and_then(|()| Ok(file.flush()?))
            .with_context(|| format!("cannot write {}", path.display()))?;
        fs::rename(unfinished, &path)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_is_about_one() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::new(folder.path(), 1);
        let bytes = data.bytes().unwrap();
        assert!((970_000..1_030_000).contains(&bytes), "{bytes}");
        assert!(data.array().unwrap().exists() && data.gzip().unwrap().exists());
        let rows = fs::read_to_string(data.expected().unwrap()).unwrap();
        assert_eq!(rows.matches("\n\"'").count() as u64, data.count());
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 4, "nothing unfinished is left");
    }
}
