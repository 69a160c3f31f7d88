//! From the heading row to places in a record.

use std::str;

use crate::input::csv::cell::{Kind, without_guard};
use crate::json::scalar::is_number;
use crate::plan::outline::Outline;
use crate::plan::path::{FieldPath, Segment};
use crate::plan::profile::{ATTRIBUTES, DASHBOARD_FIELDS};

/// An index from which on a heading names no element: its record would have all elements before it.
const TOO_FAR: usize = 1000;

/// The most steps of a heading, as of a field that a request names.
const MAX_STEPS: usize = 100;

/// What the columns of a file are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The records; each leaf is the index of a column.
    pub outline: Outline<usize>,
    pub columns: Vec<Column>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Its values are of this kind, and stand this many levels deep in a record.
    Named { kind: Kind, depth: usize },
    /// Its values are not read.
    Ignored,
    /// It has no values.
    Empty,
}

impl Columns {
    /// The columns of a heading row.
    ///
    /// # Errors
    /// Why this is no heading row, or which headings contradict each other.
    pub(super) fn of_row(headings: &[String]) -> Result<Self, String> {
        let headings: Vec<&str> = headings.iter().map(|one| heading(one)).collect();
        let last = headings.iter().rposition(|one| !one.is_empty());
        for (index, heading) in headings.iter().enumerate() {
            let is_between = index > 0 && Some(index) < last;
            if is_value(heading) || heading.is_empty() && is_between {
                let what = match *heading {
                    "" => "an empty cell between others".to_owned(),
                    value => format!("`{value}`"),
                };
                return Err(format!(
                    "the first row holds {what}, so it is not a heading row; give the headings in the option csv_headings (--csv-headings a,b,c)"
                ));
            }
        }
        Self::named(&headings, |index| match Some(index) > last {
            true => Column::Empty,
            false => Column::Ignored,
        })
    }

    /// The columns that the option names; a column without a name is not read.
    ///
    /// # Errors
    /// Which headings contradict each other.
    pub(super) fn given(headings: &[String]) -> Result<Self, String> {
        let headings: Vec<&str> = headings.iter().map(|one| heading(one)).collect();
        Self::named(&headings, |_| Column::Ignored)
    }

    fn named(headings: &[&str], unnamed: impl Fn(usize) -> Column) -> Result<Self, String> {
        let mut all = Self::default();
        for (index, heading) in headings.iter().enumerate() {
            if heading.is_empty() {
                all.columns.push(unnamed(index));
                continue;
            }
            let path = place(heading);
            all.add(index, &path)
                .map_err(|other| contradiction(headings[other], heading, &path))?;
            all.columns.push(Column::Named {
                kind: Kind::of(&path),
                depth: path.segments().len(),
            });
        }
        all.outline.sort();
        Ok(all)
    }

    /// Adds a leaf; or returns the column that is in its place, above or below it.
    fn add(&mut self, index: usize, path: &FieldPath) -> Result<(), usize> {
        let mut outline = &mut self.outline;
        for segment in path.segments() {
            let taken = outline.leaves.first();
            if let Some(&other) = taken.or_else(|| outline.first_leaf_of_other_kind(segment)) {
                return Err(other);
            }
            outline = outline.step(segment);
        }
        if let Some(&other) = outline.first_leaf() {
            return Err(other);
        }
        outline.leaves.push(index);
        Ok(())
    }
}

/// A heading without white space around it and without the apostrophe that guards it.
fn heading(text: &str) -> &str {
    let text = text.trim();
    str::from_utf8(without_guard(text.as_bytes())).unwrap_or(text)
}

/// The place that a heading names.
fn place(heading: &str) -> FieldPath {
    let title = DASHBOARD_FIELDS.iter().find(|(_, title)| *title == heading);
    let name = title.map_or(heading, |(name, _)| name);
    let is_near = |path: &FieldPath| {
        let mut segments = path.segments().iter();
        segments.len() <= MAX_STEPS
            && segments.all(|segment| !matches!(segment, Segment::Index(TOO_FAR..)))
    };
    let path = name.parse().ok().filter(is_near);
    path.unwrap_or_else(|| FieldPath::root(name))
}

fn contradiction(one: &str, other: &str, path: &FieldPath) -> String {
    match place(one) == *path {
        true => format!("the headings `{one}` and `{other}` name the same place, `{path}`"),
        false => format!(
            "the headings `{one}` and `{other}` contradict each other: one names a part of what the other is"
        ),
    }
}

/// Whether a text is known as a heading of users.
pub(super) fn is_known(text: &str) -> bool {
    let path = place(heading(text));
    matches!(path.segments(), [Segment::Name(root), ..] if ATTRIBUTES.contains(&&**root))
}

/// Whether a text can only be a value.
pub(super) fn is_value(text: &str) -> bool {
    let text = text.trim();
    let is_address = || {
        let (name, host) = text.split_once('@').unwrap_or_default();
        let is_host = host.contains('.') && !host.contains('@');
        is_host && !name.is_empty() && !text.contains(char::is_whitespace)
    };
    let is_digits = || !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = || {
        ["true", "false"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    };
    is_word() || is_digits() || is_number(text.as_bytes()) || is_address()
}

/// Whether a text may be a heading, or there is none.
pub(super) fn is_name(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    text.chars().all(|character| {
        character.is_alphanumeric() || " _-.@|/[]()\"'#%&?:*+\u{a0}".contains(character)
    }) && (text.trim().is_empty() || text.contains(char::is_alphanumeric))
        && count('(') == count(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_places() {
        for (text, want) in [
            ("Id", "user_id"),
            (" Connection\t", "identities[0].connection"),
            ("email", "email"),
            ("id", "id"),
            ("user_metadata.plan", "user_metadata.plan"),
            ("'=cmd", "=cmd"),
            ("'quoted", r#"["'quoted"]"#),
            ("a..b", r#"["a..b"]"#),
            ("a[999]", "a[999]"),
            ("a[1000]", r#"["a[1000]"]"#),
        ] {
            assert_eq!(place(heading(text)).to_string(), want, "{text}");
        }
    }

    #[test]
    fn a_heading_row_holds_no_values_and_no_contradiction() {
        for (row, want) in [
            (&["Id", "user_id"][..], "name the same place, `user_id`"),
            (&["a.b", "a"], "`a.b` and `a` contradict"),
            (&["a", "a.b"], "`a` and `a.b` contradict"),
            (&["a[0]", "a.b"], "`a[0]` and `a.b` contradict"),
            (&["a", "x@acme.example"], "holds `x@acme.example`"),
            (&["a", "2"], "holds `2`"),
            (&["a", "007"], "holds `007`"),
            (&["a", "FALSE"], "holds `FALSE`"),
            (&["a", "", "b"], "an empty cell between others"),
        ] {
            let row: Vec<String> = row.iter().map(|&one| one.to_owned()).collect();
            let error = Columns::of_row(&row).unwrap_err();
            assert!(error.contains(want), "{error}");
        }
        let row = ["", "a", "", ""].map(str::to_owned);
        let columns = Columns::of_row(&row).unwrap().columns;
        assert_eq!(columns[0], Column::Ignored);
        assert_eq!(columns[2..], [Column::Empty; 2]);
    }
}
