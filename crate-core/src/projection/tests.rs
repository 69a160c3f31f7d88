//! The fast way finds what the plain way finds, and takes nothing that the checker refuses.

use proptest::prelude::*;

use super::row::Spot;
use super::{Projection, Row, Wants};
use crate::input::record::{Follow, Offer};
use crate::json::check::{Checker, Step};
use crate::json::tokens::Tokens;

/// Fields at all kinds of places, some of them inside others.
const NAMES: [&str; 16] = [
    "user_id",
    "a",
    "a.b",
    "a.b[1].c",
    "a.b[0]",
    "é",
    "identities[0].connection",
    "identities[1]",
    "a[1].b",
    "x.y",
    "a.b.1.c",
    "a.b.0",
    "a.1.b",
    "identities.0.connection",
    "identities.0",
    "a.00",
];

const RECORDS: [&str; 8] = [
    r#"{"user_id":"auth0|1","a":{"b":[{"c":1},{"c":[true,null]}],"d":"\u00e9\"\\"},"é":-0.5e+10}"#,
    r#"{ "a" : { "b" : [ 1 , { "c" : "x" } , [] ] } , "x.y" : 1 , "x" : { "y" : 2 } , "a" : {} }"#,
    r#"{"\u0061":{"b":[0,{"c":1,"c":2}]},"identities":[{"connection":"c1"},{"connection":"c2"}]}"#,
    r#"{"user_id":"a string that is longer than one block of sixty-four bytes, with \\\\\" in it é€😀","a":[]}"#,
    r#"{"a":{"a":{"a":[[[[{"b":[0]}]]]],"b":1},"b":"[{\"c\":1}]"},"user_id":false,"é":[{},[],""]}"#,
    r#"{"a":[{"a":1},{"b":2,"a":{"a":3},"b":4},[{"a":5}],{"a":6},{"a":{}}],"a":[{"b":7},{"b":8}]}"#,
    r#"{"identities":[{"connection":"c1","connection":"c2"},1,{"connection":null},{"x":{"connection":3}}]}"#,
    "{}",
];

/// Paths and root keys of some fields, and values of every element, which may be those of a field.
fn projection() -> Projection {
    let mut wants = Wants::default();
    for name in NAMES {
        wants.path(&name.parse().unwrap());
        wants.key(name);
    }
    wants.each("identities", "connection");
    wants.each("a", "a");
    wants.each("a", "b");
    Projection::new(wants)
}

/// What the plain way says: the places of the slots, if the text is a record.
fn plain(text: &[u8]) -> Option<String> {
    let is_record = text.first() == Some(&b'{')
        && Checker::new().feed(text) == Step::End(text.len())
        && std::str::from_utf8(text).is_ok();
    is_record.then(|| places(&projection().row(text)))
}

/// What the tokens say of the text as an element of a list and, where it is one, as a line.
fn fast(text: &[u8]) -> Option<String> {
    let element = scan(Tokens::of_list(), text, b",", false);
    if !text.contains(&b'\n') {
        assert_eq!(scan(Tokens::of_lines(), text, b"\n", true), element);
    }
    element
}

fn scan(mut tokens: Tokens, text: &[u8], behind: &[u8], is_line: bool) -> Option<String> {
    let mut projection = projection();
    let all = [text, behind].concat();
    tokens.find(&all, false);
    let offer = Offer {
        text: &all,
        tokens: tokens.places(),
        marks: tokens.marks(),
        follow: match is_line {
            true => Follow::LineEnd,
            false => Follow::Anything,
        },
        max_record_size: usize::MAX,
    };
    let starts = text.first() == Some(&b'{');
    let (row, _) = starts.then(|| projection.scan(&offer))?.ok()?;
    (row.record() == text).then(|| places(&row))
}

fn places(row: &Row<'_>) -> String {
    let one = |spot: &Spot| spot.start..spot.end;
    let slots: Vec<_> = row
        .slots
        .iter()
        .map(|spot| spot.as_ref().map(one))
        .collect();
    let many = row.many_slots.iter();
    let many: Vec<Vec<_>> = many.map(|spots| spots.iter().map(one).collect()).collect();
    format!("{slots:?} {many:?} {}", row.has_duplicates)
}

