//! Any number of threads gives the same files and reports, in the same order.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::folder::*;

/// About 1.5 MB of users, some of them broken, one of them longer than a piece.
fn users() -> String {
    let mut text = String::from("\u{feff}\r\n");
    for number in 0..12_000 {
        match number {
            7_000 => {
                let name = "x".repeat(600_000);
                writeln!(text, r#"{{"user_id":"long","name":"{name}"}}"#).unwrap();
            }
            _ if number % 997 == 500 => writeln!(text, r#"{{"user_id":{number},}}"#).unwrap(),
            _ => writeln!(
                text,
                r#"{{"user_id":"auth0|{number}","identities":[{{"connection":"c{}"}}]}}"#,
                number % 3
            )
            .unwrap(),
        }
    }
    // No line feed at the end.
    text.push_str(r#"{"user_id":"last"}"#);
    text
}

#[test]
fn many_threads_write_what_one_writes() {
    let folder = Folder::new();
    let text = users();
    folder.put("many.json", &text);
    folder.put("array.json", format!("[{USERS}]"));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    folder.put("many.gz", &packed);
    folder.put("cut.gz", &packed[..packed.len() / 2]);
    for args in [
        &["export", "many.json"][..],
        &["export", "many.json", "--limit", "9000"],
        &["export", "many.json", "--strict"],
        &["export", "many.json", "--connection", "c1", "--limit", "50"],
        &["export", "many.json", "--connection", "c9"],
        &["export", "many.json", "--max-record-size", "1000"],
        &["export", "many.json", "array.json", "many.gz", "many.json"],
        &["export", "many.json", "cut.gz", "many.json"],
        &["export", "many.json", "missing.json"],
        &["connections", "many.json", "many.gz", "--json"],
    ] {
        let outputs = ["1", "2", "4"].map(|threads| {
            let extra = if args[0] == "export" { &ID[..] } else { &[] };
            folder.run(&[args, extra, &["--threads", threads]].concat())
        });
        let [one, two, four] = outputs.each_ref();
        for other in [two, four] {
            assert_eq!(stderr(other), stderr(one), "{args:?}");
            assert_eq!(other.status, one.status, "{args:?}");
            // What a failed run has written is nobody's business.
            assert!(
                stdout(other) == stdout(one) || !one.status.success(),
                "{args:?}"
            );
        }
    }
}
