//! The machine of one export.

use std::mem;
use std::ops::ControlFlow;

use crate::error::{Error, LeftOut, RequestError};
use crate::input::record::Flow;
use crate::pack::Pack;
use crate::pass::Pass;
use crate::pass::export_slice::{ExportedLines, ExportedSlice};
use crate::pass::progress::Progress;
use crate::pass::reader::Reader;
use crate::pass::row_writer::RowWriter;
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
///
/// From files to a file: the reader finds the rows, the writer makes lines of them, the pack makes
/// a file of those.
#[derive(Debug)]
pub struct Exporter {
    reader: Reader<RowWriter>,
    pack: Pack,
    /// Whether default fields are exported, of which some are always missing.
    has_default_fields: bool,
    /// Fields found, and users exported, in the files that have ended.
    found_before: u64,
    exported_before: u64,
}

impl Exporter {
    /// An export that has read nothing yet.
    pub fn new(plan: Plan) -> Self {
        let reading = plan.reading.clone();
        let pack = Pack::new(plan.options.gzip);
        let (has_fields, has_default_fields) = (plan.fields.is_some(), plan.has_default_fields);
        let (projection, mut writer) = RowWriter::new(plan);
        if has_fields {
            writer.remember_first_user();
        }
        Self {
            reader: Reader::new(reading, projection, writer),
            pack,
            has_default_fields,
            found_before: 0,
            exported_before: 0,
        }
    }

