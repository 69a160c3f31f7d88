//! Contracts of public items that those who run the core rely on, and that no golden case reaches.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use rollcall_cases::exporting::Export;
use rollcall_core::profile::{DASHBOARD_FIELDS, dashboard_fields};
use rollcall_core::{
    Choice, Connection, CsvProfile, Error, ErrorCode, ExportOptions, ExportRequest, Exporter,
    FaultyFile, Format, Inspector, Plan, Reading,
};

const USERS: &[u8] = b"{\"user_id\":\"1\",\"identities\":[{\"connection\":\"google\"}]}\n\
    {\"user_id\":\"2\",\"identities\":[{\"connection\":\"acme\"}]}\n\
    {\"user_id\":\"3\"}\n\
    {\"user_id\":\"4\",\"identities\":[{\"connection\":\"google\"},{\"connection\":\"acme\"}]}\n";

#[test]
fn codes_are_words_alike_in_reports_and_in_rust() {
    for (code, word) in [
        (ErrorCode::BadRequest, "bad_request"),
        (ErrorCode::BadEncoding, "bad_encoding"),
        (ErrorCode::BadGzip, "bad_gzip"),
        (ErrorCode::BadRecord, "bad_record"),
        (ErrorCode::RecordTooLarge, "record_too_large"),
        (ErrorCode::Io, "io"),
        (ErrorCode::StorageFull, "storage_full"),
    ] {
        assert_eq!(code.as_str(), word);
    }
}

/// The words of a choice in serde and in the types of the package.
fn assert_same_words_everywhere<C>(property: &str)
where
    C: Choice + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    for &(value, word) in C::ALL {
        assert_eq!((value.word(), C::of_word(word)), (word, Some(value)));
        assert_eq!(serde_json::to_value(value).unwrap(), word);
        assert_eq!(serde_json::from_value::<C>(word.into()).unwrap(), value);
    }
    assert_eq!(C::of_word(""), None);
    assert!(serde_json::from_value::<C>("".into()).is_err());
    let words: Vec<_> = C::ALL
        .iter()
        .map(|(_, word)| format!("\"{word}\""))
        .collect();
    let declared = format!("{property} {};", words.join(" | "));
    let types = include_str!("../../crate-web/js/index.d.ts");
    assert!(types.contains(&declared), "{declared}");
}

#[test]
fn choices_have_the_same_words_everywhere() {
    assert_same_words_everywhere::<CsvProfile>("csv_profile?:");
    assert_same_words_everywhere::<Format>("format?:");
    assert_same_words_everywhere::<ErrorCode>("type ErrorCode =");
}

