//! The golden cases as first bytes for each law.

use rollcall_cases::CASES;
use serde_json::Value;

/// Bytes for the law of this name, one for each golden case that has any.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let seeds = CASES.iter().flat_map(|case| {
        let request = case.request();
        let inputs: Vec<&[u8]> = case.inputs().iter().map(|input| input.bytes).collect();
        let input = inputs.join(&0x0c);
        match target {
            "requests" => vec![request.to_vec()],
            "paths" => names(request)
                .into_iter()
                .map(|(name, _)| name.into_bytes())
                .collect(),
            "records" | "lists" | "secrets" => {
                vec![[head(request).as_bytes(), b"\n", &input].concat()]
            }
            "cells" => (0..4)
                .map(|profile: u8| [&[profile, b'\n'], input.as_slice()].concat())
                .collect(),
            "csv_in" => vec![[b"\x07\n", input.as_slice()].concat()],
            "layouts" => (0..3)
                .map(|choice: u8| [&[0x60 + choice, 1, 7, b'\n'], input.as_slice()].concat())
                .collect(),
            "splits" => vec![[b"\x60\x01\x07\n", input.as_slice()].concat()],
            "gunzip" if input.starts_with(b"\x1f\x8b\x08") => {
                vec![[b"\x03\x00\x05\n", &input[3..]].concat()]
            }
            "gunzip" => vec![[b"\x01\x00\x05\n", input.as_slice()].concat()],
            _ => Vec::new(),
        }
    });
    // The large ones show no more than the small.
    seeds.filter(|seed| seed.len() <= 1024).collect()
}

/// The fields of a request, if it is one.
fn names(request: &[u8]) -> Vec<(String, Option<String>)> {
    let request: Value = serde_json::from_slice(request).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let fields = request["fields"].as_array().into_iter().flatten();
    fields
        .filter_map(|field| Some((text(&field["name"])?, text(&field["export_as"]))))
        .collect()
}

/// The first line that chooses such a request.
fn head(request: &[u8]) -> String {
    let is_json = request.windows(6).any(|part| part == b"\"json\"");
    let mut head = if is_json { "100000" } else { "000000" }.to_owned();
    for (name, title) in names(request) {
        head += "\t";
        head += &name;
        if let Some(title) = title {
            head += "|";
            head += &title;
        }
    }
    head.replace('\n', " ")
}
