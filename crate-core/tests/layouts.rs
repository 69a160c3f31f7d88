//! The users of an object are found where the rules say, whatever else it holds.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use rollcall_cases::exporting::Export;
use rollcall_cases::generated::cuts;
use rollcall_cases::layouts::{Reading, reading};
use rollcall_core::ExportOptions;
use serde_json::{Map, Value, json};

const REQUEST: &str = r#"{"format":"json","fields":[{"name":"n"}]}"#;

/// Keys of users, of lists, and others; most of those that matter are rare.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec!["a", "b", "hits", "total", "meta"]),
        2 => select(vec!["users", "Users", "data", "items", "Resources", "value"]),
        1 => select(vec!["id", "name", "email", "_id"]),
    ]
    .prop_map(str::to_owned)
}

fn object() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<u8>().prop_map(Value::from),
        "[ -~é]{0,6}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec(btree_map(key(), inner.clone(), 0..3), 0..4)
                .prop_map(|users| users.into_iter().map(object_of).collect()),
            btree_map(key(), inner, 0..4).prop_map(object_of),
        ]
    });
    btree_map(key(), value, 0..6).prop_map(object_of)
}

fn object_of(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn users_are_found_where_the_whole_object_says(
        object in object(),
        is_pretty in any::<bool>(),
        cuts in cuts(),
    ) {
        let text = match is_pretty {
            true => serde_json::to_string_pretty(&object).unwrap(),
            false => object.to_string(),
        };
        let mut sizes = cuts.iter().cycle();
        let export = Export::of(REQUEST, text.as_bytes());
        let found = export.inspect(|_| *sizes.next().unwrap(), false);
        match (reading(&object), found.map(|found| (found.at, found.read))) {
            (Reading::Record, Ok((None, 1))) => {}
            (Reading::List(at, length), Ok((Some(found), read)))
                if at == found && read == length as u64 => {}
            (Reading::Unclear, Err(report)) if report["error"] == "bad_layout" => {}
            (reading, found) => prop_assert!(false, "{} is {:?}, found {:?}", text, reading, found),
        }
    }

    /// The small largest record has every way of the search taken: kept, dropped, too large.
    #[test]
    fn any_cut_finds_the_same(
        objects in vec(object(), 1..4),
        separator in select(vec!["", "\n", ",", " \n\n"]),
        is_array in any::<bool>(),
        damage in prop::option::weighted(0.3, any::<prop::sample::Index>()),
        cuts in cuts(),
        max_record_size in select(vec![1 << 20, 60, 20]),
        users_at in prop::option::weighted(0.2, select(vec!["a", "a.b", "users"])),
    ) {
        let texts: Vec<String> = objects.iter().map(Value::to_string).collect();
        let mut text = texts.join(separator).into_bytes();
        if is_array {
            text = [b"[".as_slice(), &text, b"]"].concat();
        }
        if let Some(place) = damage {
            let place = place.index(text.len());
            text[place] = b'}';
        }
        let export = Export {
            options: ExportOptions {
                max_record_size,
                users_at: users_at.map(str::to_owned),
                ..ExportOptions::default()
            },
            ..Export::of(REQUEST, &text)
        };
        let mut sizes = cuts.iter().cycle();
        export.however_cut(|_| *sizes.next().unwrap());
    }

    /// Pages one after another, with anything around their lists, are one list.
    #[test]
    fn pages_are_one_list(
        pages in vec((vec(0..9_u32, 0..4), object(), any::<bool>()), 1..5),
        is_array in any::<bool>(),
    ) {
        let mut wanted = String::new();
        let mut texts = Vec::new();
        for (users, around, is_before) in pages {
            let mut around = around;
            let around = around.as_object_mut().unwrap();
            for key in ["users", "Users", "email", "_id", "id"] {
                around.remove(key);
            }
            let around = Value::Object(around.clone());
            let list = json!(users.iter().map(|n| json!({"n": n})).collect::<Vec<_>>());
            let inside = around.to_string();
            let inside = &inside[1..inside.len() - 1];
            let comma = if inside.is_empty() { "" } else { "," };
            texts.push(match is_before {
                true => format!("{{{inside}{comma}\"users\":{list}}}"),
                false => format!("{{\"users\":{list}{comma}{inside}}}"),
            });
            for n in users {
                wanted += &format!("{{\"n\":{n}}}\n");
            }
        }
        let text = match is_array {
            true => format!("[{}]", texts.join(",")),
            false => texts.join("\n"),
        };
        let found = Export::of(REQUEST, text.as_bytes()).whole();
        prop_assert!(found.result.is_ok(), "{} {:?}", text, found.result);
        prop_assert_eq!(String::from_utf8(found.output).unwrap(), wanted, "{}", text);
    }
}
