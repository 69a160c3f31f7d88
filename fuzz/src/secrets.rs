//! No value under a secret key leaves unless a field names that key: in any format, from any
//! layout, however the key is spelled and however often it stands there.

use rollcall_cases::exporting::Export;
use rollcall_core::{ExportRequest, FieldPath, Plan, Segment};
use serde_json::Value;

use crate::head::{Head, split};

/// What the values under secret keys begin with. Nothing else in the input does.
const MARK: &str = "S3CR3T";

/// The first line chooses the plan, each other is a record whose secrets are put in the place of
/// marks.
pub fn law(data: &[u8]) {
    let (head, text) = split(data);
    let mut choices = text.iter().rev().copied().cycle();
    let mut choose = move || choices.next().unwrap_or_default();
    let layout = choose() % 3;
    let head = Head::of(head);
    let request = ExportRequest::from_json(head.request.as_bytes()).expect("its shape is right");
    if head.request.contains(MARK) || Plan::new(&request, &head.options).is_err() {
        return;
    }
    let mut marked = Marked::default();
    let records: Vec<String> = String::from_utf8_lossy(text)
        .lines()
        .filter(|line| !line.contains(MARK))
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(Value::is_object)
        .map(|record| marked.text(&record, &mut choose))
        .collect();
    let input = match layout {
        0 => records.join("\n"),
        1 => format!("[{}]", records.join(" , ")),
        _ => format!("{{\"users\":[{}]}}", records.join(",\n")),
    };
    let export = Export {
        options: head.options.clone(),
        ..Export::of(&head.request, input.as_bytes())
    };
    let outcome = export.in_chunks_of(head.chunk);
    let output = String::from_utf8_lossy(&outcome.output);
    let fields: Vec<FieldPath> = request
        .fields
        .unwrap_or_default()
        .iter()
        .filter_map(|field| field.name.parse().ok())
        .collect();
    for (number, path) in marked.paths.iter().enumerate() {
        let is_named = fields.iter().any(|field| leads_into(field, path));
        assert!(
            is_named || !output.contains(&mark(number)),
            "{path:?} leaves:\n{input}\n{output}"
        );
    }
}

/// Whether a field names a value at a path or in it. An index may be written as a name.
fn leads_into(field: &FieldPath, path: &[Segment]) -> bool {
    let is_same = |(own, other): (&Segment, &Segment)| match (own, other) {
        (Segment::Name(name), Segment::Index(index)) => *name == index.to_string(),
        (own, other) => own == other,
    };
    let segments = field.segments();
    segments.len() >= path.len() && segments.iter().zip(path).all(is_same)
}

fn mark(number: usize) -> String {
    format!("{MARK}{number}E")
}

/// Records whose secrets are marks.
#[derive(Default)]
struct Marked {
    /// For each mark the path of the innermost secret key above it.
    paths: Vec<Vec<Segment>>,
}

impl Marked {
    /// The record as JSON text.
    fn text(&mut self, record: &Value, choose: &mut impl FnMut() -> u8) -> String {
        let mut text = String::new();
        self.write(record, &mut Vec::new(), None, choose, &mut text);
        text
    }

    /// Writes a value; `secret` is how long the path of the innermost secret key is.
    fn write(
        &mut self,
        value: &Value,
        path: &mut Vec<Segment>,
        secret: Option<usize>,
        choose: &mut impl FnMut() -> u8,
        out: &mut String,
    ) {
        match value {
            Value::Array(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    out.push(if index == 0 { '[' } else { ',' });
                    path.push(Segment::Index(index));
                    self.write(item, path, secret, choose, out);
                    path.pop();
                }
                out.push(']');
            }
            Value::Object(members) if !members.is_empty() => {
                let mut before = '{';
                for (key, value) in members {
                    path.push(Segment::Name(key.clone()));
                    let secret = if is_secret(path) {
                        Some(path.len())
                    } else {
                        secret
                    };
                    for _ in 0..=choose() % 2 {
                        out.push(before);
                        before = ',';
                        write_key(key, choose, out);
                        self.write(value, path, secret, choose, out);
                    }
                    path.pop();
                }
                out.push('}');
            }
            leaf => match secret {
                None => out.push_str(&leaf.to_string()),
                Some(length) => {
                    out.push_str(&format!("\"{}\"", mark(self.paths.len())));
                    self.paths.push(path[..length].to_vec());
                }
            },
        }
    }
}

/// SECURITY.md lists them.
fn is_secret(path: &[Segment]) -> bool {
    let [Segment::Name(root), .., Segment::Name(key)] = path else {
        return matches!(path, [Segment::Name(root)] if
            ["password", "password_hash", "passwordHash", "custom_password_hash"].contains(&root.as_str()));
    };
    match root.as_str() {
        "identities" => [
            "access_token",
            "access_token_secret",
            "refresh_token",
            "id_token",
        ]
        .contains(&key.as_str()),
        "mfa_factors" | "multifactor" => key == "secret",
        _ => false,
    }
}

/// Some characters as they are, some as escapes, with blanks around the colon.
fn write_key(key: &str, choose: &mut impl FnMut() -> u8, out: &mut String) {
    out.push('"');
    for character in key.chars() {
        if choose().is_multiple_of(4) || character < ' ' || matches!(character, '"' | '\\') {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(character);
        }
    }
    out.push_str(["\":", "\" :", "\": ", "\"\t: "][usize::from(choose() % 4)]);
}
