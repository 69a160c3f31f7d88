//! Who takes part.

use super::{browser, native, workshop::Workshop};
use anyhow::Result;
use clap::builder::PossibleValuesParser;
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
    /// Whether others are compared with it.
    pub fn is_base(&self) -> bool {
        all()
            .find(|other| other.group == self.group)
            .is_some_and(|base| base.name == self.name)
    }

    /// The projector runs in both worlds, and only the two together tell something.
    fn is_native(&self) -> bool {
        self.group == Group::Native
    }
}

/// Those that `--only` names with their bases, or all, of the worlds that are wanted.
pub fn chosen(only: &[String], wants: impl Fn(bool) -> bool) -> Vec<&'static Contender> {
    let is_named = |contender: &Contender| only.iter().any(|name| name == contender.name);
    let is_needed = |contender: &Contender| {
        contender.is_base() && all().any(|other| other.group == contender.group && is_named(other))
    };
    all()
        .filter(|contender| wants(contender.is_native()))
        .filter(|contender| only.is_empty() || is_named(contender) || is_needed(contender))
        .collect()
}

/// What `--only` takes.
pub fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(all().map(|contender| contender.name))
}

fn all() -> impl Iterator<Item = &'static Contender> {
    native::CONTENDERS.iter().chain(browser::CONTENDERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = all().map(|contender| contender.name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn each_choice_has_what_it_is_compared_with() {
        let choose = |only: &[&str], is_native: Option<bool>| {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            chosen(&only, |native| {
                is_native.is_none_or(|wanted| wanted == native)
            })
            .into_iter()
            .map(|contender| contender.name)
            .collect::<Vec<_>>()
        };
        for (only, is_native, want) in [
            (&["jq"][..], None, &["rollcall", "jq"][..]),
            (&["rollcall-2"], None, &["rollcall", "rollcall-2"]),
            (&["json-parse"], None, &["rollcall-wasm", "json-parse"]),
            (&["json-parse"], Some(true), &[]),
            (
                &["json-parse-gzip"],
                None,
                &["rollcall-wasm-gzip", "json-parse-gzip"],
            ),
            (
                &["projector-native"],
                Some(false),
                &["projector-wasm", "projector-native"],
            ),
        ] {
            assert_eq!(choose(only, is_native), want, "{only:?}");
        }
        assert_eq!(choose(&[], None).len(), all().count());
    }
}
