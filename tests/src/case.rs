//! A case as its folder has it.

use serde_json::{Map, Value};

/// One case: a request, its input and what must come of it.
#[derive(Debug)]
pub struct Case {
    pub(crate) name: &'static str,
    pub(crate) why: Option<&'static [u8]>,
    pub(crate) request: &'static [u8],
    pub(crate) options: Option<&'static [u8]>,
    pub(crate) connections: Option<&'static [u8]>,
    pub(crate) inputs: &'static [Input],
    pub(crate) expected: Expected,
    pub(crate) left_out: Option<&'static [u8]>,
    pub(crate) totals: Option<&'static [u8]>,
    pub(crate) connections_found: Option<&'static [u8]>,
}

/// One file of an input.
#[derive(Debug)]
pub struct Input {
    /// The name of the file, which says nothing about what it holds.
    pub file_name: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
}

/// The end that a case must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The job completes with these bytes (of gzip output: what it unpacks to).
    Output(&'static [u8]),
    /// The request is refused with this message.
    Refusal(&'static [u8]),
    /// The job fails; its report holds at least the keys of this one.
    Failure(&'static [u8]),
}

pub(crate) const CASES: &[Case] = include!(concat!(env!("OUT_DIR"), "/cases.rs"));

impl Case {
    /// The rule that the case holds, in words: the name of its folder.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The rule in one sentence.
    pub fn why(&self) -> &'static str {
        text(self.why.unwrap_or_default())
    }

    /// The request body as it comes over the wire.
    pub fn request(&self) -> &'static [u8] {
        self.request
    }

    /// What is chosen beside the request body: an object, empty when the case has no choice of its own.
    pub fn options(&self) -> Value {
        self.options.map_or_else(|| Value::Object(Map::new()), json)
    }

    /// Whether the output is asked for as gzip.
    pub fn is_gzip(&self) -> bool {
        self.options()["gzip"] == true
    }

    /// The list of connections against which `connection_id` is resolved, as JSON text; most cases have none.
    pub fn connections(&self) -> Option<&'static [u8]> {
        self.connections
    }

    /// The files of the input, in their order.
    pub fn inputs(&self) -> &'static [Input] {
        self.inputs
    }

    /// The end that the case must come to.
    pub fn expected(&self) -> Expected {
        self.expected
    }

    /// Whether the case says which connections a listing of its input finds.
    pub fn lists_connections(&self) -> bool {
        self.connections_found.is_some()
    }

    /// The reports of records left out that must come, in their order; `None` when nothing is said about them.
    ///
    /// A job that completes without a file of them must leave none out.
    pub(crate) fn left_out(&self) -> Option<Vec<Value>> {
        let lines = match (self.left_out, self.expected) {
            (Some(lines), _) => lines,
            (None, Expected::Output(_)) => b"",
            (None, _) => return None,
        };
        Some(
            text(lines)
                .lines()
                .map(|line| json(line.as_bytes()))
                .collect(),
        )
    }
}

pub(crate) fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("a unit test reads every JSON file of every case")
}

pub(crate) fn text(bytes: &'static [u8]) -> &'static str {
    let text = str::from_utf8(bytes).expect("a unit test reads every text of every case");
    text.strip_suffix('\n').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: [&str; 9] = [
        "csv_profile",
        "gzip",
        "strict",
        "max_record_size",
        "lift_limits",
        "connection",
        "primary_only",
        "users_at",
        "csv_headings",
    ];

    #[test]
    fn every_case_reads() {
        assert!(CASES.len() > 200, "{} cases", CASES.len());
        for case in CASES {
            let name = case.name();
            assert!(
                !case.why().is_empty() && !case.why().contains('\n'),
                "{name}"
            );
            for input in case.inputs() {
                assert!(
                    input.file_name.starts_with("input"),
                    "{name}: {}",
                    input.file_name
                );
            }
            let options = case.options();
            for key in options.as_object().expect("an object").keys() {
                assert!(OPTIONS.contains(&key.as_str()), "{name}: option {key}");
            }
            for file in [case.connections, case.totals, case.connections_found] {
                let _ = file.map(json);
            }
            if let Expected::Failure(report) = case.expected {
                assert!(json(report)["error"].is_string(), "{name}");
            }
        }
    }

    #[test]
    fn every_report_of_a_record_left_out_has_its_place() {
        for case in CASES {
            let mut last = 0;
            for report in case.left_out().unwrap_or_default() {
                let number = |key: &str| {
                    report[key]
                        .as_u64()
                        .unwrap_or_else(|| panic!("{}: {key}", case.name()))
                };
                assert!(number("record") > last, "{}", case.name());
                assert!(
                    number("line") >= 1 && number("byte") < u64::MAX,
                    "{}",
                    case.name()
                );
                last = number("record");
            }
        }
    }

    #[test]
    fn the_totals_of_every_case_add_up() {
        for case in CASES {
            let Some(totals) = case.totals.map(json) else {
                continue;
            };
            let number = |key: &str| totals[key].as_u64().expect("a count");
            let left_out = case.left_out().unwrap_or_default().len() as u64;
            assert_eq!(number("left_out"), left_out, "{}", case.name());
            let parts = number("exported") + number("left_out") + number("other_connections");
            assert_eq!(number("read"), parts, "{}", case.name());
        }
    }
}
