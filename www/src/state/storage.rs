//! The storage of the browser.

use serde::Deserialize;

/// What the browser keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Storage {
    /// What it does not keep, if so.
    pub lacks: Option<Lack>,
    /// Bytes in use, where that is known.
    pub usage: Option<u64>,
    /// The most bytes that may be in use, where that is known.
    pub quota: Option<u64>,
    /// Whether the chosen files would find room, where that is known.
    pub fits: Option<bool>,
}

/// What the browser has no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Files, and so the list of them as well: both are in memory.
    Files,
    /// The list of jobs: it is in memory, while files are on the disk.
    List,
}

impl Storage {
    /// Whether there may be less room than files of this size need.
    pub fn is_scarce(&self, size: u64) -> bool {
        self.fits == Some(false) || self.free().is_some_and(|free| free < size)
    }

    /// Bytes that may still be written, where that is known.
    pub fn free(&self) -> Option<u64> {
        Some(self.quota?.saturating_sub(self.usage?))
    }
}
