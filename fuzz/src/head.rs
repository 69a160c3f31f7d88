//! The first line of the bytes chooses what is done with the others.

use rollcall_core::{Choice, CsvProfile, ExportOptions};
use serde_json::json;

/// A choice that can be read and written by hand: `<format><profile><size><options>` and then the
/// fields, each behind a tab, as `name` or `name|title`.
pub struct Head {
    /// The request body.
    pub request: String,
    pub options: ExportOptions,
    /// The largest chunk.
    pub chunk: usize,
}

const CHUNKS: [usize; 6] = [usize::MAX, 1, 2, 7, 64, 100];

/// Takes the first line off.
pub fn split(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, b""),
    }
}

impl Head {
    /// Any bytes choose something.
    pub fn of(line: &[u8]) -> Self {
        let line = String::from_utf8_lossy(line);
        let mut parts = line.split('\t');
        let mut choices = parts.next().unwrap_or_default().bytes();
        let mut choose = |count: usize| choices.next().map_or(0, usize::from) % count;
        let is_json = choose(2) == 1;
        let csv_profile = CsvProfile::ALL[choose(4)].0;
        let chunk = CHUNKS[choose(6)];
        let limit = [None, Some(1), Some(2)][choose(3)];
        let max_record_size = [1 << 20, 40, 20][choose(3)];
        let connection = [None, Some("c".to_owned())][choose(2)].clone();
        let fields: Vec<_> = parts
            .map(|part| match part.rsplit_once('|') {
                Some((name, title)) => json!({"name": name, "export_as": title}),
                None => json!({"name": part}),
            })
            .collect();
        let format = if is_json { "json" } else { "csv" };
        let mut request = json!({"format": format, "fields": fields});
        if let Some(limit) = limit {
            request["limit"] = limit.into();
        }
        Self {
            request: request.to_string(),
            options: ExportOptions {
                csv_profile,
                max_record_size,
                lift_limits: true,
                connection,
                ..ExportOptions::default()
            },
            chunk,
        }
    }
}
