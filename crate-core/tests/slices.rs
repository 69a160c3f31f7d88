//! Slices that are exported apart and put together give what one machine gives.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_cases::exporting::Export;
use rollcall_cases::generated::{cuts, gzip_members, messy_bytes, record_text};
use rollcall_core::{
    CsvProfile, ExportOptions, ExportRequest, ExportedSlice, Exporter, InspectedSlice, Plan,
    Reading, SliceExporter, SliceInspector, Totals,
};

const ALL_AS_JSON: &str = r#"{"format":"json"}"#;
const IDS: &str = r#"{"fields":[{"name":"user_id"}]}"#;

/// Lines as they come: most of them good, with what stands around them in real files.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let user = (0..3_u8, "[ -~é😀]{0,12}").prop_map(|(connection, name)| {
        serde_json::json!({"user_id": name, "identities": [{"connection": format!("c{connection}")}]})
            .to_string()
    });
    let odd = select(vec![
        "",
        " ",
        "\u{feff}{}",
        "{}{\"user_id\":\"two on a line\"}",
        "{\"a\":1} x",
        "null",
        "{\"a\":",
        "{\"user_id\":\"\\ud800\",\"user_id\":\"twice\"}",
        "\u{1e}{\"user_id\":\"marked\"}",
        "]",
    ])
    .prop_map(str::to_owned);
    let end = select(vec!["\n", "\n", "\n", "\r\n", "\n\n"]);
    let line = (prop_oneof![6 => user, 2 => record_text(), 2 => odd], end);
    (vec(line, 0..12), any::<bool>(), any::<bool>()).prop_map(|(lines, has_mark, is_cut)| {
        let mut text: String = lines
            .iter()
            .flat_map(|(line, end)| [line.as_str(), end])
            .collect();
        if is_cut {
            text.pop();
        }
        let mark = if has_mark { "\u{feff}" } else { "" };
        [mark, &text].concat().into_bytes()
    })
}

