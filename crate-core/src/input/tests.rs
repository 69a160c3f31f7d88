//! The fast path yields the same records and reports as the slow path, and good records take it.

use proptest::prelude::*;
use rollcall_cases::generated::{cuts, loosen, messy_bytes, record_text};

use super::Input;
use crate::input::record::{Flow, GO_ON, Item, Note, Offer, Place, Refusal, Sink};
use crate::plan::reading::Reading;
use crate::projection::{Projection, Wants};

/// Writes down what an input holds.
struct Collector {
    projection: Projection,
    /// Whether records may be taken unchecked.
    is_fast: bool,
    taken_unchecked: usize,
    lines: Vec<String>,
}

impl Sink for Collector {
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow {
        self.lines.push(match item {
            Item::Record(record) => record.escape_ascii().to_string(),
            Item::Broken(broken) => format!("{place:?} {broken:?}"),
        });
        GO_ON
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        if !self.is_fast {
            return Err(Refusal::Doubt);
        }
        let (row, tokens) = self.projection.scan(offer)?;
        self.lines.push(row.record().escape_ascii().to_string());
        self.taken_unchecked += 1;
        Ok((tokens, GO_ON))
    }

    fn note(&mut self, note: Note) {
        self.lines.push(format!("{note:?}"));
    }
}

/// What a file holds, how reading it ended, and how many records were taken unchecked.
fn read(
    text: &[u8],
    sizes: &[usize],
    max_record_size: usize,
    is_fast: bool,
) -> (Vec<String>, String, usize) {
    let mut wants = Wants::default();
    for path in ["a", "b.c"] {
        wants.path(&path.parse().unwrap());
    }
    wants.each("identities", "connection");
    let mut collector = Collector {
        projection: Projection::new(wants),
        is_fast,
        taken_unchecked: 0,
        lines: Vec::new(),
    };
    let mut input = Input::new(Reading {
        max_record_size,
        ..Reading::default()
    });
    let mut run = || -> Flow {
        let (mut rest, mut sizes) = (text, sizes.iter().cycle());
        while !rest.is_empty() {
            let (chunk, behind) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
            rest = behind;
            let _ = input.push(chunk, &mut collector)?;
        }
        input.end_file(&mut collector)
    };
    let end = format!("{:?}", run());
    (collector.lines, end, collector.taken_unchecked)
}

/// The same records in every layout.
fn layouts(records: &[String]) -> [String; 5] {
    let list = records.join(",");
    let lines = records.join("\n");
    // A line feed behind each token, and none before it.
    let spaces = [String::new(), "\n  ".to_owned()];
    let pretty = records.iter().map(|record| loosen(record, &spaces));
    let pretty: Vec<String> = pretty.collect();
    [
        lines,
        format!("[{list}]"),
        format!("[\n  {}\n]\n", pretty.join(",\n  ")),
        format!("{{\"start\":0,\"users\":[{list}],\"total\":1}}"),
        pretty.join("\n"),
    ]
}

#[test]
fn good_records_go_the_fast_way() {
    let records: Vec<String> = (0..2000)
        .map(|number| {
            let (name, picture) = ("é\\n".repeat(number % 50), "x".repeat(number * 97 % 5000));
            format!(
                r#"{{"a":{number},"b":{{"c":[1,{{}}]}},"name":"{name}","picture":"{picture}"}}"#
            )
        })
        .collect();
    for text in layouts(&records) {
        // Nothing follows the last of the pretty-printed objects: the slow path decides.
        let fast = 2000 - usize::from(text.starts_with("{\n"));
        for size in [1000, 64 << 10, usize::MAX] {
            let (lines, end, taken) = read(text.as_bytes(), &[size], 1 << 20, true);
            assert_eq!((lines.len(), end.as_str()), (2000, "Ok(Continue(()))"));
            assert_eq!(taken, fast, "{size} {}", &text[..80]);
        }
    }
}

