//! Unpacking in chunks gives what flate2 makes of the whole, member by member.

use std::io::{Read, Write};

use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use rollcall_cases::exporting::Export;

use crate::head::split;

const REQUEST: &str = r#"{"format":"json"}"#;

/// The first line chooses how the rest is packed, how it is damaged then, and the sizes of chunks.
pub fn law(data: &[u8]) {
    let (head, text) = split(data);
    let [choice, at, sizes @ ..] = head else {
        return;
    };
    let packed = damaged(pack(text, *choice), *choice, usize::from(*at));
    let export = Export::of(REQUEST, &packed);
    let mut sizes = sizes.iter().cycle();
    let found = export.run(|_| sizes.next().map_or(1, |&size| usize::from(size)));
    match unpack(&packed) {
        None => {
            let report = found.result.expect_err("flate2 refuses it");
            // What was unpacked before the fault may be at fault itself.
            let errors = ["bad_gzip", "bad_encoding", "bad_layout", "bad_record"];
            assert!(
                errors.iter().any(|error| report["error"] == *error),
                "{report}"
            );
        }
        Some(text) => {
            let wanted = Export::of(REQUEST, &text).whole();
            assert_eq!(found.result, wanted.result);
            assert_eq!(found.left_out, wanted.left_out);
            assert_eq!(found.output, wanted.output);
        }
    }
}

/// A member for each part of the text between form feeds, or the bytes as they are.
fn pack(text: &[u8], choice: u8) -> Vec<u8> {
    if choice & 3 == 3 {
        return [b"\x1f\x8b\x08", text].concat();
    }
    let level = Compression::new(u32::from(choice & 3) * 4);
    let mut packed = Vec::new();
    for part in text.split(|&byte| byte == 0x0c) {
        let mut builder = GzBuilder::new();
        if choice & 4 != 0 {
            builder = builder.filename("../users.json").comment("none").extra("x");
        }
        let mut packer: GzEncoder<_> = builder.write(&mut packed, level);
        packer
            .write_all(part)
            .and_then(|()| packer.finish().map(drop))
            .expect("memory takes all");
    }
    packed
}

/// Cut, changed in a byte, or with something behind it.
fn damaged(mut packed: Vec<u8>, choice: u8, at: usize) -> Vec<u8> {
    // The first three bytes show what the file is.
    let place = 3 + at % (packed.len() - 2);
    match choice >> 3 & 7 {
        1 => packed.truncate(place),
        2 if place < packed.len() => packed[place] ^= 1 << (choice >> 6),
        3 => packed.extend(vec![0; at]),
        4 => packed.extend([0, 0, choice]),
        5 => packed.push(at as u8),
        6 => packed.truncate(packed.len() - (at % 9).min(packed.len() - 3)),
        _ => {}
    }
    packed
}

/// All members, with zero bytes behind the last one; `None` for anything else.
fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let mut rest = packed;
    loop {
        let mut decoder = GzDecoder::new(rest);
        decoder.read_to_end(&mut text).ok()?;
        rest = decoder.into_inner();
        if rest.iter().all(|&byte| byte == 0) {
            return Some(text);
        }
    }
}
