//! An export of lines is what a slow one over `serde_json` makes of them: every byte of the
//! output, every place of a record left out, every total.

use rollcall_cases::exporting::Export;
use rollcall_cases::slow;
use rollcall_core::{ExportRequest, Plan};
use serde_json::Value;

use crate::head::{Head, split};

/// What comes first in the file, so that it is one of lines.
const FIRST: &[u8] = b"{\"user_id\":\"u\"}\n";

/// The first line chooses the plan, the others are the file.
pub fn law(data: &[u8]) {
    let (head, text) = split(data);
    let head = Head::of(head);
    let text = [FIRST, text].concat();
    let request = ExportRequest::from_json(head.request.as_bytes()).expect("its shape is right");
    if Plan::new(&request, &head.options).is_err() {
        return;
    }
    let export = Export {
        options: head.options.clone(),
        ..Export::of(&head.request, &text)
    };
    let found = export.in_chunks_of(head.chunk);
    let wanted = slow::export(&request, &head.options, &text);
    let number = |value: &Value, key: &str| value[key].as_u64().expect("a count");
    let left_out: Vec<_> = found
        .left_out
        .iter()
        .map(|report| {
            (
                number(report, "record"),
                number(report, "line"),
                number(report, "byte"),
                report["error"] == "record_too_large",
            )
        })
        .collect();
    assert_eq!(left_out, wanted.left_out, "records left out");
    if !wanted.left_out.is_empty() && wanted.exported + wanted.other_connections == 0 {
        let report = found.result.expect_err("nothing could be read");
        assert_eq!(report["error"], "bad_record");
        return;
    }
    if head.options.connection.is_some() && wanted.exported == 0 {
        let report = found.result.expect_err("nobody belongs to the connection");
        assert_eq!(report["error"], "bad_request");
        return;
    }
    let totals = found.result.expect("it completes").expect("with totals");
    for (key, count) in [
        ("read", wanted.read),
        ("exported", wanted.exported),
        ("left_out", wanted.left_out.len() as u64),
        ("other_connections", wanted.other_connections),
        ("replaced_surrogates", wanted.replaced_surrogates),
    ] {
        assert_eq!(number(&totals, key), count, "{key}");
    }
    assert_eq!(totals["found"], Value::from(wanted.found), "found");
    if let Some(twins) = wanted.twins {
        assert_eq!(number(&totals, "duplicate_keys"), twins, "duplicate_keys");
    }
    assert_eq!(
        wanted.read,
        wanted.exported + wanted.left_out.len() as u64 + wanted.other_connections
    );
    assert_eq!(
        found.output.escape_ascii().to_string(),
        wanted.output.escape_ascii().to_string(),
        "output"
    );
}