#[test]
fn failures_outside_of_the_core_say_what_they_are_and_where() {
    let full = Error::storage_full("no room");
    assert_eq!(
        (full.code, full.message.as_str()),
        (ErrorCode::StorageFull, "no room")
    );
    assert_eq!((full.record, full.line, full.byte), (None, None, None));
    let apart = Error {
        file: Some(Box::new(FaultyFile {
            index: 1,
            name: "a.json".to_owned(),
        })),
        ..Error::io("gone")
    };
    assert_eq!(apart.to_string(), "a.json: gone");
    let report = serde_json::to_string(&apart).unwrap();
    assert!(report.ends_with(r#""message":"gone","file":{"index":1,"name":"a.json"}}"#));
    assert_eq!(serde_json::from_str::<Error>(&report).unwrap(), apart);
    let report = serde_json::to_string(&Error::io("gone")).unwrap();
    assert!(report.ends_with(r#""message":"gone"}"#), "{report}");
    let named = Error::io("gone").in_file("a.json");
    assert_eq!(
        (named.code, named.message.as_str()),
        (ErrorCode::Io, "a.json: gone")
    );
}

#[test]
fn a_refusal_has_its_message_its_property_and_its_text() {
    for (request, property, text) in [
        (
            r#"{"limit":0}"#,
            Some("limit"),
            "Value 0 is less than minimum 1",
        ),
        (
            r#"{"fields":[{"name":"a","x":1}]}"#,
            Some("fields[0]"),
            "Additional properties not allowed: x",
        ),
        (r#"{"x":1}"#, None, "Additional properties not allowed: x"),
        ("{", None, "Invalid request payload JSON format"),
    ] {
        let error = plan(request, &ExportOptions::default()).unwrap_err();
        assert_eq!(error.property(), property, "{request}");
        assert_eq!(error.text(), text, "{request}");
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[test]
fn the_fields_of_the_dashboard_are_a_request() {
    let fields = dashboard_fields();
    let have: Vec<_> = fields
        .iter()
        .map(|field| (field.name.as_str(), field.export_as.as_deref().unwrap()))
        .collect();
    assert_eq!(have, DASHBOARD_FIELDS);
}

#[test]
fn a_connection_is_found_in_a_list_by_its_id_or_its_name() {
    let id = "con_0000000000000001";
    let list = [
        Connection {
            id: "con_0000000000000002".into(),
            name: "acme".into(),
        },
        Connection {
            id: id.into(),
            name: "google".into(),
        },
    ];
    let by_name = ExportOptions {
        connection: Some("google".into()),
        ..ExportOptions::default()
    };
    let by_id = format!(r#"{{"connection_id":"{id}"}}"#);
    for (request, options) in [(by_id.as_str(), ExportOptions::default()), ("{}", by_name)] {
        let plan = plan(request, &options).unwrap();
        assert_eq!(plan.connection_name(), None);
        let known = plan.clone().among(&list).unwrap();
        assert_eq!(known.connection_name(), Some("google"));
        // What is known already stays, whatever the list.
        assert_eq!(known.among(&[]).unwrap().connection_name(), Some("google"));
        let refusal = plan.among(&list[..1]).unwrap_err();
        assert_eq!(refusal.to_string(), "The connection does not exist.");
        assert_eq!(refusal.property(), Some("connection_id"));
    }
    let all = plan("{}", &ExportOptions::default()).unwrap();
    assert_eq!(all.among(&[]).unwrap().connection_name(), None);
}

/// Without a list an id stands for the name that it is made of.
#[test]
fn an_id_without_a_list_is_that_of_a_connection_in_the_file() {
    let request =
        |id: &str| format!(r#"{{"connection_id":"{id}","fields":[{{"name":"user_id"}}]}}"#);
    let known = request(&Connection::named("google").id);
    let outcome = Export::of(&known, USERS).whole();
    assert_eq!(outcome.output, b"user_id\n\"'1\"\n\"'4\"\n");
    let totals = outcome.result.unwrap().unwrap();
    assert_eq!(
        (&totals["read"], &totals["other_connections"]),
        (&4.into(), &2.into())
    );
    let unknown = request("con_0000000000000009");
    let refusal = Export::of(&unknown, USERS).whole().result.unwrap_err();
    assert_eq!(refusal["message"], "The connection does not exist.");
}

/// Slices may be taken of lines only, and only once it is known that there are lines.
#[test]
fn only_lines_are_read_in_slices() {
    for (text, want) in [
        (USERS, true),
        (b"[{\"user_id\":\"1\"}]", false),
        (b"{\"users\":[{\"user_id\":\"1\"}]}", false),
        (b"{\n  \"user_id\": \"1\"\n}\n", false),
    ] {
        let plan = plan("{}", &ExportOptions::default()).unwrap();
        let mut exporter = Exporter::new(plan);
        let text = text.repeat(1 + 5000 / text.len());
        assert!(!exporter.reads_lines());
        // The first is enough to tell; what an array repeats is behind its end.
        drop(exporter.push(&text, &mut Vec::new()));
        assert_eq!(exporter.reads_lines(), want);
    }
}

#[test]
fn a_line_is_taken_as_soon_as_it_ends() {
    for size in [1, 3, 7, 100] {
        let plan = plan(r#"{"fields":[{"name":"a"}]}"#, &ExportOptions::default()).unwrap();
        let (mut exporter, mut out) = (Exporter::new(plan), Vec::new());
        for (line, read) in [
            ("{\"a\":1}\n", 1),
            (" {\"a\":2} \r\n", 2),
            ("\n", 2),
            ("{\"a\":3}{\"a\":4},{\"a\":x}\n", 5),
            ("no record\n", 6),
            ("{\"a\":5}\n", 7),
        ] {
            for chunk in line.as_bytes().chunks(size) {
                let _ = exporter.push(chunk, &mut out).unwrap();
            }
            assert_eq!(exporter.progress().read, read, "{line:?} by {size}");
        }
    }
}

#[test]
fn what_follows_the_limit_changes_nothing() {
    let plan = plan(
        r#"{"limit":1,"fields":[{"name":"user_id"}]}"#,
        &ExportOptions::default(),
    )
    .unwrap();
    let mut exporter = Exporter::new(plan);
    let mut out = Vec::new();
    assert!(exporter.push(USERS, &mut out).unwrap().is_break());
    let before = exporter.progress();
    assert!(
        exporter
            .push(b"not even JSON", &mut out)
            .unwrap()
            .is_break()
    );
    assert!(exporter.end_input(&mut out).unwrap().is_break());
    assert_eq!(exporter.progress(), before);
    assert_eq!(exporter.finish(&mut out).unwrap().exported, 1);
    assert_eq!(out, b"user_id\n\"'1\"\n");
}

/// Of a byte order mark that is cut something stood there: it is no blank.
#[test]
fn a_part_of_a_byte_order_mark_is_no_blank() {
    let request = r#"{"fields":[{"name":"user_id"}]}"#;
    let one = "{\n  \"user_id\": \"1\"\n}\n";
    for (text, left_out) in [
        (one.as_bytes().to_vec(), 0),
        (
            [one.as_bytes(), b"\xef\xbb\xbf", one.as_bytes()].concat(),
            0,
        ),
        ([one.as_bytes(), b"\xef\xbb"].concat(), 1),
        ([one.as_bytes(), b"\xef\xbb\n", one.as_bytes()].concat(), 1),
        ([one.as_bytes(), b"\xef"].concat(), 1),
    ] {
        let export = Export::of(request, &text);
        let whole = export.whole();
        assert_eq!(whole.left_out.len(), left_out, "{text:?}");
        let cut = export.in_chunks_of(1);
        assert_eq!(
            (cut.output, cut.left_out),
            (whole.output, whole.left_out),
            "{text:?}"
        );
    }
    let array = b"[{\"user_id\":\"1\"}]\n\xef\xbb";
    let cut = Export::of(request, array).whole();
    assert_eq!(cut.result.unwrap_err()["byte"], 18);
}

#[test]
fn an_inspection_tells_how_far_it_is() {
    let mut inspector = Inspector::new(Reading::default());
    inspector.push(USERS).unwrap();
    inspector.push(b"{\"user_id\":").unwrap();
    inspector.end_input().unwrap();
    let progress = inspector.progress();
    assert_eq!(
        (progress.read, progress.left_out, progress.exported),
        (5, 1, 0)
    );
    assert_eq!(progress.bytes_in, USERS.len() as u64 + 11);
    let findings = inspector.findings();
    assert_eq!(findings.without_connection, 1);
    let counts: Vec<_> = findings
        .connections
        .iter()
        .map(|found| (found.connection.name.clone(), found.users))
        .collect();
    assert_eq!(counts, [("acme".to_owned(), 2), ("google".to_owned(), 2)]);
}

#[test]
fn of_many_connections_the_first_ones_are_those_of_most_users() {
    let mut inspector = Inspector::new(Reading::default());
    for name in ["d", "b", "c", "a", "b", "d", "d", "e"] {
        let user = format!("{{\"identities\":[{{\"connection\":\"{name}\"}}]}}\n");
        inspector.push(user.as_bytes()).unwrap();
    }
    inspector.end_input().unwrap();
    let all = inspector.findings().connections;
    let names: String = all.iter().map(|found| &*found.connection.name).collect();
    assert_eq!(names, "dbace");
    for most in 0..=6 {
        let findings = inspector.first_findings(most);
        assert_eq!(findings.connections, all[..most.min(5)], "{most}");
        assert_eq!(findings.connection_count, 5);
    }
}

fn plan(request: &str, options: &ExportOptions) -> Result<Plan, rollcall_core::RequestError> {
    Plan::new(&ExportRequest::from_json(request.as_bytes())?, options)
}
