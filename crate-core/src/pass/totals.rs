//! The counts of an export.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// The rows, not counting the heading, that Excel reads from a CSV file.
const EXCEL_ROWS: u64 = 1_048_575;

/// The counts of a finished export: `read = exported + left_out + other_connections`.
///
/// A list of jobs that an older Rollcall has kept may lack some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Records read until the end or the limit.
    pub read: u64,
    /// Users written.
    pub exported: u64,
    /// Records that could not be read; each was reported.
    pub left_out: u64,
    /// Users that the connection dropped.
    pub other_connections: u64,
    /// Exported users in whom a key that was read occurs twice; the last one counted.
    pub duplicate_keys: u64,
    /// Halves of surrogate pairs that CSV cells show as U+FFFD.
    pub replaced_surrogates: u64,
    /// CSV cells of more than 32,767 characters, which Excel cuts.
    pub long_cells: u64,
    /// Numbers of more than 15 digits in CSV cells of the profile `excel`: Excel keeps no more.
    pub long_numbers: u64,
    /// Texts in CSV cells of the profile `excel` that Excel shows as other numbers or dates.
    pub converted_texts: u64,
    /// For each field, in their order, the exported users in whom it was found; `null` is found too.
    /// Empty if users are exported as they are.
    pub found: Vec<u64>,
    /// Field paths of the first exported user, at most 100, if there are fields that no user has and
    /// that were asked for, or if no user has any of the default fields.
    pub paths: Vec<String>,
    /// Lines of an Elasticsearch bulk file that say what to do with a document.
    pub actions: u64,
    /// Commas behind objects on lines of NDJSON, which are forgiven.
    pub commas: u64,
    /// Cells of CSV input whose text is not of their column's type, and was taken as text.
    pub untyped_cells: u64,
}

impl Totals {
    /// How many rows a CSV file has beyond those that Excel reads.
    pub fn rows_beyond_excel(&self) -> u64 {
        self.exported.saturating_sub(EXCEL_ROWS)
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.exported += other.exported;
        self.left_out += other.left_out;
        self.other_connections += other.other_connections;
        self.duplicate_keys += other.duplicate_keys;
        self.replaced_surrogates += other.replaced_surrogates;
        self.long_cells += other.long_cells;
        self.long_numbers += other.long_numbers;
        self.converted_texts += other.converted_texts;
        self.paths.extend(other.paths);
        add_each(&mut self.found, &other.found);
        self.actions += other.actions;
        self.commas += other.commas;
        self.untyped_cells += other.untyped_cells;
    }
}

/// Adds counts of the same fields; where there are none yet, they are zero.
fn add_each(sums: &mut Vec<u64>, more: &[u64]) {
    if sums.len() < more.len() {
        sums.resize(more.len(), 0);
    }
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_fields_add_up_and_older_totals_have_none() {
        let older = r#"{"read":3,"exported":3,"left_out":0,"other_connections":0}"#;
        let mut sum: Totals = serde_json::from_str(older).unwrap();
        assert_eq!((sum.read, sum.found.len()), (3, 0));
        for _ in 0..2 {
            sum += Totals {
                exported: 1,
                found: vec![1, 0, 1],
                ..Totals::default()
            };
        }
        assert_eq!((sum.exported, sum.found), (5, vec![2, 0, 2]));
    }
}
