//! Twice the input takes at most about twice the work, however hostile it is and however it is cut.

use flate2::{Compression, write::GzEncoder};
use std::io::Write;

use super::SPENT;
use crate::pass::inspect::Inspector;
use crate::plan::reading::Reading;
use crate::{ExportOptions, ExportRequest, Exporter, Plan};

/// What is done while `work` runs.
fn spent(work: impl FnOnce()) -> u64 {
    SPENT.set(0);
    work();
    SPENT.get()
}

fn export(request: &str, input: &[u8], size: usize) {
    let request = ExportRequest::from_json(request.as_bytes()).unwrap();
    let options = ExportOptions {
        lift_limits: true,
        ..ExportOptions::default()
    };
    let (mut exporter, mut out) = (
        Exporter::new(Plan::new(&request, &options).unwrap()),
        Vec::new(),
    );
    for chunk in input.chunks(size) {
        if exporter.push(chunk, &mut out).is_err() {
            return;
        }
    }
    drop(exporter.end_input(&mut out));
}

fn inspect(input: &[u8], size: usize) {
    let mut inspector = Inspector::new(Reading::default());
    for chunk in input.chunks(size) {
        if inspector.push(chunk).is_err() {
            return;
        }
    }
    drop(inspector.end_input());
}

/// Fails unless the work for twice as much is at most a bit more than twice the work: where the last
/// chunk ends decides whether a record is looked at once more.
fn assert_linear(what: &str, work: impl Fn(usize)) {
    let [small, large] = [SIZE, 2 * SIZE].map(|size| spent(|| work(size)));
    assert!(small > 0, "{what} tells of no work");
    assert!(
        large * 10 <= small * 25,
        "{what}: {small} for {SIZE}, {large} for twice as much"
    );
}

/// Far from a power of two, at which buffers grow.
const SIZE: usize = 11_000;
const CHUNKS: [usize; 4] = [1, 7, 4096, usize::MAX];
const WHOLE: &str = r#"{"format":"json"}"#;
const FIELDS: &str = r#"{"fields":[{"name":"a"},{"name":"b.c"},{"name":"identities"}]}"#;

fn all_ways(what: &str, input: impl Fn(usize) -> Vec<u8>) {
    for size in CHUNKS {
        for request in [WHOLE, FIELDS] {
            assert_linear(&format!("{what}, {request}, chunks of {size}"), |length| {
                export(request, &input(length), size);
            });
        }
        assert_linear(
            &format!("{what}, looked into, chunks of {size}"),
            |length| {
                inspect(&input(length), size);
            },
        );
    }
}

/// A first record that tells what the file is, and then the same again and again.
fn repeated(first: &str, again: &str, last: &str) -> impl Fn(usize) -> Vec<u8> {
    move |length| {
        let count = length / again.len();
        [first, &again.repeat(count), last].concat().into_bytes()
    }
}

#[test]
fn lines() {
    for again in [
        // One after another, parted by nothing, CR, commas or separators.
        "{\"a\":1}\n",
        "{\"a\":1}",
        "{\"a\":1}\r",
        "{\"a\":1},",
        "\u{1e}{\"a\":1}",
        "\u{feff}{\"a\":1}",
        "{\"a\":\"\\u0061\"}{\"b\":{\"c\":[1]}}",
        // What is broken in all kinds of ways, and looked for in vain.
        "{\"a\":x}",
        "{\"a\":x} ",
        "{\"a\":1}x",
        "{\"a\":1}}",
        "{\"a\":{\"b\":1}",
        "{\"a\":\"}",
        "{\"a\":\"}{\"",
        "}{\"a\":1},",
        "}{\"a\":[",
        "{\"",
        "}{",
        "}{\"}{\":\"",
        "\",\":\",",
        "\":\",\"",
        "{",
        "[",
        "\"",
        "\\",
        "}",
        ",",
        " ",
        "\n",
        "\r",
        "\0",
        "\u{1e}",
        "\u{feff}",
        "x",
        "x\n",
        "{\"a\":\"\n",
    ] {
        for first in ["{\"a\":0}\n", "{\"a\":0}", "{\"a\":\""] {
            for last in ["\n", "\"}{\"a\":1}\n"] {
                all_ways(
                    &format!("{first:?}, {again:?}, {last:?}"),
                    repeated(first, again, last),
                );
            }
        }
    }
}

#[test]
fn rows() {
    for again in [
        "u,1\n",
        "\"u\",\"1\"\r\n",
        "'u,'1\n",
        "u\n",
        "u,1,2\n",
        "u,\"{\"\"a\"\":[1]}\"\n",
        "\"u\n\",\n",
        "\"\"",
        "\"",
        ",",
        "\n",
        "\r\n",
        "\r",
        "x",
        "[",
        "\0",
    ] {
        for first in [
            "user_id,a\n",
            "user_id,a\nu,\"",
            "user_id,a\nu,[",
            "user_id",
        ] {
            all_ways(
                &format!("{first:?}, {again:?}"),
                repeated(first, again, "\nu,1\n"),
            );
        }
    }
}

