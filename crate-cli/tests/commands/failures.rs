//! What goes wrong is told, and destroys nothing.

use std::fs;

use crate::folder::*;

#[test]
fn a_failure_is_one_line_and_leaves_an_older_file_as_it_was() {
    let broken = "broken.json";
    for (args, error, record, message) in [
        (vec![broken, "--strict"], "bad_record", Some(2), ""),
        (
            vec![broken, "users.json", "--strict"],
            "bad_record",
            Some(2),
            "broken.json: ",
        ),
        (
            vec!["users.json", broken, "--strict"],
            "bad_record",
            Some(5),
            "broken.json: ",
        ),
        (vec!["users.json", "cut.gz"], "bad_gzip", None, "cut.gz: "),
        (vec!["cut.gz"], "bad_gzip", None, ""),
        (vec!["table.zip"], "bad_encoding", None, ""),
        (vec!["cut-array.json"], "bad_record", None, ""),
        (
            vec!["missing.json"],
            "io",
            None,
            "missing.json: No such file",
        ),
        (vec!["folder"], "io", None, "folder: Is a directory"),
        (
            vec!["users.json", "--limit", "0"],
            "bad_request",
            None,
            "Payload validation error: 'Value 0",
        ),
        (
            vec!["users.json", "--field", "user_metadata"],
            "bad_request",
            None,
            "Payload validation error: 'user_metadata",
        ),
        (
            vec!["users.json", "--field", "user_id"],
            "bad_request",
            None,
            "Payload validation error: 'Duplicate",
        ),
        (
            vec!["users.json", "--request", "broken.json"],
            "bad_request",
            None,
            "Invalid request payload",
        ),
        (
            vec!["users.json", "--request", "no.json"],
            "io",
            None,
            "no.json: No such file",
        ),
        (
            vec!["users.json", "--connections", "no.json"],
            "io",
            None,
            "no.json: No such file",
        ),
        (
            vec!["users.json", "--max-record-size", "0"],
            "bad_request",
            None,
            "",
        ),
        (
            vec!["-", "--input", "-"],
            "bad_request",
            None,
            "`-` is given more than once: standard input can be read only once",
        ),
        (
            vec!["users.json", "--connection", "nobody"],
            "bad_request",
            None,
            "The connection does not exist.",
        ),
        (
            vec!["users.json", "--rejects", "no/rejects.json"],
            "io",
            None,
            "no/rejects.json: No such file",
        ),
    ] {
        let folder = Folder::new();
        folder.put("cut.gz", &b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x4c"[..]);
        folder.put("table.zip", &b"PK\x03\x04\x14\0\0\0\x08\0"[..]);
        folder.put("cut-array.json", "[{\"user_id\":\"a\"}");
        fs::create_dir(folder.0.path().join("folder")).unwrap();
        folder.put("out.csv", "older");
        let before = folder.names();
        let output = folder.export(&[&ID, args.as_slice(), &["-o", "out.csv"]].concat());
        let (code, found, _, _, text) = failure(&output);
        assert_eq!((code.as_str(), found), (error, record), "{args:?} {text}");
        assert!(text.starts_with(message), "{args:?} {text}");
        assert_eq!(folder.get("out.csv").as_deref(), Some("older"), "{args:?}");
        assert_eq!(folder.names(), before, "{args:?}");
        fs::remove_file(folder.0.path().join("out.csv")).unwrap();
        folder.export(&[&ID, args.as_slice(), &["-o", "out.csv"]].concat());
        assert_eq!(folder.get("out.csv"), None, "{args:?}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_two() {
    let folder = Folder::new();
    for args in [
        vec![],
        vec!["import"],
        vec!["export", "--format", "xml"],
        vec!["export", "--limit", "five"],
        vec!["export", "--csv-profile", "none"],
        vec!["export", "--field", "=title"],
        vec!["export", "--chunk", "0"],
        vec!["export", "--tenant", "../acme"],
        vec!["export", "--unknown"],
    ] {
        assert_eq!(folder.run(&args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn nothing_that_is_read_is_written_to() {
    for args in [
        vec!["users.json", "-o", "users.json"],
        vec!["users.json", "-o", "./folder/../users.json"],
        vec!["users.json", "--rejects", "users.json"],
        vec!["users.json", "-o", "out.csv", "--rejects", "./out.csv"],
        vec![
            "users.json",
            "--request",
            "request.json",
            "-o",
            "request.json",
        ],
        vec![
            "users.json",
            "--connections",
            "list.json",
            "-o",
            "list.json",
        ],
        vec!["users.json", "-o", "folder"],
        vec!["users.json", "-o", "nowhere/"],
    ] {
        let folder = Folder::new();
        fs::create_dir(folder.0.path().join("folder")).unwrap();
        folder.put("request.json", "{}");
        folder.put("list.json", "[]");
        let before = folder.names();
        assert_eq!(failure(&folder.export(&args)).0, "bad_request", "{args:?}");
        assert_eq!(folder.get("users.json").as_deref(), Some(USERS));
        assert_eq!(folder.names(), before);
    }
}
