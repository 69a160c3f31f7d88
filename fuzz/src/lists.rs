//! Users in an array, a page or pretty-printed are exported as the same users on lines.

use rollcall_cases::Outcome;
use rollcall_cases::exporting::Export;
use rollcall_cases::slow::json::{is_broken_off, is_record, is_value};
use serde_json::Value;

use crate::head::{Head, split};

/// Each line behind the first is a user, or something else that may stand in the place of one.
pub fn law(data: &[u8]) {
    let (head, text) = split(data);
    let mut head = Head::of(head);
    head.options.connection = None;
    // What stands behind one that is broken off may belong to it: a second one would hide that.
    let mut has_broken = false;
    let mut is_first_broken = |line: &str| {
        let is_first = line.starts_with('{') && is_broken_off(line) && !has_broken;
        has_broken |= is_first;
        is_first
    };
    let lines: Vec<&str> = text
        .split(|&byte| byte == b'\n')
        .filter_map(|line| str::from_utf8(line).ok())
        .map(|line| line.trim_matches([' ', '\t', '\r']))
        .filter(|line| is_value(line) || is_first_broken(line))
        .collect();
    let good: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| is_record(line))
        .collect();
    if lines.iter().all(|line| is_value(line)) {
        same_of_all_layouts(&head, &lines);
    } else {
        nobody_is_lost(&lines, &good);
    }
}

fn run(head: &Head, text: &str) -> Outcome {
    let export = Export {
        options: head.options.clone(),
        ..Export::of(&head.request, text.as_bytes())
    };
    export.in_chunks_of(head.chunk)
}

fn same_of_all_layouts(head: &Head, lines: &[&str]) {
    // The first line tells that these are lines.
    let wanted = run(
        head,
        &format!("{{\"user_id\":\"u\"}}\n{}", lines.join("\n")),
    );
    let list = |separator: &str| [&["{\"user_id\":\"u\"}"], lines].concat().join(separator);
    for text in [
        format!("[{}]", list(",")),
        format!("[\n  {}\n]\n", list(",\n  ")),
        format!("[{}]", list("\n,\t")),
        format!(
            "{{\"start\":0,\"users\":[{}],\"total\":{{}}}}",
            list(",\r\n")
        ),
    ] {
        let found = run(head, &text);
        match (&found.result, &wanted.result) {
            // Nothing could be read, at other places.
            (Err(found), Err(wanted)) => assert_eq!(found["record"], wanted["record"], "{text}"),
            (found, wanted) => assert_eq!(found, wanted, "{text}"),
        }
        assert_eq!(reports(&found, lines), reports(&wanted, lines), "{text}");
        assert_eq!(
            found.output.escape_ascii().to_string(),
            wanted.output.escape_ascii().to_string(),
            "{text}"
        );
    }
}

/// The numbers of the records left out, and why; a value that is none may be called too large or not.
fn reports<'a>(outcome: &'a Outcome, lines: &[&str]) -> Vec<(usize, Option<&'a Value>)> {
    let report = |report: &'a Value| {
        let number = report["record"].as_u64().expect("it has a number") as usize;
        let is_record = lines[number - 2].starts_with('{');
        (number, is_record.then(|| &report["error"]))
    };
    outcome.left_out.iter().map(report).collect()
}

/// A record that is broken off may end the list or the job, but costs no other user in silence.
fn nobody_is_lost(lines: &[&str], good: &[&str]) {
    let input = format!("[\n{}\n]\n", lines.join(",\n"));
    let outcome = Export::of(r#"{"format":"json"}"#, input.as_bytes()).whole();
    if outcome.result.is_err() {
        return;
    }
    let mut alone = good.join("\n");
    alone.insert_str(0, "{\"user_id\":\"u\"}\n");
    let wanted = Export::of(r#"{"format":"json"}"#, alone.as_bytes()).whole();
    let mut rows = outcome.output.split(|&byte| byte == b'\n');
    for row in wanted.output.split(|&byte| byte == b'\n').skip(1) {
        assert!(
            rows.any(|other| other == row),
            "{} is lost in {input}",
            row.escape_ascii()
        );
    }
}