fn files() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let file = prop_oneof![
        6 => lines(),
        2 => messy_bytes(),
        1 => lines().prop_map(|text| gzip_members(&text, &[30])),
        1 => (lines(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(text, place, is_cut)| {
            let mut packed = gzip_members(&text, &[200]);
            let place = place.index(packed.len());
            packed[place] ^= 0x10;
            packed.truncate(if is_cut { place } else { packed.len() });
            packed
        }),
        1 => lines().prop_map(|text| [b"[", text.as_slice(), b"]"].concat()),
    ];
    vec(file, 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn slices_give_what_one_machine_gives(
        files in files(),
        cuts in cuts(),
        is_strict in prop::bool::weighted(0.1),
        max_record_size in prop_oneof![4 => Just(1 << 20), 1 => 20..60_usize],
        limit in prop::option::of(1..8_u64),
        format in select(vec!["csv", "json"]),
        connection in prop::option::weighted(0.3, "c[0-3]"),
        csv_profile in select(vec![CsvProfile::Auth0, CsvProfile::Excel]),
    ) {
        let request = serde_json::json!({"format": format, "fields": [{"name": "user_id"}, {"name": "a"}]});
        let mut request = request.as_object().unwrap().clone();
        request.extend(limit.map(|limit| ("limit".to_owned(), limit.into())));
        let request = serde_json::to_string(&request).unwrap();
        let export = Export {
            inputs: files.iter().map(Vec::as_slice).collect(),
            options: ExportOptions { strict: is_strict, max_record_size, connection, csv_profile, ..ExportOptions::default() },
            ..Export::of(&request, b"")
        };
        let one = export.whole();
        let mut sizes = cuts.iter().cycle();
        let many = export.in_slices(|_| *sizes.next().unwrap());
        prop_assert_eq!(&many.result, &one.result);
        prop_assert_eq!(&many.left_out, &one.left_out);
        if one.result.is_ok() {
            prop_assert_eq!(many.output.escape_ascii().to_string(), one.output.escape_ascii().to_string());
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn slices_are_inspected_as_one_machine_does(files in files(), cuts in cuts()) {
        // Slices are taken only behind the users who are asked for their fields.
        let first: Vec<u8> = b"{\"user_id\":\"u\"}\n".repeat(1000);
        let export = Export {
            inputs: std::iter::once(first.as_slice()).chain(files.iter().map(Vec::as_slice)).collect(),
            ..Export::of(ALL_AS_JSON, b"")
        };
        let one = export.inspect(|rest| rest, false);
        let mut sizes = cuts.iter().cycle();
        prop_assert_eq!(export.inspect(|_| *sizes.next().unwrap(), true), one);
    }
}

fn machines() -> (Exporter, SliceExporter) {
    let request = ExportRequest::from_json(IDS.as_bytes()).unwrap();
    let plan = Plan::new(&request, &ExportOptions::default()).unwrap();
    (Exporter::new(plan.clone()), SliceExporter::new(plan))
}

#[test]
fn a_slice_is_taken_where_it_follows_on_whole_lines_and_nowhere_else() {
    let line = b"{\"user_id\":\"u\"}\n";
    let text = line.repeat(3);
    for (pushed, from, is_taken) in [
        (line.repeat(300), line.len() as u64 * 299, true),
        // Another place.
        (line.repeat(300), 0, false),
        // Inside of a line.
        (
            [line.repeat(300), b"{".to_vec()].concat(),
            line.len() as u64 * 299,
            false,
        ),
        // Nobody knows yet what the file is.
        (b"null\nnull\nnull\n\n".to_vec(), 0, false),
        // A list.
        (
            [b"[\n".to_vec(), line.repeat(300)].concat(),
            line.len() as u64 * 299 + 2,
            false,
        ),
    ] {
        let (mut exporter, mut worker) = machines();
        let (mut out, mut rows) = (Vec::new(), Vec::new());
        // The first line is the head of the slice: it was pushed.
        let slice = worker.export(&text, from, &mut rows);
        let _ = exporter.push(&pushed, &mut out).unwrap();
        let before = (out.len(), exporter.progress());
        assert_eq!(
            exporter.take_slice(slice, &rows, &mut out),
            is_taken,
            "{from}"
        );
        let length = out.len() - before.0;
        assert_eq!(length, if is_taken { rows.len() } else { 0 }, "{from}");
        assert_eq!(exporter.progress() != before.1, is_taken, "{from}");
    }
}

#[test]
fn a_slice_of_many_reports_or_huge_rows_is_left_to_the_one_machine() {
    let (_, mut worker) = machines();
    let mut rows = Vec::new();
    let fields: Vec<_> = (0..30)
        .map(|number| serde_json::json!({"name": "a", "export_as": format!("{number}")}))
        .collect();
    let request = serde_json::json!({"fields": fields}).to_string();
    let request = ExportRequest::from_json(request.as_bytes()).unwrap();
    let plan = Plan::new(&request, &ExportOptions::default()).unwrap();
    let mut wide = SliceExporter::new(plan.clone());
    let user = format!("{{\"a\":\"{}\"}}\n", "x".repeat(1000));
    for (is_wide, text, is_given_up) in [
        (false, "x\n".repeat(900), false),
        (false, "x\n".repeat(1100), true),
        (true, user.repeat(3), false),
        (true, user.repeat(100), true),
    ] {
        let worker = if is_wide { &mut wide } else { &mut worker };
        let slice = worker.export(text.as_bytes(), 0, &mut rows);
        // Nothing but where the lines stand.
        assert_eq!(slice.to_bytes().len() == 24, is_given_up);
        assert!(rows.len() < 8 * text.len() + (128 << 10));
        // It starts afresh.
        let next = worker.export(b"\n{}\n", 0, &mut rows).to_bytes();
        let mut new = match is_wide {
            true => SliceExporter::new(plan.clone()),
            false => machines().1,
        };
        assert_eq!(next, new.export(b"\n{}\n", 0, &mut rows).to_bytes());
    }
}

#[test]
fn a_slice_travels_as_bytes() {
    let (mut exporter, mut worker) = machines();
    let mut rows = Vec::new();
    let text = b"{\"user_id\":\"a\"}\n{\"user_id\":\"b\"}\nx\n{\"user";
    let slice = worker.export(text, 0, &mut rows);
    let bytes = slice.to_bytes();
    let received = ExportedSlice::from_bytes(&bytes).unwrap();
    assert_eq!(slice, received);
    for length in 0..bytes.len() {
        let part = ExportedSlice::from_bytes(&bytes[..length]);
        assert_eq!(part.is_some(), length == 24, "{length}");
    }
    let mut out = Vec::new();
    let _ = exporter.push(slice.split(text).0, &mut out).unwrap();
    assert!(exporter.take_slice(received, &rows, &mut out));
    let Totals {
        read,
        exported,
        left_out,
        ..
    } = exporter.finish(&mut out).unwrap();
    assert_eq!((read, exported, left_out), (3, 2, 1));

    let users = br#"
{"identities":[{"connection":"a"},{"connection":"b\u00e9"}]}
{"identities":[{"connection":"a"}]}
{}
x
"#;
    let slice = SliceInspector::new(&Reading::default()).inspect(users, 7);
    assert_eq!(InspectedSlice::from_bytes(&slice.to_bytes()), Some(slice));
}
