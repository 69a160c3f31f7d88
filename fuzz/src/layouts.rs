//! The users of an object are found where the rules say, and however the file is cut.

use rollcall_cases::exporting::Export;
use rollcall_cases::layouts::{Reading, reading};
use rollcall_core::ExportOptions;
use serde_json::Value;

use crate::head::split;

const REQUEST: &str = r#"{"format":"json","fields":[{"name":"a"}]}"#;

/// The first line chooses the options and the sizes; the rest is a file, of which the first object
/// is also tried alone.
pub fn law(data: &[u8]) {
    let (head, input) = split(data);
    let [choice, sizes @ ..] = head else { return };
    let options = ExportOptions {
        max_record_size: [1 << 20, 60, 20][usize::from(choice % 3)],
        users_at: match choice >> 5 {
            0 => Some("users".to_owned()),
            1 => Some("a.b".to_owned()),
            _ => None,
        },
        ..ExportOptions::default()
    };
    let export = Export {
        options,
        ..Export::of(REQUEST, input)
    };
    let mut sizes = sizes.iter().cycle();
    export.however_cut(|_| sizes.next().map_or(1, |&size| usize::from(size)));
    let mut values = serde_json::Deserializer::from_slice(input).into_iter::<Value>();
    if let Some(Ok(object)) = values.next()
        && object.is_object()
    {
        found_where_the_rules_say(&object);
    }
}

/// Alone in a file, its users are found where they are when all of it is known.
fn found_where_the_rules_say(object: &Value) {
    let text = object.to_string();
    let export = Export::of(REQUEST, text.as_bytes());
    for size in [1, 7, usize::MAX] {
        let found = export.inspect(|_| size, false);
        let found = found.map(|found| (found.at, found.read));
        match (reading(object), found) {
            (Reading::Record, Ok((None, 1))) => {}
            (Reading::List(at, length), Ok((Some(found), read)))
                if at == found && read == length as u64 => {}
            (Reading::Unclear, Err(report)) if report["error"] == "bad_layout" => {}
            (reading, found) => panic!("{text} is {reading:?}, found {found:?}"),
        }
    }
}