#[test]
fn long_records_go_the_fast_way_up_to_a_mebibyte() {
    for (length, is_fast) in [(255, true), (300, true), (100_000, true), (1 << 21, false)] {
        let record = format!(r#"{{"a":1,"name":"{}"}}"#, "x".repeat(length));
        for text in layouts(&[record, "{}".to_owned()]) {
            let (lines, end, taken) = read(text.as_bytes(), &[usize::MAX], 1 << 22, true);
            assert_eq!((lines.len(), end.as_str()), (2, "Ok(Continue(()))"));
            let fast = usize::from(!text.starts_with("{\n")) + usize::from(is_fast);
            assert_eq!(taken, fast, "{length} {}", &text[..80]);
        }
    }
}

#[test]
fn records_behind_a_fault_go_the_fast_way_again() {
    let records = r#"{"a":1},"#.repeat(100);
    for broken in [r#"{"a":tru}"#, r#"{"a":"\q"}"#, "1", ","] {
        let text = format!("[{records}{broken},{records}{records}{{}}]");
        let (lines, _, taken) = read(text.as_bytes(), &[64 << 10], 1 << 20, true);
        // A comma in a wrong place is reported as a record that is missing, and so is the next one.
        let reports = if broken == "," { 2 } else { 1 };
        assert_eq!(lines.len(), 301 + reports, "{broken}");
        // Good records in the same block of bytes take the slow path too.
        assert!(taken > 290, "{broken} {taken}");
    }
}

proptest! {
    /// What stands between records, in any order and cut anywhere.
    #[test]
    fn both_ways_pass_separators_alike(
        pieces in proptest::collection::vec(proptest::sample::select(&BETWEEN[..]), 0..20),
        cuts in cuts(),
    ) {
        let text = [&b"[ "[..], &pieces.concat()].concat();
        let plain = read(&text, &cuts, 1 << 20, false);
        let fast = read(&text, &cuts, 1 << 20, true);
        prop_assert_eq!((&fast.0, &fast.1), (&plain.0, &plain.1), "{}", text.escape_ascii());
    }

    #[test]
    fn both_ways_read_the_same(
        records in proptest::collection::vec(record_text(), 0..12),
        is_messy in any::<bool>(),
        messy in messy_bytes(),
        layout in 0..5_usize,
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), 0..3, damage()), 0..4),
        cuts in cuts(),
        size in prop_oneof![Just(1 << 20), Just(40_usize)],
    ) {
        let mut text = match is_messy {
            true => messy,
            false => layouts(&records)[layout].clone().into_bytes(),
        };
        for (at, change, byte) in damage {
            let at = at.index(text.len() + 1);
            match change {
                0 if at < text.len() => text[at] = byte,
                1 if at < text.len() => drop(text.remove(at)),
                2 if at < text.len() => text.truncate(at),
                _ => text.insert(at, byte),
            }
        }
        let plain = read(&text, &cuts, size, false);
        let fast = read(&text, &cuts, size, true);
        prop_assert_eq!((&fast.0, &fast.1), (&plain.0, &plain.1), "{}", text.escape_ascii());
        let whole = read(&text, &[usize::MAX], size, true);
        prop_assert_eq!((&whole.0, &whole.1), (&plain.0, &plain.1), "{}", text.escape_ascii());
    }
}

/// What may stand between records, and records.
const BETWEEN: [&[u8]; 16] = [
    b"{}",
    b"{}",
    b",",
    b",",
    b" ",
    b"\n",
    b"]",
    b"[",
    b"1",
    b"\"",
    b"\\",
    b"{\"a\":\"\xc3\xa9\"}",
    b"\xc3",
    b"\xe2\x82",
    b"\xef\xbb\xbf",
    b":",
];

/// Bytes that matter to JSON, lines or UTF-8.
fn damage() -> impl Strategy<Value = u8> {
    proptest::sample::select(&b"\"\\{}[]:,0e-.tn \t\n\r\0\x1e\xc3\xa9\xff\xef/u"[..])
}
