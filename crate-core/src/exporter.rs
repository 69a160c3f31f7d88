//! The machine of one export.

mod output;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::encode::Encoder;
use crate::error::{Error, LeftOut, RequestError};
use crate::input::{Input, Position, Records};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::projection::{Projection, Row};
use crate::record::{Broken, Flow, GO_ON, Item};
use crate::select::ConnectionFilter;
use output::Output;

/// The counts of a finished export: `read = exported + left_out + other_connections`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Records read until the end or the limit.
    pub read: u64,
    /// Users written.
    pub exported: u64,
    /// Records that could not be read; each was reported.
    pub left_out: u64,
    /// Users that the connection dropped.
    pub other_connections: u64,
    /// Exported users in whom a key that was read stands twice; the last one counted.
    pub duplicate_keys: u64,
    /// Halves of surrogate pairs that CSV cells show as U+FFFD.
    pub replaced_surrogates: u64,
    /// CSV cells of more than 32,767 characters, which Excel cuts.
    pub long_cells: u64,
}

/// Turns chunks of input files into an export file.
///
/// ```
/// use rollcall_core::{ExportOptions, ExportRequest, Exporter, Plan};
///
/// let request = ExportRequest::from_json(br#"{"fields":[{"name":"user_id"}]}"#)?;
/// let mut exporter = Exporter::new(Plan::new(&request, &ExportOptions::default())?);
/// let mut out = Vec::new();
/// for chunk in [&b"{\"user_id\":\"auth0|1\"}\n{\"user_"[..], b"id\":\"auth0|2\"}\n"] {
///     let _ = exporter.push(chunk, &mut out)?;
/// }
/// let _ = exporter.end_input(&mut out)?;
/// let totals = exporter.finish(&mut out)?;
/// assert_eq!(out, b"user_id\n\"'auth0|1\"\n\"'auth0|2\"\n");
/// assert_eq!(totals.exported, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Exporter {
    input: Input,
    rows: Rows,
    output: Output,
}

/// Everything between a record and the output.
#[derive(Debug)]
struct Rows {
    limit: Option<u64>,
    is_strict: bool,
    filter: ConnectionFilter,
    projection: Projection,
    encoder: Encoder,
    totals: Totals,
    left_out: Vec<LeftOut>,
}

impl Exporter {
    /// An export that has read nothing yet.
    pub fn new(plan: Plan) -> Self {
        let rows = Rows {
            limit: plan.limit,
            is_strict: plan.options.strict,
            projection: Projection::new(plan.fields.as_deref().unwrap_or_default()),
            encoder: Encoder::new(&plan),
            filter: ConnectionFilter::new(plan.connection),
            totals: Totals::default(),
            left_out: Vec::new(),
        };
        let input = Input::new(plan.options.max_record_size);
        Self {
            input,
            rows,
            output: Output::new(plan.options.gzip),
        }
    }

    /// Reads the next bytes of a file, cut anywhere, and appends output to `out`.
    ///
    /// `Break` says that the limit is reached: nothing more needs to be pushed.
    ///
    /// # Errors
    /// The job has failed; what was written must not be offered as a complete file.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        if self.rows.is_done() {
            return Ok(ControlFlow::Break(()));
        }
        let Self {
            input,
            rows,
            output,
        } = self;
        output.write(out, |text, is_start| {
            rows.start(is_start, text);
            input.push(chunk, &mut Into { rows, out: text })
        })
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// As with [`Exporter::push`]: the file is cut.
    pub fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        if self.rows.is_done() {
            return Ok(ControlFlow::Break(()));
        }
        let Self {
            input,
            rows,
            output,
        } = self;
        output.write(out, |text, is_start| {
            rows.start(is_start, text);
            input.end_file(&mut Into { rows, out: text })
        })
    }

    /// Ends the export after the last [`Exporter::end_input`], or after `Break`.
    ///
    /// # Errors
    /// The connection that was asked for has no user in the input and no list knows it.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Totals, Error> {
        if self.rows.filter.is_unknown() {
            return Err(RequestError::unknown_connection().into());
        }
        let Self { rows, output, .. } = self;
        output.finish(out, |text, is_start| rows.start(is_start, text));
        Ok(self.totals())
    }

    /// How much has been read and written.
    pub fn progress(&self) -> Progress {
        Progress {
            bytes_in: self.input.bytes(),
            read: self.input.records(),
            exported: self.rows.totals.exported,
            left_out: self.rows.totals.left_out,
        }
    }

    /// Takes the records left out since the last call, in their order.
    pub fn take_left_out(&mut self) -> Vec<LeftOut> {
        std::mem::take(&mut self.rows.left_out)
    }

    fn totals(&self) -> Totals {
        let notices = self.rows.encoder.notices();
        Totals {
            read: self.input.records(),
            replaced_surrogates: notices.replaced_surrogates,
            long_cells: notices.long_cells,
            ..self.rows.totals
        }
    }
}

impl Rows {
    fn start(&mut self, is_start: bool, out: &mut Vec<u8>) {
        if is_start {
            self.encoder.heading(out);
        }
    }

    /// Appends a row, unless it belongs to another connection.
    fn export(
        encoder: &mut Encoder,
        filter: &mut ConnectionFilter,
        totals: &mut Totals,
        record: &[u8],
        row: &Row<'_>,
        out: &mut Vec<u8>,
    ) {
        if !filter.keeps(row.identities()) {
            totals.other_connections += 1;
            return;
        }
        encoder.row(record, row, out);
        totals.duplicate_keys += u64::from(row.has_duplicates);
        totals.exported += 1;
    }

    /// Goes on until the limit is reached.
    fn flow(&self) -> Flow {
        if self.is_done() {
            Ok(ControlFlow::Break(()))
        } else {
            GO_ON
        }
    }

    fn leave_out(&mut self, position: Position, broken: Broken) -> Flow {
        let left_out = broken.at_position(position);
        self.totals.left_out += 1;
        if self.is_strict {
            return Err(left_out.into());
        }
        self.left_out.push(left_out);
        GO_ON
    }

    fn is_done(&self) -> bool {
        self.limit
            .is_some_and(|limit| self.totals.exported >= limit)
    }
}

/// Rows on their way into an output.
struct Into<'a> {
    rows: &'a mut Rows,
    out: &'a mut Vec<u8>,
}

impl Records for Into<'_> {
    fn take(&mut self, position: Position, item: Item<'_>) -> Flow {
        let Rows {
            projection,
            encoder,
            filter,
            totals,
            ..
        } = &mut *self.rows;
        match item {
            Item::Broken(broken) => return self.rows.leave_out(position, broken),
            Item::Record(record) => {
                let row = projection.row(record);
                Rows::export(encoder, filter, totals, record, &row, self.out);
            }
        }
        self.rows.flow()
    }

    fn take_unchecked(&mut self, text: &[u8]) -> Option<Flow> {
        let Rows {
            projection,
            encoder,
            filter,
            totals,
            ..
        } = &mut *self.rows;
        let row = projection.scan(text)?;
        Rows::export(encoder, filter, totals, text, &row, self.out);
        Some(self.rows.flow())
    }
}