    /// Reads the next bytes of a file, cut anywhere, and appends output to `out`.
    ///
    /// `Break` says that the limit is reached: nothing more needs to be pushed.
    ///
    /// # Errors
    /// The job has failed; what was written must not be offered as a complete file.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        self.read(out, |reader| reader.push(chunk))
    }

    /// Reads what is kept back of a file whose text breaks off here, as [`crate::Unpacker`] reports.
    ///
    /// # Errors
    /// As with [`Exporter::push`].
    pub fn flush_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        self.read(out, Reader::flush)
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// As with [`Exporter::push`]: the file is cut, or is one object that may be no user.
    pub fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        if self.reader.rows().is_done() {
            return Ok(ControlFlow::Break(()));
        }
        let flow = self.write(out, Reader::end_file)?;
        self.refuse_doubtful()?;
        self.reader.next_file();
        Ok(flow)
    }

    /// Fails if the current file is one object that may be no user, and nothing that was asked for is
    /// in it.
    fn refuse_doubtful(&mut self) -> Result<(), Error> {
        let totals = self.reader.rows_mut().totals();
        let is_new = |count: u64, before: &mut u64| count > mem::replace(before, count);
        let has_found = is_new(totals.found.iter().sum(), &mut self.found_before);
        let has_exported = is_new(totals.exported, &mut self.exported_before);
        let doubt = self.reader.doubt().filter(|_| has_exported);
        let doubt = doubt.filter(|doubt| match totals.found[..] {
            [] => !doubt.has_attribute,
            _ => !has_found,
        });
        match doubt {
            Some(doubt) => Err(Error {
                input: self.reader.file(),
                ..*doubt.failure()
            }),
            None => Ok(()),
        }
    }

    /// Ends the export after the last [`Exporter::end_input`], or after `Break`.
    ///
    /// # Errors
    /// None of the records could be read, the last file is one object that may be no user, or the
    /// connection that was asked for has no user in the input and no list knows it.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Totals, Error> {
        if let Some(error) = self.reader.rows().why_none_was_read() {
            return Err(error);
        }
        // The limit may have been reached before the file has ended.
        self.refuse_doubtful()?;
        if self.reader.rows().is_connection_unknown() {
            return Err(RequestError::unknown_connection().into());
        }
        self.write(out, |_| ());
        self.pack.finish(out);
        let paths = self.reader.rows_mut().take_paths();
        let mut totals = Totals {
            read: self.reader.records(),
            commas: self.reader.notes().commas,
            actions: self.reader.notes().actions,
            untyped_cells: self.reader.notes().untyped_cells,
            ..self.reader.rows_mut().totals()
        };
        let mut found = totals.found.iter().map(|users| *users > 0);
        let is_found = match self.has_default_fields {
            true => found.any(|found| found),
            false => found.all(|found| found),
        };
        if !is_found {
            totals.paths = paths;
        }
        // No record may vanish: every run with assertions, through the command too, proves it.
        debug_assert_eq!(
            totals.read,
            totals.exported + totals.left_out + totals.other_connections,
            "the totals do not close"
        );
        Ok(totals)
    }

    /// Lets the reader deliver rows, unless the limit is reached.
    fn read(
        &mut self,
        out: &mut Vec<u8>,
        bring: impl FnOnce(&mut Reader<RowWriter>) -> Flow,
    ) -> Result<ControlFlow<()>, Error> {
        if self.reader.rows().is_done() {
            return Ok(ControlFlow::Break(()));
        }
        Ok(self.write(out, bring)?)
    }

    /// Lets lines be written, and packs them.
    fn write<T>(
        &mut self,
        out: &mut Vec<u8>,
        write: impl FnOnce(&mut Reader<RowWriter>) -> T,
    ) -> T {
        let lines = &mut self.reader.rows_mut().lines;
        mem::swap(lines, self.pack.lines(out));
        self.reader.rows_mut().start();
        let result = write(&mut self.reader);
        let lines = &mut self.reader.rows_mut().lines;
        mem::swap(lines, self.pack.lines(out));
        self.pack.pack(out);
        result
    }

    /// How much has been read and written.
    pub fn progress(&self) -> Progress {
        let Totals {
            exported, left_out, ..
        } = self.reader.rows().counts();
        Progress {
            bytes_in: self.reader.bytes(),
            read: self.reader.records(),
            exported: *exported,
            left_out: *left_out,
        }
    }

    /// Takes the records left out since the last call, in their order.
    pub fn take_left_out(&mut self) -> Vec<LeftOut> {
        self.reader.rows_mut().take_left_out()
    }

    /// Counts bytes of the current file that a [`crate::Unpacker`] has unpacked. Their text is what
    /// is pushed then; this comes first.
    pub fn unpacked(&mut self, bytes: u64) {
        self.reader.unpacked(bytes);
    }

    /// Whether the current file is NDJSON as it is pushed, so that what comes next may be exported
    /// in slices (see [`crate::pass::slice`]).
    pub fn reads_lines(&self) -> bool {
        self.reader.is_lines()
    }

    /// Goes on with the whole lines of a slice that a [`crate::SliceExporter`] has exported, and
    /// with their rows.
    ///
    /// `false`: nothing was taken, these lines have to be pushed. They do not follow on what was
    /// pushed so far, the limit falls among them, the first exported user is one of them, or the one
    /// that exported them has given up.
    pub fn take_slice(&mut self, slice: ExportedSlice, rows: &[u8], out: &mut Vec<u8>) -> bool {
        let Some(next) = self.reader.next_line() else {
            return false;
        };
        let ExportedSlice { cut, lines } = slice;
        let writer = self.reader.rows();
        let Some(lines) = lines.filter(|lines| {
            let exported = lines.totals.exported;
            next.byte == cut.start()
                && writer.has_room_for(exported)
                && (exported == 0 || !writer.wants_first_user())
        }) else {
            return false;
        };
        let ExportedLines {
            passed,
            totals,
            mut left_out,
        } = lines;
        self.reader.pass(passed, &mut left_out);
        self.write(out, |reader| reader.rows_mut().add(rows, totals, left_out));
        true
    }
}

impl Pass for Exporter {
    type Lines = ExportedLines;

    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Self::push(self, chunk, out)
    }

    fn flush_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Self::flush_input(self, out)
    }

    fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error> {
        Self::end_input(self, out)
    }

    fn unpacked(&mut self, bytes: u64) {
        Self::unpacked(self, bytes);
    }

    fn reads_lines(&self) -> bool {
        Self::reads_lines(self)
    }

    fn take_slice(&mut self, slice: ExportedSlice, rows: &[u8], out: &mut Vec<u8>) -> bool {
        Self::take_slice(self, slice, rows, out)
    }

    fn progress(&self) -> Progress {
        Self::progress(self)
    }
}
