//! What the `csv` crate reads in a cell is the value, once one apostrophe is taken off.

use rollcall_cases::exporting::Export;
use rollcall_cases::slow::json::{decode, is_value};
use rollcall_core::{Choice, CsvProfile, ExportOptions};

use crate::head::split;

/// The first line chooses the profile. Each other is a text, and as it stands between quotes
/// perhaps a JSON string; two fill a row.
pub fn law(data: &[u8]) {
    let (head, data) = split(data);
    let (profile, _) = CsvProfile::ALL[head
        .first()
        .map_or(0, |&byte| usize::from(byte) % CsvProfile::ALL.len())];
    let strings: Vec<String> = String::from_utf8_lossy(data)
        .split('\n')
        .flat_map(|line| {
            let raw = format!("\"{line}\"");
            let text = serde_json::to_string(&line.replace('\u{1}', "\n")).expect("text is JSON");
            [is_value(&raw).then_some(raw), Some(text)]
        })
        .flatten()
        .collect();
    let rows: Vec<(&str, &str)> = strings
        .chunks(2)
        .map(|pair| (pair[0].as_str(), pair.last().expect("one or two").as_str()))
        .collect();
    let input: String = rows
        .iter()
        .map(|(a, b)| format!("{{\"a\":{a},\"created_at\":{b}}}\n"))
        .collect();
    let request = r#"{"fields":[{"name":"created_at","export_as":"="},{"name":"a"}]}"#;
    let export = Export {
        options: ExportOptions {
            csv_profile: profile,
            ..ExportOptions::default()
        },
        ..Export::of(request, input.as_bytes())
    };
    let outcome = export.whole();
    assert!(outcome.result.is_ok() && outcome.left_out.is_empty());
    read_back(&outcome.output, &rows, profile);
}

fn read_back(output: &[u8], rows: &[(&str, &str)], profile: CsvProfile) {
    let text = output.strip_prefix("\u{feff}".as_bytes()).unwrap_or(output);
    let mut reader = csv::Reader::from_reader(text);
    let heading = if profile == CsvProfile::Plain {
        "="
    } else {
        "'="
    };
    assert_eq!(reader.headers().expect("a heading"), vec![heading, "a"]);
    let found: Vec<csv::StringRecord> = reader
        .records()
        .map(|row| row.expect("the csv crate reads every row"))
        .collect();
    assert_eq!(found.len(), rows.len(), "rows");
    for (row, (a, date)) in found.iter().zip(rows) {
        let (a, date) = (decode(a).0, decode(date).0);
        assert_eq!(without_prefix(&row[1], profile), a);
        // A date is bare; the oracle of whole records tells which texts are dates.
        let is_bare = profile == CsvProfile::Auth0 && row[0] == *date && looks_like_a_date(&date);
        assert!(is_bare || without_prefix(&row[0], profile) == date);
    }
}

fn looks_like_a_date(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 14 && text.contains('T')
}

fn without_prefix(cell: &str, profile: CsvProfile) -> &str {
    let rest = cell.strip_prefix('\'');
    match profile {
        CsvProfile::Auth0 => rest.unwrap_or_else(|| {
            assert!(looks_like_a_date(cell), "{cell:?} has no apostrophe");
            cell
        }),
        CsvProfile::OwaspMinimal | CsvProfile::Excel => {
            let visible = cell.trim_start_matches(['\0', '\u{feff}']);
            let is_trigger =
                visible.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            assert!(!is_trigger, "{cell:?} may be a formula");
            rest.unwrap_or(cell)
        }
        CsvProfile::Plain => cell,
    }
}
