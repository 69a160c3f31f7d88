//! What can take part.

use super::workshop::Workshop;
use anyhow::Result;
use std::path::Path;

/// What is compared with one another; the first contender of each is what the others are
/// compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Native,
    Browser,
    Gzip,
    Projector,
}

/// Rollcall, or a peer.
pub struct Contender {
    /// What `--only` takes.
    pub name: &'static str,
    pub group: Group,
    /// What a reader of the table sees.
    pub title: &'static str,
    /// What it does not do, or does otherwise.
    pub remark: &'static str,
    /// Whether it writes rows.
    pub writes: bool,
    pub prepare: fn(&mut Workshop) -> Result<Prepared>,
}

/// A contender that is installed.
pub struct Prepared {
    pub version: Option<String>,
    pub run: Box<Run>,
}

/// Runs once and writes to this file.
pub type Run = dyn FnMut(&Path) -> Result<Measured>;

/// What one run took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// What it read, uncompressed.
    pub bytes: u64,
    pub seconds: f64,
    pub cpu_seconds: f64,
    /// Peak of the process, or of the largest renderer of the browser.
    pub memory: u64,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Native, Self::Browser, Self::Gzip, Self::Projector];

    pub fn title(self) -> &'static str {
        match self {
            Self::Native => "Native, one thread unless stated otherwise",
            Self::Browser => "Chromium, one worker unless stated otherwise",
            Self::Gzip => "Chromium, gzip input, one worker unless stated otherwise",
            Self::Projector => "The projector alone, users in memory",
        }
    }
}

impl Contender {
    /// The projector runs in both worlds, and only the two together tell something.
    pub fn is_native(&self) -> bool {
        self.group == Group::Native
    }
}
