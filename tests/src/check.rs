//! The one comparison of what came with what must come.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde_json::Value;

use crate::case::{Case, Expected, json, text};
use crate::difference::first_difference;

/// What a build made of a case.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The bytes of the output; of a failed job whatever had been written.
    pub output: Vec<u8>,
    /// The reports of the records left out, in their order: `{"error", "record", "line", "byte", "message"}`.
    pub left_out: Vec<Value>,
    /// `Ok`: the job completed, with its totals where the build tells them.
    /// `Err`: the report of its failure; of a refused request `{"error":"bad_request","message":…}`.
    pub result: Result<Option<Value>, Value>,
}

impl Case {
    /// Compares an outcome with the one that the case allows.
    ///
    /// # Errors
    /// What differs first, in words: the place in the output, the record left out, the total, or the failure.
    pub fn check(&self, outcome: &Outcome) -> Result<(), String> {
        match (self.expected, &outcome.result) {
            (Expected::Output(wanted), Ok(totals)) => {
                self.check_output(wanted, &outcome.output)?;
                self.check_totals(totals.as_ref())?;
            }
            (Expected::Output(_), Err(report)) => return Err(format!("failed: {report}")),
            (Expected::Refusal(message), Err(report)) => {
                subset("error", &"bad_request".into(), report)?;
                subset("message", &text(message).into(), report)?;
            }
            (Expected::Refusal(message), Ok(_)) => {
                return Err(format!("not refused, wanted: {}", text(message)));
            }
            (Expected::Failure(wanted), Err(report)) => has_keys(&json(wanted), report)?,
            (Expected::Failure(wanted), Ok(_)) => {
                return Err(format!("completed, wanted the failure {}", json(wanted)));
            }
        }
        self.check_left_out(&outcome.left_out)
    }

    fn check_output(&self, wanted: &[u8], output: &[u8]) -> Result<(), String> {
        if !self.is_gzip() {
            return first_difference(wanted, output);
        }
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(output)
            .read_to_end(&mut unpacked)
            .map_err(|error| format!("the output is no gzip: {error}"))?;
        first_difference(wanted, &unpacked)
    }

    fn check_totals(&self, totals: Option<&Value>) -> Result<(), String> {
        let Some(totals) = totals else {
            return Ok(());
        };
        let count = |key| {
            totals[key]
                .as_u64()
                .ok_or_else(|| format!("no count of {key} in {totals}"))
        };
        if count("read")? != count("exported")? + count("left_out")? + count("other_connections")? {
            return Err(format!("the totals do not add up: {totals}"));
        }
        self.totals
            .map_or(Ok(()), |wanted| has_keys(&json(wanted), totals))
    }

    fn check_left_out(&self, reports: &[Value]) -> Result<(), String> {
        let Some(wanted) = self.left_out() else {
            return Ok(());
        };
        for (index, wanted) in wanted.iter().enumerate() {
            let report = reports
                .get(index)
                .ok_or_else(|| format!("not left out: {wanted}"))?;
            has_keys(wanted, report).map_err(|why| format!("left out {report}: {why}"))?;
        }
        match reports.get(wanted.len()) {
            Some(report) => Err(format!("left out beyond what was wanted: {report}")),
            None => Ok(()),
        }
    }
}

/// Compares key by key, only the keys that are wanted.
///
/// `message_names` wants a word in the message, where the rules fix what a message names but not how.
fn has_keys(wanted: &Value, found: &Value) -> Result<(), String> {
    let wanted = wanted.as_object().expect("reports and totals are objects");
    wanted
        .iter()
        .try_for_each(|(key, value)| match key.as_str() {
            "message_names" => names(value, found),
            key => subset(key, value, found),
        })
}

fn subset(key: &str, wanted: &Value, found: &Value) -> Result<(), String> {
    // An absent key reads as null, as in JavaScript.
    if found[key] == *wanted {
        return Ok(());
    }
    Err(format!("{key} is {}, wanted {wanted}", found[key]))
}

fn names(word: &Value, found: &Value) -> Result<(), String> {
    let lower = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
    if found["message"].is_string() && lower(&found["message"]).contains(&lower(word)) {
        return Ok(());
    }
    Err(format!(
        "the message {} does not name {word}",
        found["message"]
    ))
}

#[cfg(test)]
mod tests;
