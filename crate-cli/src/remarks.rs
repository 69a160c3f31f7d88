//! What a person should know about a finished file.

use rollcall_core::{CsvProfile, ExportOptions, Format, Totals};

/// The remark on empty input.
pub const NO_USERS: &str = "The input contains no users.";

const FORMULAS: &str =
    "The plain profile does not guard against formulas; a spreadsheet may run them.";

/// One sentence for each surprise.
pub fn remarks(totals: &Totals, format: Format, options: &ExportOptions) -> Vec<String> {
    let is_csv = format == Format::Csv;
    let rows_cut = if is_csv {
        totals.rows_beyond_excel()
    } else {
        0
    };
    let counts = [
        ("Records left out", totals.left_out),
        (
            "Users of other connections, not exported",
            totals.other_connections,
        ),
        (
            "Users with a duplicate key, whose last value was used",
            totals.duplicate_keys,
        ),
        (
            "Cells with half a surrogate pair, replaced by U+FFFD",
            totals.replaced_surrogates,
        ),
        (
            "Cells that Excel will cut off after 32,767 characters",
            totals.long_cells,
        ),
        ("Rows that Excel will not read", rows_cut),
    ];
    let mut remarks: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what}: {count}"))
        .collect();
    if totals.read == 0 {
        remarks.push(NO_USERS.to_owned());
    }
    if is_csv && options.csv_profile == CsvProfile::Plain {
        remarks.push(FORMULAS.to_owned());
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_follow_from_the_totals() {
        let totals = |exported, left_out| Totals {
            read: exported + left_out,
            exported,
            left_out,
            ..Totals::default()
        };
        let csv = ExportOptions::default();
        let plain = ExportOptions {
            csv_profile: CsvProfile::Plain,
            ..ExportOptions::default()
        };
        for (totals, format, options, want) in [
            (totals(5, 0), Format::Csv, &csv, vec![]),
            (
                totals(5, 2),
                Format::Json,
                &plain,
                vec!["Records left out: 2"],
            ),
            (
                Totals {
                    other_connections: 3,
                    ..totals(5, 2)
                },
                Format::Csv,
                &csv,
                vec![
                    "Records left out: 2",
                    "Users of other connections, not exported: 3",
                ],
            ),
            (totals(1_048_575, 0), Format::Csv, &csv, vec![]),
            (
                totals(1_048_577, 0),
                Format::Csv,
                &csv,
                vec!["Rows that Excel will not read: 2"],
            ),
            (totals(1_048_577, 0), Format::Json, &csv, vec![]),
            (totals(1, 0), Format::Csv, &plain, vec![FORMULAS]),
            (totals(0, 0), Format::Csv, &csv, vec![NO_USERS]),
            (totals(0, 0), Format::Json, &csv, vec![NO_USERS]),
        ] {
            assert_eq!(
                remarks(&totals, format, options),
                want,
                "{totals:?} {format:?}"
            );
        }
    }
}
