//! Files that end too early, at every byte, and files cut in two at every byte.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;

use rollcall_cases::exporting::Export;
use rollcall_cases::generated::gzip_members;

const REQUEST: &str = r#"{"format":"json"}"#;

/// Users of about 4 KB, with characters of every length and escapes.
fn users() -> Vec<String> {
    (1..=24)
        .map(|number| {
            format!(
                r#"{{"user_id":"auth0|{number}","name":"Ána 😀 \u00e9\n\"{number}\"","logins_count":{number}.5e1,"identities":[{{"connection":"db €"}}],"user_metadata":{{"t":[1,null,true]}}}}"#
            )
        })
        .collect()
}

fn ndjson() -> Vec<u8> {
    users()
        .iter()
        .fold(String::new(), |mut text, user| {
            writeln!(text, "{user}").unwrap();
            text
        })
        .into_bytes()
}

fn array() -> Vec<u8> {
    format!("[\n{}]", users().join(",\r\n")).into_bytes()
}

fn page() -> Vec<u8> {
    format!(
        "{{\"start\":0,\"users\":[{}],\"total\":24}}",
        users().join(",")
    )
    .into_bytes()
}

fn pretty() -> Vec<u8> {
    let mut text = String::new();
    for user in users() {
        let value: serde_json::Value = serde_json::from_str(&user.replace(".5e1", "")).unwrap();
        writeln!(text, "{}", serde_json::to_string_pretty(&value).unwrap()).unwrap();
    }
    text.into_bytes()
}

fn packed() -> Vec<u8> {
    gzip_members(&ndjson(), &[1000])
}

#[test]
fn a_cut_line_is_reported_and_the_lines_before_it_are_exported() {
    let text = ndjson();
    for length in 0..=text.len() {
        let part = &text[..length];
        let whole_lines = part.iter().filter(|&&byte| byte == b'\n').count();
        let tail = part
            .rsplit(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default();
        let is_whole = tail.len() == users().get(whole_lines).map_or(0, String::len);
        let outcome = Export::of(REQUEST, part).in_chunks_of(512);
        let written = outcome.output.iter().filter(|&&byte| byte == b'\n').count();
        // Of a cut first line nothing could be read.
        let is_lost = whole_lines == 0 && !is_whole && !tail.is_empty();
        assert_eq!(outcome.result.is_err(), is_lost, "{length}");
        assert_eq!(
            written,
            whole_lines + usize::from(is_whole && !tail.is_empty()),
            "{length}"
        );
        assert_eq!(
            outcome.left_out.len(),
            usize::from(!is_whole && !tail.is_empty()),
            "{length}"
        );
        if let [report] = outcome.left_out.as_slice() {
            assert_eq!(report["record"], whole_lines + 1, "{length}");
            assert_eq!(report["byte"], length - tail.len(), "{length}");
        }
    }
}

#[test]
fn a_cut_array_fails_at_its_end() {
    let text = array();
    assert!(Export::of(REQUEST, &text).whole().result.is_ok());
    for length in 1..text.len() {
        let report = Export::of(REQUEST, &text[..length])
            .in_chunks_of(512)
            .result
            .unwrap_err();
        assert_eq!(
            (&report["error"], &report["byte"]),
            (&"bad_record".into(), &length.into()),
            "{length}: {report}"
        );
    }
}

#[test]
fn a_cut_gzip_file_fails_at_its_end() {
    let text = packed();
    let edges: Vec<usize> = (0..ndjson().len()).step_by(1000).collect();
    assert!(edges.len() > 3 && Export::of(REQUEST, &text).whole().result.is_ok());
    let mut silent = 0;
    for length in 1..text.len() {
        let outcome = Export::of(REQUEST, &text[..length]).in_chunks_of(512);
        match outcome.result {
            Err(report) => assert_eq!(
                (&report["error"], &report["byte"]),
                (&"bad_gzip".into(), &length.into()),
                "{length}: {report}"
            ),
            // Behind a member the file is whole as gzip; the text in it is cut, and that is told.
            Ok(_) => silent += usize::from(outcome.left_out.is_empty()),
        }
    }
    assert_eq!(silent, 0);
}

#[test]
fn a_cut_page_fails_at_its_end() {
    let text = page();
    // Before its first user, nothing tells that this is a page and not a user.
    let head = text.iter().position(|&byte| byte == b'[').unwrap() + 2;
    for length in head..text.len() {
        let report = Export::of(REQUEST, &text[..length])
            .in_chunks_of(512)
            .result
            .unwrap_err();
        assert_eq!(report["byte"], length, "{report}");
    }
    for length in 1..head {
        let outcome = Export::of(REQUEST, &text[..length]).in_chunks_of(512);
        assert!(outcome.result.is_err() || outcome.left_out.len() == 1);
    }
}

#[test]
fn a_cut_pretty_printed_user_is_reported() {
    let text = pretty();
    for length in 1..text.len() {
        let part = &text[..length];
        let whole = part.windows(2).filter(|two| two == b"\n}").count();
        let is_inside = !matches!(part.trim_ascii_end(), [.., b'\n', b'}']);
        let outcome = Export::of(REQUEST, part).in_chunks_of(512);
        assert_eq!(outcome.left_out.len(), usize::from(is_inside), "{length}");
        match outcome.result {
            Ok(totals) => assert_eq!(totals.unwrap()["exported"], whole, "{length}"),
            Err(report) => assert_eq!((whole, &report["record"]), (0, &1.into()), "{length}"),
        }
    }
}

/// The files of every kind: about 4 KB each, packed less.
fn files() -> [Vec<u8>; 5] {
    [ndjson(), array(), page(), pretty(), packed()]
}

#[test]
fn every_cut_in_two_gives_the_same_outcome() {
    let mut cuts = 0;
    for text in files() {
        let whole = Export::of(REQUEST, &text).whole();
        assert!(whole.result.is_ok() && whole.left_out.is_empty());
        cuts += text.len() - 1;
        for first in 1..text.len() {
            let outcome = Export::of(REQUEST, &text)
                .run(|rest| if rest == text.len() { first } else { rest });
            assert!(outcome.output == whole.output, "cut at {first}");
            assert_eq!(outcome.result, whole.result, "cut at {first}");
        }
    }
    println!("{cuts} cuts in two");
}

#[test]
fn ten_thousand_random_cuts_give_the_same_outcome() {
    // An xorshift is random enough, and the same on every machine.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |count: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % count as u64) as usize
    };
    for text in files() {
        let whole = Export::of(REQUEST, &text).whole();
        for _ in 0..2_000 {
            // From many small pieces to a few large ones.
            let largest = 1 << (3 + random(9));
            let sizes: Vec<usize> = (0..16).map(|_| 1 + random(largest)).collect();
            let mut next = sizes.iter().cycle();
            let outcome = Export::of(REQUEST, &text).run(|_| *next.next().unwrap());
            assert!(outcome.output == whole.output, "{sizes:?}");
            assert_eq!(outcome.result, whole.result, "{sizes:?}");
        }
    }
}
