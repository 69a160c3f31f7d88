//! Generated JSON text, cuts and damage.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// Any JSON value as compact text, with keys that come once.
pub fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        number_text(),
        string_text(),
        select(vec!["true", "false", "null"]).prop_map(str::to_owned)
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            btree_map("[a-c\"\\\\é]{0,3}", inner, 0..4).prop_map(|members| object_text(&members)),
        ]
    })
}

/// A JSON object as compact text; its keys are never attributes that the default leaves out.
pub fn record_text() -> impl Strategy<Value = String> {
    btree_map("[a-c\"\\\\é.]{0,4}", json_text(), 0..6).prop_map(|members| object_text(&members))
}

fn object_text(members: &std::collections::BTreeMap<String, String>) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| {
            format!(
                "{}:{value}",
                serde_json::to_string(key).expect("text has a JSON form")
            )
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

fn number_text() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
}

fn string_text() -> impl Strategy<Value = String> {
    let escapes = r#""(\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|[a-z =+@'é😀,;{}\[\]:-]){0,8}""#;
    prop_oneof![
        any::<String>()
            .prop_map(|text| serde_json::to_string(&text).expect("text has a JSON form")),
        escapes
    ]
}

/// White space to put between tokens, without a line feed so that a record stays on its line.
pub fn spaces() -> impl Strategy<Value = Vec<String>> {
    vec("[ \t\r]{0,2}", 1..5)
}

/// The same JSON with white space between its tokens.
pub fn loosen(compact: &str, spaces: &[String]) -> String {
    let mut loose = String::new();
    let mut spaces = spaces.iter().cycle();
    let mut is_inside = false;
    let mut is_escaped = false;
    for character in compact.chars() {
        let is_token = !is_inside && "{}[]:,".contains(character);
        if is_token {
            loose.push_str(spaces.next().expect("there is one at least"));
        }
        loose.push(character);
        if is_token {
            loose.push_str(spaces.next().expect("there is one at least"));
        }
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_inside => is_escaped = true,
            '"' => is_inside = !is_inside,
            _ => {}
        }
    }
    loose
}

/// Sizes of chunks, used again and again.
pub fn cuts() -> impl Strategy<Value = Vec<usize>> {
    vec(
        prop_oneof![4 => 1..8_usize, 2 => 8..64_usize, 1 => 64..512_usize],
        1..6,
    )
}

/// Bytes made of what inputs are made of, whole and damaged, in any order.
pub fn messy_bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"{\"user_id\":\"u\",\"identities\":[{\"connection\":\"c\"}]}",
        b"{\"user_id\":\"\xc3\xa9\\u00e9\\n\",\"a\":[1,{}]}",
        b"{\"users\":[",
        b"{\"start\":0,\"users\":[",
        b"{\"a\":tru}",
        b"{\"a\":1",
        b"{\n",
        b"}\n",
        b"\"b\":2,",
        b"null",
        b"12",
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\n",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\0",
        b"\xe2\x82",
    ];
    vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

/// The text as gzip, one member for each of its parts.
pub fn gzip_members(text: &[u8], cuts: &[usize]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut rest = text;
    let mut cuts = cuts.iter().cycle();
    loop {
        let (part, behind) =
            rest.split_at((*cuts.next().expect("there is one at least")).min(rest.len()));
        let mut packer = GzEncoder::new(&mut packed, Compression::fast());
        packer.write_all(part).expect("memory takes it");
        packer.finish().expect("memory takes it");
        rest = behind;
        if rest.is_empty() {
            return packed;
        }
    }
}
