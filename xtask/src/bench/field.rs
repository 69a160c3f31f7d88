//! Who takes part.

use super::{browser, contender::Contender, native};
use clap::builder::PossibleValuesParser;

/// Those that `--only` names with their bases, or all, of the worlds that are wanted.
pub fn chosen(only: &[String], wants: impl Fn(bool) -> bool) -> Vec<&'static Contender> {
    let is_named = |contender: &Contender| only.iter().any(|name| name == contender.name);
    let is_needed = |contender: &Contender| {
        is_base(contender) && all().any(|other| other.group == contender.group && is_named(other))
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

/// Whether others are compared with it.
pub fn is_base(contender: &Contender) -> bool {
    all()
        .find(|other| other.group == contender.group)
        .is_some_and(|base| base.name == contender.name)
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
