//! The machine of one export.

use std::ops::ControlFlow;

use crate::error::{Error, LeftOut, RequestError};
use crate::input::Input;
use crate::input::record::Flow;
use crate::pack::Output;
use crate::pass::export_slice::ExportedSlice;
use crate::pass::progress::Progress;
use crate::pass::rows::{Into, Rows};
use crate::pass::totals::Totals;
use crate::plan::Plan;

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

impl Exporter {
    /// An export that has read nothing yet.
    pub fn new(plan: Plan) -> Self {
        Self {
            input: Input::new(plan.options.max_record_size),
            output: Output::new(plan.options.gzip),
            rows: Rows::new(plan),
        }
    }

    /// Reads the next bytes of a file, cut anywhere, and appends output to `out`.
    ///
    /// `Break` says that the limit is reached: nothing more needs to be pushed.
    ///
    /// # Errors
    /// The job has failed; what was written must not be offered as a complete file.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        self.read(out, |input, rows| input.push(chunk, rows))
    }

    /// Reads what is kept back of a file whose text breaks off here, as [`crate::Unpacker`] has told.
    ///
    /// # Errors
    /// As with [`Exporter::push`].
    pub fn flush_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        self.read(out, |input, rows| input.flush(rows))
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// As with [`Exporter::push`]: the file is cut.
    pub fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        self.read(out, |input, rows| input.end_file(rows))
    }

    /// Lets the input bring records, unless the limit is reached.
    fn read(
        &mut self,
        out: &mut Vec<u8>,
        bring: impl FnOnce(&mut Input, &mut Into<'_>) -> Flow,
    ) -> Result<ControlFlow<()>, Error> {
        if self.rows.is_done() {
            return Ok(ControlFlow::Break(()));
        }
        let Self {
            input,
            rows,
            output,
        } = self;
        let flow = output.write(out, |text, is_start| {
            rows.start(is_start, text);
            bring(input, &mut Into { rows, out: text })
        });
        Ok(flow?)
    }

    /// Ends the export after the last [`Exporter::end_input`], or after `Break`.
    ///
    /// # Errors
    /// The connection that was asked for has no user in the input and no list knows it.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Totals, Error> {
        if self.rows.is_connection_unknown() {
            return Err(RequestError::unknown_connection().into());
        }
        let Self { rows, output, .. } = self;
        output.finish(out, |text, is_start| rows.start(is_start, text));
        let totals = Totals {
            read: self.input.records(),
            ..self.rows.totals()
        };
        // No record may vanish: every run with assertions, through the command too, proves it.
        debug_assert_eq!(
            totals.read,
            totals.exported + totals.left_out + totals.other_connections,
            "the totals do not close"
        );
        Ok(totals)
    }

    /// How much has been read and written.
    pub fn progress(&self) -> Progress {
        let Totals {
            exported, left_out, ..
        } = *self.rows.counts();
        Progress {
            bytes_in: self.input.bytes(),
            read: self.input.records(),
            exported,
            left_out,
        }
    }

    /// Takes the records left out since the last call, in their order.
    pub fn take_left_out(&mut self) -> Vec<LeftOut> {
        self.rows.take_left_out()
    }

    /// Counts bytes of the current file that a [`crate::Unpacker`] has unpacked. Their text is what
    /// is pushed then; this comes first.
    pub fn unpacked(&mut self, bytes: u64) {
        self.input.unpacked(bytes);
    }

    /// Whether the current file is NDJSON as it is pushed, so that what comes next may be exported
    /// in slices (see [`crate::pass::slice`]).
    pub fn reads_lines(&self) -> bool {
        self.input.is_lines()
    }

    /// Goes on with the whole lines of a slice that a [`crate::SliceExporter`] has exported, and
    /// with their rows.
    ///
    /// `false`: nothing was taken, these lines have to be pushed. They do not follow on what was
    /// pushed so far, the limit falls among them, or the one that exported them has given up.
    pub fn take_slice(&mut self, slice: ExportedSlice, rows: &[u8], out: &mut Vec<u8>) -> bool {
        let Some(next) = self.input.next_line() else {
            return false;
        };
        let ExportedSlice { cut, lines } = slice;
        let Some(lines) = lines.filter(|lines| {
            next.byte == cut.start() && self.rows.has_room_for(lines.totals.exported)
        }) else {
            return false;
        };
        let (file, record) = (self.input.file(), self.input.records());
        let left_out = lines.left_out.into_iter().map(|left_out| LeftOut {
            record: record + left_out.record,
            line: next.line + left_out.line - 1,
            input: file,
            ..left_out
        });
        self.rows.add(lines.totals, left_out);
        self.input.pass(&lines.passed);
        let heading = &mut self.rows;
        self.output.write(out, |text, is_start| {
            heading.start(is_start, text);
            text.extend_from_slice(rows);
        });
        true
    }
}
