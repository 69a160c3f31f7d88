//! Laws that hold for every input.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::ops::ControlFlow;

use proptest::collection::vec;
use proptest::prelude::*;
use rollcall_cases::exporting::Export;
use rollcall_cases::generated::{
    cuts, gzip_members, json_text, loosen, messy_bytes, record_text, spaces,
};
use rollcall_core::{
    Choice, CsvProfile, ExportOptions, ExportRequest, Exporter, FieldPath, Plan, Rate, Segment,
};

const ALL_AS_JSON: &str = r#"{"format":"json"}"#;

fn segments() -> impl Strategy<Value = Vec<Segment>> {
    let name = prop_oneof!["[a-z_]{1,6}", any::<String>()].prop_map(Segment::Name);
    let index = any::<usize>().prop_map(Segment::Index);
    (name.clone(), vec(prop_oneof![name, index], 0..5))
        .prop_map(|(first, rest)| [vec![first], rest].concat())
}

fn lines(records: &[String]) -> Vec<u8> {
    records
        .iter()
        .flat_map(|record| [record.as_bytes(), b"\n"].concat())
        .collect()
}

/// As `JSON.stringify(value, null, 2)` writes it; the text as it is where a number has no value.
fn pretty(text: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value.map_or_else(
        |_| text.to_owned(),
        |value| serde_json::to_string_pretty(&value).unwrap(),
    )
}

