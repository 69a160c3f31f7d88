//! Records that are cut out of the input are those that are put together member by member.

use proptest::prelude::*;

use super::Protected;
use crate::input::record::{Follow, Offer};
use crate::json::tokens::Tokens;
use crate::projection::{Projection, Wants};

const MEMBERS: [&str; 20] = [
    r#""user_id":"auth0|1""#,
    r#""tenant":"x""#,
    r#""blocked_for":[{"a":"}"}]"#,
    r#""guardian_authenticators":null"#,
    r#""tenant":{"tenant":1}"#,
    r#""identities":[{"connection":"c","access_token":"s"},{"refresh_token":1}]"#,
    r#""identities":[{"connection":"a","user_id":"b"}]"#,
    r#""identities":[{"acc\u0065ss_token":"s"}]"#,
    r#""identities":{"a":[[{"id_token":"s"},1]]}"#,
    r#""multifactor":[{"secret":"s","a":1}]"#,
    r#""mfa_factors":{"a":{"s\u0065cret":1}}"#,
    r#""password_hash":"s,}""#,
    r#""custom_password_hash":{"a":[1]}"#,
    r#""p\u0061ssword":"s""#,
    r#""a":{"identities":[{"access_token":"kept"}],"tenant":2}"#,
    r#""a":"twice""#,
    r#""\u0061":"spelled""#,
    r#""ten\u0061nt":0"#,
    r#""name":"é \" , }""#,
    r#""":{}"#,
];

fn of_records() -> Projection {
    let mut wants = Wants::default();
    wants.record();
    Projection::new(wants)
}

/// The row of a record that is scanned in a longer text, and whether it was cut out.
fn fast(record: &str) -> (String, bool) {
    let text = format!("{{}}\n  {record}\n");
    let mut tokens = Tokens::of_lines();
    tokens.find(text.as_bytes(), false);
    let offer = Offer {
        text: text.as_bytes(),
        tokens: &tokens.places()[3..],
        marks: tokens.marks(),
        follow: Follow::LineEnd,
        max_record_size: usize::MAX,
    };
    let mut projection = of_records();
    let (row, _) = projection.scan(&offer).unwrap();
    let mut out = Vec::new();
    Protected::new(&row).write_record(&mut out);
    (String::from_utf8(out).unwrap(), row.compact().is_some())
}

fn plain(record: &str) -> String {
    let mut out = Vec::new();
    let mut projection = of_records();
    let row = projection.row(record.as_bytes());
    Protected::new(&row).write_record(&mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn good_records_are_cut_out() {
    for (record, want, is_cut_out) in [
        ("{}", "{}", true),
        (r#"{"tenant":1}"#, "{}", true),
        (r#"{"a":1,"tenant":"x"}"#, "{\"a\":1}", true),
        (
            r#"{"tenant":"x","a":1,"blocked_for":[],"tenants":2}"#,
            "{\"a\":1,\"tenants\":2}",
            true,
        ),
        (r#"{"a": 1}"#, "{\"a\":1}", false),
        (r#"{"a":1,"a":2}"#, "{\"a\":2}", false),
        (r#"{"a":1,"\u0062":2}"#, "{\"a\":1,\"\\u0062\":2}", false),
    ] {
        assert_eq!(fast(record), (want.to_owned(), is_cut_out), "{record}");
    }
}

proptest! {
    #[test]
    fn both_ways_write_the_same(
        members in proptest::collection::vec(proptest::sample::select(&MEMBERS[..]), 0..8),
        others in 0..200_usize,
        blanks in prop_oneof![4 => Just(""), 1 => Just(" ")],
    ) {
        let others = (0..others / 8 * (others % 8)).map(|number| format!("\"k{number}\":{number}"));
        let members: Vec<String> = members.into_iter().map(str::to_owned).chain(others).collect();
        let record = format!("{{{}{blanks}}}", members.join(","));
        prop_assert_eq!(fast(&record).0, plain(&record), "{}", record);
    }
}