/// The values of every element, where some have nodes of their own and keys occur twice.
#[test]
fn values_of_every_element() {
    let mut wants = Wants::default();
    wants.path(&"a[1].b".parse().unwrap());
    wants.path(&"a[3]".parse().unwrap());
    let (all, connections) = (wants.each("a", "b"), wants.each("identities", "connection"));
    assert_eq!(wants.each("a", "b"), all);
    let mut projection = Projection::new(wants);
    for (record, slot, want) in [
        (
            r#"{"a":[{"b":0},{"b":1},2,{"b":3},{"c":4,"b":[5]}]}"#,
            all,
            "0 1 3 [5]",
        ),
        (r#"{"a":[{"b":0,"b":1},{"b":2,"b":3}]}"#, all, "1 3"),
        (r#"{"a":[{"b":0},{"b":1}],"a":[{"b":2}]}"#, all, "2"),
        (r#"{"a":[{"b":0},{"b":1}],"a":{"b":2}}"#, all, ""),
        (r#"{"a":{"b":2},"b":1}"#, all, ""),
        (r#"{"a":[[{"b":1}]]}"#, all, ""),
        (
            r#"{"identities":[{"connection":"c"},{"connection":"d"}]}"#,
            connections,
            "\"c\" \"d\"",
        ),
    ] {
        let row = projection.row(record.as_bytes());
        let values: Vec<_> = row
            .values(slot)
            .map(|value| str::from_utf8(value.json).unwrap())
            .collect();
        assert_eq!(values.join(" "), want, "{record}");
    }
}

/// A name of digits is a key of an object and an index of an array.
#[test]
fn names_that_are_indexes_too() {
    let mut wants = Wants::default();
    let path = |wants: &mut Wants, path: &str| wants.path(&path.parse().unwrap());
    let slots =
        ["a.1", "a[1]", "a.1.b", "a[1].b", "a.01", "a.1.0"].map(|text| path(&mut wants, text));
    let mut projection = Projection::new(wants);
    for (record, want) in [
        (r#"{"a":[0,5]}"#, ["5", "5", "", "", "", ""]),
        (r#"{"a":{"1":5,"01":6}}"#, ["5", "", "", "", "6", ""]),
        (
            r#"{"a":[0,{"b":7}]}"#,
            [r#"{"b":7}"#, r#"{"b":7}"#, "7", "7", "", ""],
        ),
        (r#"{"a":[0,[8]]}"#, ["[8]", "[8]", "", "", "", "8"]),
        (r#"{"a":[0,5],"a":{"1":6}}"#, ["6", "", "", "", "", ""]),
        (r#"{"a":{"1":6},"a":[0,5]}"#, ["5", "5", "", "", "", ""]),
        (r#"{"a":[0]}"#, ["", "", "", "", "", ""]),
    ] {
        let row = projection.row(record.as_bytes());
        let values = slots.map(|slot| {
            let value = row.value(slot).map_or(&b""[..], |value| value.json);
            str::from_utf8(value).unwrap()
        });
        assert_eq!(values, want, "{record}");
    }
}

#[test]
fn equal_paths_share_a_slot() {
    let mut wants = Wants::default();
    let slot = wants.path(&"a.b".parse().unwrap());
    assert_eq!(wants.path(&"a['b']".parse().unwrap()), slot);
    assert_ne!(wants.key("a.b"), slot);
    let root = wants.key("a");
    assert_eq!(wants.path(&"a".parse().unwrap()), root);
    assert_ne!(root, slot);
}

#[test]
fn good_records() {
    for record in RECORDS {
        assert!(fast(record.as_bytes()).is_some(), "{record}");
        assert_eq!(
            fast(record.as_bytes()),
            plain(record.as_bytes()),
            "{record}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A byte is put over, put in or taken out: most results are broken, many only just not.
    #[test]
    fn records_with_a_changed_byte(
        record in proptest::sample::select(&RECORDS[..]),
        at in any::<proptest::sample::Index>(),
        byte in proptest::sample::select(&b"\"\\{}[]:,0e-.tn \t\n\0\x1f\xc3\xff/u"[..]),
        change in 0..3,
        blanks in 0..70_usize,
    ) {
        // Blanks after the first brace move everything over the edges of blocks.
        let mut text = record.as_bytes().to_vec();
        text.splice(1..1, std::iter::repeat_n(b' ', blanks));
        let at = at.index(text.len());
        match change {
            0 => text[at] = byte,
            1 => text.insert(at, byte),
            _ => drop(text.remove(at)),
        }
        prop_assert_eq!(fast(&text), plain(&text), "{}", String::from_utf8_lossy(&text));
    }

    #[test]
    fn tokens_in_any_order(tokens in proptest::collection::vec(proptest::sample::select(&[
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"\\\\\"", "\"\\\"\"", "1", "-0", "1.5e3", "true", "null", " ",
    ][..]), 0..24)) {
        let text = format!("{{{}", tokens.concat());
        prop_assert_eq!(fast(text.as_bytes()), plain(text.as_bytes()), "{}", text);
    }

    #[test]
    fn backslashes_at_any_place(count in 0..140_usize, before in 0..70_usize, after in 0..3_usize) {
        let text = format!("{{\"user_id\":\"{}{}{}\"}}", "x".repeat(before), "\\".repeat(count), "n\"".repeat(after));
        prop_assert_eq!(fast(text.as_bytes()), plain(text.as_bytes()), "{}", text);
    }
}