#[test]
fn objects_over_several_lines() {
    for again in [
        "{\"a\":1,\n\"b\":2}\n",
        "{\"a\":1,\n",
        "{\"a\":[\n ",
        "\"a\":1,\n",
        " {\"a\":\"}{}{}\"},\n",
        " {\"a\":x}\n",
        "}\n",
        "},\n",
    ] {
        for first in ["{\"a\":0}\n", "{\"a\":[1,\n"] {
            all_ways(
                &format!("{first:?}, {again:?}"),
                repeated(first, again, "\n"),
            );
        }
    }
}

#[test]
fn lists() {
    for (first, last) in [
        ("[", "]"),
        ("{\"users\":[", "]}"),
        ("{\n \"a\":1\n}\n", ""),
        ("[\n  ", "\n]"),
    ] {
        for again in [
            "{\"a\":1},",
            "{\"a\":1} ",
            "{\"a\":1},\n  ",
            "{\n\"a\":1}\n",
            "{\"a\":x},",
            "{\"a\":\"}\n",
            "{\"a\":\"",
            "{\"a\":[",
            "{\n",
            "  }\n",
            "},\n",
            "\"a\":1,\n",
            "[",
            "]",
            "}",
            ",",
            "\"",
            "1,",
            " ",
            "\n",
            "\u{feff}",
            "\u{1e}",
        ] {
            all_ways(
                &format!("{first:?}, {again:?}"),
                repeated(first, again, last),
            );
        }
    }
    all_ways("arrays", repeated("", "[{\"a\":1}]", ""));
    all_ways(
        "pages",
        repeated("", "{\"next\":\"x\",\"users\":[{\"a\":1}]}", ""),
    );
}

#[test]
fn one_record() {
    for (first, again, last) in [
        ("{\"a\":\"", "x", "\"}\n"),
        ("{\"a\":\"", "\\u0041", "\"}\n"),
        ("{\"a\":[", "{},", "1]}\n"),
        ("{\"a\":[", "[", "\n"),
        ("{\"a\":1", ",\"a\":1", "}\n"),
        ("{\"a\":1", ",\"\\u0061\":1", "}\n"),
        ("{\"b\":{\"x\":1", ",\"c\":1", "}}\n"),
        ("{\"identities\":[1", ",{\"connection\":\"c\"}", "]}\n"),
        (
            "{\"identities\":[1",
            ",{\"id_token\":{\"id_token\":1}}",
            "]}\n",
        ),
        ("{\"identities\":[1", ",[[[{\"access_token\":1}]]]", "]}\n"),
        ("{\"mfa_factors\":[1", ",{\"a\":[{\"secret\":1}]}", "]}\n"),
        ("{\"a\":1", "  \n  ", ",\"b\":1}"),
        ("{\"a\":1}", " ", "\n{}"),
        ("{\"a\":1}", " ", "x\n{}"),
    ] {
        for (before, behind) in [("", ""), ("[", "]")] {
            let (first, last) = (before.to_owned() + first, last.to_owned() + behind);
            all_ways(
                &format!("{first:?}, {again:?}"),
                repeated(&first, again, &last),
            );
        }
    }
    // Each another key, and each another connection.
    all_ways("keys", |length| {
        let keys: String = (0..length / 10)
            .map(|number| format!(",\"k{number}\":1"))
            .collect();
        format!("{{\"a\":1{keys}}}\n").into_bytes()
    });
    all_ways("connections", |length| {
        let users = (0..length / 40)
            .map(|number| format!("{{\"identities\":[{{\"connection\":\"c{number}\"}}]}}\n"));
        users.collect::<String>().into_bytes()
    });
}

#[test]
fn compressed() {
    for again in ["\n", " ", "{\"a\":1}\n", "{\"a\":1}", "x"] {
        all_ways(&format!("gzip of {again:?}"), |length| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer
                .write_all(&repeated("", again, "\n")(20 * length))
                .unwrap();
            packer.finish().unwrap()
        });
    }
}

#[test]
fn many_fields() {
    for (format, name) in [
        ("json", "f{}"),
        ("json", "a.f{}"),
        ("json", "a[{}]"),
        ("json", "f{}.x"),
        ("csv", "f{}"),
        ("csv", "a[{}].b"),
        ("csv", "a.{}.b"),
    ] {
        for is_rising in [true, false] {
            let all = |length: usize, write: &dyn Fn(usize) -> String| -> String {
                let count = length / 10;
                let one = |number| write(if is_rising { number } else { count - number });
                (0..count).map(one).collect::<Vec<_>>().join(",")
            };
            assert_linear(
                &format!("{format} with fields {name}, {is_rising}"),
                |length| {
                    let fields = all(length, &|number| {
                        format!(
                            "{{\"name\":\"{}\"}}",
                            name.replace("{}", &number.to_string())
                        )
                    });
                    let request = format!("{{\"format\":\"{format}\",\"fields\":[{fields}]}}");
                    let keys = all(length, &|number| format!("\"f{number}\":{{\"x\":1}}"));
                    let items = all(length, &|_| "{\"b\":1}".to_owned());
                    let input = format!("{{{keys},\"a\":{{{keys}}}}}\n{{\"a\":[{items}]}}\n");
                    for size in [7, usize::MAX] {
                        export(&request, input.as_bytes(), size);
                    }
                },
            );
        }
    }
}
