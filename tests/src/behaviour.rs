//! `docs/behaviour.md` and the cases speak of each other.

use std::collections::BTreeSet;

use crate::CASES;

const BEHAVIOUR: &str = include_str!("../../docs/behaviour.md");
const SOURCES: [&str; 4] = ["doc", "rec", "seen", "own"];

/// The source and the cases of each rule: the last two cells of the tables that have them.
fn rules() -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
    let mut is_rules = false;
    let mut rules = Vec::new();
    for line in BEHAVIOUR.lines() {
        let mut cells = line.rsplit('|').skip(1).map(str::trim);
        let (Some(cases), Some(source)) = (cells.next(), cells.next()) else {
            is_rules = false;
            continue;
        };
        if (source, cases) == ("source", "cases") {
            is_rules = true;
        } else if is_rules && !cases.starts_with("---") {
            let cases = cases.split('`').skip(1).step_by(2).collect();
            rules.push((source.split(", ").collect(), cases));
        }
    }
    rules
}

#[test]
fn every_rule_has_its_source_and_a_case() {
    assert!(rules().len() > 80);
    for (sources, cases) in rules() {
        assert!(
            sources.iter().all(|source| SOURCES.contains(source)),
            "{sources:?}"
        );
        assert!(!cases.is_empty(), "a rule without a case");
    }
}

#[test]
fn every_case_is_named_and_every_name_is_a_case() {
    let named: BTreeSet<&str> = rules().into_iter().flat_map(|(_, cases)| cases).collect();
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.name()).collect();
    let forgotten: Vec<_> = cases.difference(&named).collect();
    assert!(
        forgotten.is_empty(),
        "not in docs/behaviour.md: {forgotten:?}"
    );
    let unknown: Vec<_> = named.difference(&cases).collect();
    assert!(unknown.is_empty(), "no such cases: {unknown:?}");
}