proptest! {
    #[test]
    fn a_path_prints_back_to_itself(segments in segments()) {
        let path = FieldPath::new(segments).unwrap();
        let printed = path.to_string();
        prop_assert_eq!(printed.parse::<FieldPath>(), Ok(path), "{}", printed);
    }

    #[test]
    fn any_text_is_a_path_or_none_and_never_panics(text in ".*") {
        if let Ok(path) = text.parse::<FieldPath>() {
            prop_assert_eq!(path.to_string().parse::<FieldPath>(), Ok(path));
        }
    }

    #[test]
    fn a_valid_list_has_a_record_for_each_object_and_a_report_for_each_other_value(
        elements in vec(json_text(), 0..6),
        spaces in prop::option::of(spaces()),
    ) {
        let compact = format!("[{}]", elements.join(","));
        let text = match spaces {
            Some(spaces) => loosen(&compact, &spaces),
            None => pretty(&compact),
        };
        let outcome = Export::of(ALL_AS_JSON, text.as_bytes()).whole();
        let objects = elements.iter().filter(|element| element.starts_with('{')).count();
        prop_assert_eq!(outcome.left_out.len(), elements.len() - objects, "{}", text);
        match outcome.result {
            Ok(totals) => {
                let totals = totals.unwrap();
                prop_assert_eq!(&totals["exported"], objects, "{}", text);
                prop_assert_eq!(&totals["left_out"], elements.len() - objects, "{}", text);
            }
            // Nothing of it could be read.
            Err(report) => {
                prop_assert!(objects == 0 && !elements.is_empty(), "{}: {}", text, report);
                prop_assert_eq!(&report["record"], 1, "{}", text);
            }
        }
    }

    #[test]
    fn any_cut_gives_the_same_outcome(
        files in vec(messy_bytes(), 1..3),
        is_packed in any::<bool>(),
        cuts in cuts(),
        is_strict in prop::bool::weighted(0.2),
        max_record_size in prop_oneof![Just(1 << 20), Just(20_usize)],
        request in prop::sample::select(vec![ALL_AS_JSON, "{}", r#"{"limit":2,"fields":[{"name":"user_id"}]}"#]),
        connection in prop::option::weighted(0.2, Just("c".to_owned())),
    ) {
        let files: Vec<Vec<u8>> = files
            .into_iter()
            .map(|file| if is_packed { gzip_members(&file, &[7, 30]) } else { file })
            .collect();
        let export = Export {
            inputs: files.iter().map(Vec::as_slice).collect(),
            options: ExportOptions { strict: is_strict, max_record_size, connection, ..ExportOptions::default() },
            ..Export::of(request, b"")
        };
        let mut sizes = cuts.iter().cycle();
        export.however_cut(|_| *sizes.next().unwrap());
    }

    #[test]
    fn csv_reads_back_as_the_values_without_their_prefix(
        records in vec((any::<String>(), any::<i64>(), any::<bool>(), prop::option::of("[=+@'\t -]?.{0,5}")), 0..6),
        profile in prop::sample::select(CsvProfile::values().collect::<Vec<_>>()),
    ) {
        let input: Vec<String> = records
            .iter()
            .map(|(text, number, flag, other)| serde_json::json!({"text": text, "number": number, "flag": flag, "other": other}).to_string())
            .collect();
        let input = lines(&input);
        let request = r#"{"fields":[{"name":"text"},{"name":"number"},{"name":"flag"},{"name":"other"}]}"#;
        let export = Export {
            options: ExportOptions { csv_profile: profile, ..ExportOptions::default() },
            ..Export::of(request, &input)
        };
        let output = export.whole().output;
        let text = output.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&output);
        prop_assert_eq!(text.len() != output.len(), profile == CsvProfile::Excel);
        let mut reader = csv::Reader::from_reader(text);
        prop_assert_eq!(reader.headers().unwrap(), vec!["text", "number", "flag", "other"]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), records.len());
        for (row, (text, number, flag, other)) in rows.iter().zip(&records) {
            prop_assert_eq!(without_prefix(&row[0], profile), text);
            prop_assert_eq!(&row[1], number.to_string());
            prop_assert_eq!(&row[2], flag.to_string());
            match other {
                Some(other) => prop_assert_eq!(without_prefix(&row[3], profile), other),
                None => prop_assert_eq!(&row[3], ""),
            }
        }
    }

    #[test]
    fn ndjson_of_all_fields_is_the_input(records in vec(record_text(), 0..6), spaces in spaces()) {
        let loose: Vec<String> = records.iter().map(|record| loosen(record, &spaces)).collect();
        let input = lines(&loose);
        let outcome = Export::of(ALL_AS_JSON, &input).whole();
        prop_assert_eq!(String::from_utf8(outcome.output).unwrap(), String::from_utf8(lines(&records)).unwrap());
        prop_assert_eq!(outcome.left_out, Vec::<serde_json::Value>::new());
    }

    #[test]
    fn an_array_and_a_page_export_as_their_lines(
        records in vec(prop_oneof![9 => record_text(), 1 => json_text()], 0..6),
        spaces in spaces(),
        cuts in cuts(),
        request in prop::sample::select(vec![ALL_AS_JSON, r#"{"fields":[{"name":"a"},{"name":"b.c"}]}"#]),
    ) {
        // The first line tells what the file is, so it is a good one.
        let records = [vec!["{}".to_owned()], records].concat();
        let wanted = Export::of(request, &lines(&records)).whole();
        let list = records.join(&format!("{},\n", spaces[0]));
        for input in [format!("[{list}]\n"), format!("{{\"start\":0,\"users\":[{list}],\"total\":1}}")] {
            let mut sizes = cuts.iter().cycle();
            let found = Export::of(request, input.as_bytes()).run(|_| *sizes.next().unwrap());
            prop_assert_eq!(&found.output, &wanted.output, "{}", input);
            prop_assert_eq!(&found.result, &wanted.result);
            prop_assert_eq!(found.left_out.len(), wanted.left_out.len());
        }
    }

    #[test]
    fn gzip_exports_as_what_it_holds(text in messy_bytes(), members in cuts(), cuts in cuts()) {
        let plain = Export::of(ALL_AS_JSON, &text).whole();
        let packed = gzip_members(&text, &members);
        let mut sizes = cuts.iter().cycle();
        let found = Export::of(ALL_AS_JSON, &packed).run(|_| *sizes.next().unwrap());
        prop_assert_eq!(found.result, plain.result);
        prop_assert_eq!(found.left_out, plain.left_out);
        prop_assert_eq!(found.output, plain.output);
    }

    #[test]
    fn gzip_output_unpacks_to_the_plain_output(records in vec(record_text(), 0..6), cuts in cuts()) {
        // The first line is a user, so the file is not one object that may hold the list of users.
        let input = [&b"{\"user_id\":\"u\"}\n"[..], &lines(&records)].concat();
        let plain = Export::of("{}", &input).whole().output;
        let export = Export {
            options: ExportOptions { gzip: true, ..ExportOptions::default() },
            ..Export::of("{}", &input)
        };
        let mut sizes = cuts.iter().cycle();
        let packed = export.run(|_| *sizes.next().unwrap()).output;
        let unpacked = std::io::read_to_string(flate2::read::MultiGzDecoder::new(packed.as_slice())).unwrap();
        prop_assert_eq!(unpacked.into_bytes(), plain);
    }

    #[test]
    fn progress_never_goes_back(files in vec(messy_bytes(), 1..4), cuts in cuts(), limit in 1..4_u64) {
        let body = format!("{{\"format\":\"json\",\"limit\":{limit}}}");
        let request = ExportRequest::from_json(body.as_bytes()).unwrap();
        let mut exporter = Exporter::new(Plan::new(&request, &ExportOptions::default()).unwrap());
        let bytes_total = files.iter().map(|file| file.len() as u64).sum();
        let mut rate = Rate::new(bytes_total, Some(limit));
        let mut last = exporter.progress();
        let mut percentage = 0;
        let mut out = Vec::new();
        let mut sizes = cuts.iter().cycle();
        'run: for file in &files {
            let mut rest = file.as_slice();
            while !rest.is_empty() {
                let (chunk, behind) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
                rest = behind;
                let step = exporter.push(chunk, &mut out);
                let now = exporter.progress();
                prop_assert!(now.bytes_in >= last.bytes_in && now.bytes_in <= bytes_total);
                prop_assert!(now.read >= last.read && now.exported >= last.exported && now.left_out >= last.left_out);
                prop_assert!(now.exported <= limit);
                let percentage_now = rate.percentage_done(&now);
                prop_assert!(percentage_now >= percentage && percentage_now <= 100);
                (last, percentage) = (now, percentage_now);
                if step.is_err() || step == Ok(ControlFlow::Break(())) {
                    break 'run;
                }
            }
            if exporter.end_input(&mut out).is_err() {
                break;
            }
        }
    }

    #[test]
    fn totals_add_up(files in vec(messy_bytes(), 1..3), connection in prop::option::of(Just("c".to_owned()))) {
        let export = Export {
            inputs: files.iter().map(Vec::as_slice).collect(),
            options: ExportOptions { connection, ..ExportOptions::default() },
            ..Export::of(ALL_AS_JSON, b"")
        };
        let outcome = export.whole();
        if let Ok(Some(totals)) = outcome.result {
            let count = |key: &str| totals[key].as_u64().unwrap();
            prop_assert_eq!(count("read"), count("exported") + count("left_out") + count("other_connections"));
            prop_assert_eq!(count("left_out"), outcome.left_out.len() as u64);
            let written = outcome.output.iter().filter(|&&byte| byte == b'\n').count();
            prop_assert_eq!(count("exported"), written as u64);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200), head in messy_bytes(), cuts in cuts()) {
        for input in [bytes.clone(), [head, bytes].concat()] {
            for request in ["{}", ALL_AS_JSON] {
                let mut sizes = cuts.iter().cycle();
                let _ = Export::of(request, &input).run(|_| *sizes.next().unwrap());
            }
            let _ = Export::of("{}", &input).list_connections(cuts[0]);
            let _ = ExportRequest::from_json(&input);
        }
    }

    /// The place of a record left out is its own, whatever is wrong with it.
    #[test]
    fn a_broken_record_is_reported_at_its_first_byte(
        records in vec(prop_oneof![3 => record_text().prop_map(Ok), 1 => broken_line().prop_map(Err)], 0..8),
    ) {
        // The first line tells what the file is, so it is a good one.
        let mut input = b"{}\n".to_vec();
        let mut wanted = Vec::new();
        let mut record = 2;
        for one in records {
            record += 1;
            match one {
                Ok(text) => input.extend(text.bytes()),
                Err(broken) => {
                    input.extend(b"  ");
                    wanted.push((record, input.len() as u64));
                    input.extend(broken);
                    // Any other line might belong to a truncated record.
                    input.extend(b"\n{}");
                    record += 1;
                }
            }
            input.push(b'\n');
        }
        let export = Export { inputs: vec![b"{}", &input], ..Export::of(ALL_AS_JSON, b"") };
        let outcome = export.whole();
        let number = |report: &serde_json::Value, key: &str| report[key].as_u64().unwrap();
        let found: Vec<(u64, u64)> = outcome.left_out.iter().map(|report| (number(report, "record"), number(report, "byte"))).collect();
        prop_assert_eq!(found, wanted);
        for report in &outcome.left_out {
            prop_assert_eq!(number(report, "line") + 1, number(report, "record"));
            prop_assert_eq!(number(report, "input"), 1);
        }
    }
}

fn broken_line() -> impl Strategy<Value = Vec<u8>> {
    let damage: Vec<&'static [u8]> = vec![b"}", b"x", b"]", b"\xff", b"\0", b"\""];
    prop_oneof![
        (record_text(), prop::sample::select(damage)).prop_map(|(text, damage)| [
            text.as_bytes(),
            damage
        ]
        .concat()),
        record_text().prop_map(|text| text.as_bytes()[..text.len() - 1].to_vec()),
        "[0-9]{1,5}|null|\\[\\]".prop_map(String::into_bytes),
    ]
}

/// What stands in a cell once its prefix is taken off.
fn without_prefix(cell: &str, profile: CsvProfile) -> &str {
    match profile {
        CsvProfile::Auth0 => cell
            .strip_prefix('\'')
            .expect("every string has its prefix"),
        CsvProfile::OwaspMinimal | CsvProfile::Excel => {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']),
                "{cell:?}"
            );
            cell.strip_prefix('\'').unwrap_or(cell)
        }
        CsvProfile::Plain => cell,
    }
}
