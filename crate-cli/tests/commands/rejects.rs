//! Records left out.

use crate::folder::*;

#[test]
fn records_left_out_are_reported() {
    for (args, message) in [
        (vec!["broken.json"], ""),
        (vec!["broken.json", "empty.json"], "broken.json: "),
    ] {
        let folder = Folder::new();
        folder.put("empty.json", "");
        let args = [&ID, args.as_slice(), &["--rejects", "rejects.json"]].concat();
        let output = folder.export(&args);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output), BROKEN_CSV);
        let [(error, record, line, byte, text)] = reports(stderr(&output)).try_into().unwrap();
        assert_eq!(
            (error.as_str(), record, line, byte),
            ("bad_record", Some(2), Some(2), Some(16))
        );
        assert!(text.starts_with(message), "{text}");
        assert_eq!(folder.get("rejects.json").as_deref(), Some(stderr(&output)));
    }
}

#[test]
fn where_no_record_can_be_read_the_run_fails_and_each_is_reported() {
    for (text, message) in [
        ("{\"user_id\":}\n", "the only record could not be read: "),
        ("{\"user_id\":}\nx\n", "none of 2 records could be read: "),
        ("[1, 2]", "none of 2 records could be read: "),
    ] {
        let folder = Folder::new();
        folder.put("bad.json", text);
        let args = ["bad.json", "--rejects", "rejects.json", "-o", "out.csv"];
        let output = folder.export(&[&args, ID.as_slice()].concat());
        assert_eq!(output.status.code(), Some(1));
        let mut found = reports(stderr(&output));
        let (error, record, .., why) = found.pop().unwrap();
        assert_eq!((error.as_str(), record), ("bad_record", Some(1)));
        assert!(why.starts_with(message), "{why}");
        assert!(why.ends_with(&found[0].4), "{why}");
        assert_eq!(reports(&folder.get("rejects.json").unwrap()), found);
        assert_eq!(folder.get("out.csv"), None);
    }
}

#[test]
fn the_rejects_file_is_always_there() {
    let folder = Folder::new();
    folder.put("rejects.json", "older");
    let args = ["users.json", "--rejects", "rejects.json"];
    assert!(folder.export(&args).status.success());
    assert_eq!(folder.get("rejects.json").as_deref(), Some(""));

    folder.put(
        "cut.json",
        "[{\"user_id\":\"a\"},{\"user_id\":},{\"user_id\":\"b\"",
    );
    let args = ["cut.json", "--rejects", "rejects.json", "-o", "out.csv"];
    let output = folder.export(&args);
    assert_eq!(output.status.code(), Some(1));
    let found = reports(&folder.get("rejects.json").unwrap());
    assert_eq!(found, reports(stderr(&output))[..found.len()]);
    assert_eq!(found[0].1, Some(2));
    assert_eq!(folder.get("out.csv"), None);
}
