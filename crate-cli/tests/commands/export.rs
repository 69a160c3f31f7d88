//! What an export reads and writes.

use std::fs::{self, File};
use std::io::Read;

use flate2::read::GzDecoder;

use crate::folder::*;

#[test]
fn users_come_from_files_or_standard_input() {
    let folder = Folder::new();
    folder.put("empty.json", "");
    let twice = format!("{CSV}{}", CSV.strip_prefix("user_id\n").unwrap());
    for (args, input, want) in [
        (vec!["users.json"], "", CSV),
        (vec!["--input", "users.json"], "", CSV),
        (vec!["users.json", "users.json"], "", twice.as_str()),
        (vec!["--input", "users.json", "users.json"], "", &twice),
        (vec!["users.json", "-"], USERS, &twice),
        (vec!["-"], USERS, CSV),
        (vec![], USERS, CSV),
        (vec!["--input", "-", "--chunk", "1"], USERS, CSV),
        (vec!["--chunk", "7", "users.json"], "", CSV),
        (vec!["empty.json", "users.json"], "", CSV),
        (vec!["empty.json"], "", "user_id\n"),
        (vec![], "", "user_id\n"),
    ] {
        let args = [&["export"], ID.as_slice(), &args].concat();
        let output = folder.run_with_input(&args, input.as_bytes());
        assert_eq!(stdout(&output), want, "{args:?}");
        assert_eq!(stderr(&output), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn output_goes_to_the_named_file() {
    for (args, name) in [
        (vec!["-o", "out.csv"], "out.csv"),
        (vec!["--output", "out.csv"], "out.csv"),
        (vec!["-o", "users"], "users"),
        (vec!["--tenant", "acme"], "acme.csv"),
        (vec!["--tenant", "acme", "-o", "folder"], "folder/acme.csv"),
        (vec!["--tenant", "acme", "-o", "folder/"], "folder/acme.csv"),
        (vec!["--tenant", "acme", "-o", "out.csv"], "out.csv"),
    ] {
        let folder = Folder::new();
        fs::create_dir(folder.0.path().join("folder")).unwrap();
        let output = folder.export(&[&["users.json"], ID.as_slice(), &args].concat());
        assert_eq!((stdout(&output), stderr(&output)), ("", ""), "{args:?}");
        assert_eq!(folder.get(name).as_deref(), Some(CSV), "{args:?}");
        assert!(folder.names().len() <= 4, "{:?}", folder.names());
    }
    let folder = Folder::new();
    let output = folder.export(&["users.json", ID[0], ID[1], "--tenant", "acme", "-o", "-"]);
    assert_eq!(stdout(&output), CSV);
}

#[test]
fn gzip_output_reads_back() {
    let folder = Folder::new();
    let args = ["users.json", "--tenant", "acme", "--gzip", ID[0], ID[1]];
    assert!(folder.export(&args).status.success());
    let mut text = String::new();
    GzDecoder::new(File::open(folder.0.path().join("acme.csv.gz")).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, CSV);
}

#[test]
fn options_override_the_request_file() {
    let folder = Folder::new();
    folder.put(
        "request.json",
        r#"{"format":"json","limit":1,"fields":[{"name":"email","export_as":"mail"}]}"#,
    );
    for (args, want) in [
        (vec![], "{\"mail\":\"a@acme.example\"}\n"),
        (vec!["--format", "csv"], "mail\n\"'a@acme.example\"\n"),
        (vec!["--field", "user_id"], "{\"user_id\":\"auth0|1\"}\n"),
        (
            vec!["--limit", "2"],
            "{\"mail\":\"a@acme.example\"}\n{\"mail\":\"b@acme.example\"}\n",
        ),
        (
            vec!["--connection", "google-oauth2"],
            "{\"mail\":\"b@acme.example\"}\n",
        ),
        (
            vec!["--format", "csv", "--default-fields", "--field", "blocked"],
            "Id,Given Name,Family Name,Nickname,Name,Email,Email Verified,Picture,Connection,Created At,Updated At,blocked\n\
             \"'auth0|1\",,,,,\"'a@acme.example\",,,\"'db\",,,\n",
        ),
        (
            vec!["--format", "csv", "--csv-profile", "plain"],
            "mail\na@acme.example\n",
        ),
    ] {
        let args = [
            &["users.json", "--request", "request.json"],
            args.as_slice(),
        ]
        .concat();
        let output = folder.export(&args);
        assert_eq!(stdout(&output), want, "{args:?} {}", stderr(&output));
    }
}

#[test]
fn a_connection_is_found_by_name_or_id() {
    let folder = Folder::new();
    let page = r#"{"start":0,"connections":[{"id":"con_0000000000000001","name":"db","strategy":"auth0"}]}"#;
    folder.put("page.json", page);
    folder.put(
        "list.json",
        r#"[{"id":"con_0000000000000001","name":"db"}]"#,
    );
    folder.put("neither.json", r#"{"db":"con_0000000000000001"}"#);
    let two = "user_id\n\"'auth0|1\"\n\"'auth0|2\"\n";
    for (connection, list, want) in [
        ("db", None, Ok(two)),
        ("db", Some("page.json"), Ok(two)),
        ("con_0000000000000001", Some("page.json"), Ok(two)),
        ("con_0000000000000001", Some("list.json"), Ok(two)),
        (
            "con_0000000000000001",
            None,
            Err("The connection does not exist."),
        ),
        (
            "con_0000000000000002",
            Some("list.json"),
            Err("The connection does not exist."),
        ),
        (
            "github",
            Some("list.json"),
            Err("The connection does not exist."),
        ),
        ("github", None, Err("The connection does not exist.")),
        (
            "db",
            Some("neither.json"),
            Err(
                "neither.json: expected a JSON list of objects with id and name, or {\"connections\":[…]}",
            ),
        ),
    ] {
        let mut args = vec![
            "users.json",
            "--field",
            "user_id",
            "--connection",
            connection,
        ];
        args.extend(list.iter().flat_map(|list| ["--connections", list]));
        let output = folder.export(&args);
        match want {
            Ok(want) => assert_eq!(stdout(&output), want, "{args:?} {}", stderr(&output)),
            Err(want) => {
                let (error, .., message) = failure(&output);
                assert_eq!(
                    (error.as_str(), message.as_str()),
                    ("bad_request", want),
                    "{args:?}"
                );
            }
        }
    }
}
