//! The whole export of a file of lines, slow and simple, over `serde_json::value::RawValue`.
//!
//! It is written from the rules and shares nothing with the engine but the reading of requests
//! and paths, so that the two can be held against each other.

mod csv;
pub mod json;
mod lines;
mod ndjson;

use rollcall_core::{ExportOptions, ExportRequest, FieldPath, FieldSpec, Format};

/// What the export must come to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Slow {
    /// The file.
    pub output: Vec<u8>,
    /// `(record, line, byte, is_too_large)` of each record left out.
    pub left_out: Vec<(u64, u64, u64, bool)>,
    /// Records, the left-out ones too.
    pub read: u64,
    /// Users written.
    pub exported: u64,
    /// Users of other connections than the one that was asked for.
    pub other_connections: u64,
    /// Halves of surrogate pairs that no text can hold.
    pub replaced_surrogates: u64,
    /// The exported users that have each field.
    pub found: Vec<u64>,
    /// Whole records of which a root key stood twice.
    pub twins: Option<u64>,
}

/// A field as the request has it.
struct Field {
    name: String,
    path: FieldPath,
    title: Option<String>,
}

impl Field {
    fn new(spec: &FieldSpec) -> Self {
        let path = spec.name.parse();
        Self {
            name: spec.name.clone(),
            path: path.unwrap_or_else(|_| FieldPath::root(&spec.name)),
            title: spec.export_as.clone(),
        }
    }

    /// The value of the root key of the whole name, else of the path; with whether it was the key.
    fn find<'a>(&self, record: &'a str) -> Option<(&'a str, bool)> {
        match json::member(record, &self.name) {
            Some(value) => Some((value, true)),
            None => json::at(record, self.path.segments()).map(|value| (value, false)),
        }
    }
}

/// Exports the text of one file that holds a record a line.
pub fn export(request: &ExportRequest, options: &ExportOptions, text: &[u8]) -> Slow {
    let format = request.format.unwrap_or_default();
    let specs = request.fields.as_deref().unwrap_or_default();
    let fields: Option<Vec<Field>> = match (specs, format) {
        ([], Format::Json) => None,
        ([], Format::Csv) => Some(csv::default_fields()),
        (specs, _) => Some(specs.iter().map(Field::new).collect()),
    };
    let mut slow = Slow {
        found: vec![0; fields.as_ref().map_or(0, Vec::len)],
        ..Slow::default()
    };
    if let (Format::Csv, Some(fields)) = (format, &fields) {
        csv::heading(fields, options.csv_profile, &mut slow.output);
    }
    // The last line ends at the end of the file.
    let text = [text, b"\n"].concat();
    for (byte, record) in lines::records(&text, options.max_record_size) {
        slow.read += 1;
        let record = match record {
            Err(is_too_large) => {
                let line_feeds = text[..byte].iter().filter(|&&byte| byte == b'\n').count();
                let place = (slow.read, line_feeds as u64 + 1, byte as u64);
                slow.left_out
                    .push((place.0, place.1, place.2, is_too_large));
                continue;
            }
            Ok(record) => str::from_utf8(record).expect("it was checked"),
        };
        slow.record(record, fields.as_deref(), format, options);
        if Some(slow.exported) == request.limit {
            return slow;
        }
    }
    slow
}

impl Slow {
    fn record(
        &mut self,
        record: &str,
        fields: Option<&[Field]>,
        format: Format,
        options: &ExportOptions,
    ) {
        if let Some(connection) = &options.connection
            && !json::connections(record).contains(connection)
        {
            self.other_connections += 1;
            return;
        }
        self.exported += 1;
        for (count, field) in self.found.iter_mut().zip(fields.unwrap_or_default()) {
            *count += u64::from(field.find(record).is_some());
        }
        match (format, fields) {
            (Format::Csv, fields) => {
                let fields = fields.unwrap_or_default();
                self.replaced_surrogates +=
                    csv::row(fields, record, options.csv_profile, &mut self.output);
            }
            (Format::Json, Some(fields)) => ndjson::fields(fields, record, &mut self.output),
            (Format::Json, None) => {
                let has_twins = ndjson::whole(record, &mut self.output);
                *self.twins.get_or_insert(0) += u64::from(has_twins);
            }
        }
    }
}
