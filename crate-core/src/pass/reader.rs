//! From files to rows: records are found, numbered and projected.

use crate::error::LeftOut;
use crate::input::layout::FileKind;
use crate::input::record::{Flow, Item, Note, Notes, Offer, Place, Refusal, Sink};
use crate::input::{Doubt, Input, PassedLines, WholeLines};
use crate::plan::reading::Reading;
use crate::projection::{Projection, Row};

/// What is done with rows.
pub(crate) trait Rows {
    /// Takes the next row; `Break` wants no more.
    fn row(&mut self, row: &Row<'_>) -> Flow;

    /// Hears of a record that has no row.
    fn left_out(&mut self, left_out: LeftOut) -> Flow;
}

/// Reads files into rows.
#[derive(Debug)]
pub(crate) struct Reader<R> {
    input: Input,
    projector: Projector<R>,
}

/// Reads whole lines into rows, apart from the rest of their file.
#[derive(Debug)]
pub(crate) struct LineReader<R> {
    input: WholeLines,
    projector: Projector<R>,
}

/// What whole lines were found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    pub lines: PassedLines,
    pub records: u64,
    pub notes: Notes,
}

/// Projects records, whichever way they come.
#[derive(Debug)]
struct Projector<R> {
    /// Index of the current file.
    file: usize,
    /// Records so far, in all files.
    records: u64,
    /// How many of them are of earlier files.
    earlier_records: u64,
    notes: Notes,
    projection: Projection,
    rows: R,
}

impl<R: Rows> Reader<R> {
    pub(crate) fn new(reading: Reading, projection: Projection, rows: R) -> Self {
        Self {
            input: Input::new(reading),
            projector: Projector::new(projection, rows),
        }
    }

    /// Reads the next bytes of the current file.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Flow {
        let flow = self.input.push(chunk, &mut self.projector);
        self.in_file(flow)
    }

    /// Reads what is kept back of the current file, which breaks off here.
    pub(crate) fn flush(&mut self) -> Flow {
        let flow = self.input.flush(&mut self.projector);
        self.in_file(flow)
    }

    /// Reads the end of the current file.
    pub(crate) fn end_file(&mut self) -> Flow {
        let flow = self.input.end_file(&mut self.projector);
        self.in_file(flow)
    }

    /// Leaves the current file, which has ended; the next push begins another one.
    pub(crate) fn next_file(&mut self) {
        self.input.next_file();
        self.projector.file += 1;
        self.projector.earlier_records = self.projector.records;
    }

    /// What the only record of the current file holds, if it may be no user.
    pub(crate) fn doubt(&self) -> Option<&Doubt> {
        let is_only = self.projector.records - self.projector.earlier_records == 1;
        self.input.doubt().filter(|_| is_only)
    }

    /// Gives a failure its file.
    fn in_file(&self, flow: Flow) -> Flow {
        flow.map_err(|mut error| {
            error.input = self.projector.file;
            error
        })
    }

    /// As [`Input::unpacked`].
    pub(crate) fn unpacked(&mut self, bytes: u64) {
        self.input.unpacked(bytes);
    }

    /// As [`Input::is_lines`].
    pub(crate) fn is_lines(&self) -> bool {
        self.input.is_lines()
    }

    /// As [`Input::next_line`].
    pub(crate) fn next_line(&self) -> Option<Place> {
        self.input.next_line()
    }

    /// Moves over whole lines whose rows are known already; gives their reports the numbers that
    /// they have in the whole input.
    pub(crate) fn pass(&mut self, passed: Passed, left_out: &mut [LeftOut]) {
        let lines = self.next_line().map_or(0, |next| next.line - 1);
        for one in left_out {
            one.record += self.projector.records;
            one.line += lines;
            one.input = self.projector.file;
        }
        self.input.pass(passed.lines);
        self.projector.records += passed.records;
        self.projector.notes += passed.notes;
    }

    /// As [`Input::first_kind`].
    pub(crate) fn first_kind(&self) -> Option<FileKind> {
        self.input.first_kind()
    }

    /// As [`Input::bytes`].
    pub(crate) fn bytes(&self) -> u64 {
        self.input.bytes()
    }

    /// Index of the current file.
    pub(crate) fn file(&self) -> usize {
        self.projector.file
    }

    /// Records found, of all files.
    pub(crate) fn records(&self) -> u64 {
        self.projector.records
    }

    /// What is worth a remark, of all files.
    pub(crate) fn notes(&self) -> Notes {
        self.projector.notes
    }

    pub(crate) fn rows(&self) -> &R {
        &self.projector.rows
    }

    pub(crate) fn rows_mut(&mut self) -> &mut R {
        &mut self.projector.rows
    }
}

impl<R: Rows> LineReader<R> {
    pub(crate) fn new(max_record_size: usize, projection: Projection, rows: R) -> Self {
        Self {
            input: WholeLines::new(max_record_size),
            projector: Projector::new(projection, rows),
        }
    }

    /// As [`WholeLines::read`]; records count from the first one here.
    pub(crate) fn read(&mut self, text: &[u8], byte: u64) -> Option<Passed> {
        self.projector.records = 0;
        self.projector.notes = Notes::default();
        let lines = self.input.read(text, byte, &mut self.projector)?;
        Some(Passed {
            lines,
            records: self.projector.records,
            notes: self.projector.notes,
        })
    }

    pub(crate) fn rows_mut(&mut self) -> &mut R {
        &mut self.projector.rows
    }
}

impl<R: Rows> Projector<R> {
    fn new(projection: Projection, rows: R) -> Self {
        Self {
            file: 0,
            records: 0,
            earlier_records: 0,
            notes: Notes::default(),
            projection,
            rows,
        }
    }
}

impl<R: Rows> Sink for Projector<R> {
    fn take(&mut self, place: Place, item: Item<'_>) -> Flow {
        self.records += 1;
        match item {
            Item::Broken(broken) => {
                let left_out = broken.report(place, self.records, self.file);
                self.rows.left_out(left_out)
            }
            Item::Record(record) => self.rows.row(&self.projection.row(record)),
        }
    }

    fn take_offer(&mut self, offer: &Offer<'_>) -> Result<(usize, Flow), Refusal> {
        let (row, tokens) = self.projection.scan(offer)?;
        self.records += 1;
        Ok((tokens, self.rows.row(&row)))
    }

    fn note(&mut self, note: Note) {
        self.notes.add(note);
    }
}
