//! The listing of connections.

use crate::folder::*;

#[test]
fn connections_are_listed() {
    let folder = Folder::new();
    let output = folder.run(&["connections", "users.json", "broken.json"]);
    let text = stdout(&output);
    let words: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(words[0], ["id", "name", "users"], "{text}");
    assert!(words[1][0].starts_with("con_"), "{text}");
    assert_eq!(words[1][1..], ["db", "2"], "{text}");
    assert_eq!(words[2][1..], ["google-oauth2", "1"], "{text}");
    assert_eq!(words[3], ["(no", "connection)", "3"], "{text}");
    assert_eq!(words[4], ["(records", "left", "out)", "1"], "{text}");

    let output =
        folder.run_with_input(&["connections", "--json", "--chunk", "1"], USERS.as_bytes());
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (&lines[0]["name"], &lines[0]["users"]),
        (&"db".into(), &2.into())
    );
    assert_eq!(lines[0]["id"], words[1][0]);
    assert_eq!(
        lines[2],
        serde_json::json!({"layout": "ndjson", "read": 3, "left_out": 0, "without_connection": 1})
    );
}

#[test]
fn a_listed_id_selects_its_users() {
    let folder = Folder::new();
    let listing = folder.run(&["connections", "users.json"]);
    let id = stdout(&listing)
        .lines()
        .nth(2)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    let output = folder.export(&["users.json", "--field", "user_id", "--connection", id]);
    assert_eq!(stdout(&output), "user_id\n\"'auth0|2\"\n");
}
