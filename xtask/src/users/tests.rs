use super::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const ATTRIBUTES: &[&str] = &[
    "app_metadata",
    "blocked",
    "blocked_for",
    "created_at",
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "guardian_authenticators",
    "identities",
    "last_ip",
    "last_login",
    "last_password_reset",
    "logins_count",
    "multifactor",
    "multifactor_last_modified",
    "name",
    "nickname",
    "phone_number",
    "phone_verified",
    "picture",
    "updated_at",
    "user_id",
    "user_metadata",
    "username",
];

fn bytes(count: u64, seed: u64, layout: Layout) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, count, seed, layout).unwrap();
    out
}

fn users(count: u64) -> Vec<Value> {
    bytes(count, 1, Layout::Lines)
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn one_seed_gives_the_same_users() {
    let few = bytes(20, 7, Layout::Lines);
    assert_eq!(few, bytes(20, 7, Layout::Lines));
    assert!(bytes(40, 7, Layout::Lines).starts_with(&few));
    assert_ne!(few, bytes(20, 8, Layout::Lines));
}

#[test]
fn lines_and_array_hold_the_same_users() {
    for count in [0, 1, 50] {
        let array: Vec<Value> = serde_json::from_slice(&bytes(count, 1, Layout::Array)).unwrap();
        assert_eq!(array, users(count));
        assert_eq!(array.len() as u64, count);
    }
}

#[test]
fn a_user_takes_about_1200_bytes() {
    let mean = bytes(5000, 1, Layout::Lines).len() / 5000;
    assert!((1100..=1300).contains(&mean), "{mean}");
}

#[test]
fn users_show_what_real_files_hold() {
    let users = users(5000);
    let mut keys = BTreeSet::new();
    let mut connections = BTreeMap::<&str, usize>::new();
    let mut ids = BTreeSet::new();
    let mut most_identities = 0;
    for user in &users {
        keys.extend(user.as_object().unwrap().keys().map(String::as_str));
        let identities = user["identities"].as_array().unwrap();
        most_identities = most_identities.max(identities.len());
        *connections
            .entry(identities[0]["connection"].as_str().unwrap())
            .or_default() += 1;
        ids.insert(user["user_id"].as_str().unwrap());
    }
    for attribute in ATTRIBUTES {
        assert!(keys.contains(attribute), "{attribute}");
    }
    assert!(keys.contains("https://app.example.com/role"));
    assert_eq!(ids.len(), users.len());
    assert_eq!(most_identities, 3);
    assert_eq!(connections.len(), 6, "{connections:?}");
    for start in ['=', '+', '-', '@'] {
        let has = |user: &Value| {
            ["name", "username", "phone_number"].iter().any(|key| {
                user[*key]
                    .as_str()
                    .is_some_and(|text| text.starts_with(start))
            })
        };
        assert!(users.iter().any(has), "{start}");
    }
}

#[test]
fn text_holds_escapes_and_plain_unicode() {
    let text = String::from_utf8(bytes(2000, 1, Layout::Lines)).unwrap();
    for piece in [
        r"\n",
        r#"\""#,
        r"\\",
        r"\t",
        r"\u00e9",
        r"\ud83d\ude",
        "é",
        "🙂",
        "東京",
        "שלום",
        "e\u{301}",
        ":null",
        ":\"\"",
    ] {
        assert!(text.contains(piece), "{piece}");
    }
}
