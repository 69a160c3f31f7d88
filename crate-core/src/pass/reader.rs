//! From files to rows: records are found, numbered and projected.

use crate::error::LeftOut;
use crate::input::layout::Layout;
use crate::input::record::{Flow, Item, Offer, Place, Refusal, Sink};
use crate::input::{Input, PassedLines};
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

/// Projects records, whichever way they come.
#[derive(Debug)]
pub(crate) struct Projector<R> {
    /// Index of the current file.
    file: usize,
    /// Records so far, in all files.
    records: u64,
    projection: Projection,
    pub rows: R,
}

impl<R: Rows> Reader<R> {
    pub(crate) fn new(max_record_size: usize, projection: Projection, rows: R) -> Self {
        Self {
            input: Input::new(max_record_size),
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

    /// Ends the current file; the next push begins another one.
    pub(crate) fn end_file(&mut self) -> Flow {
        let flow = self.input.end_file(&mut self.projector);
        let flow = self.in_file(flow);
        self.projector.file += 1;
        flow
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
    pub(crate) fn pass(&mut self, passed: PassedLines, records: u64, left_out: &mut [LeftOut]) {
        for one in left_out {
            one.record += self.projector.records;
            one.line += self.next_line().map_or(0, |next| next.line - 1);
            one.input = self.projector.file;
        }
        self.input.pass(passed);
        self.projector.records += records;
    }

    /// As [`Input::layout`].
    pub(crate) fn layout(&self) -> Option<(Layout, bool)> {
        self.input.layout()
    }

    /// As [`Input::bytes`].
    pub(crate) fn bytes(&self) -> u64 {
        self.input.bytes()
    }

    /// Records found, of all files.
    pub(crate) fn records(&self) -> u64 {
        self.projector.records
    }

    pub(crate) fn rows(&self) -> &R {
        &self.projector.rows
    }

    pub(crate) fn rows_mut(&mut self) -> &mut R {
        &mut self.projector.rows
    }
}

impl<R: Rows> Projector<R> {
    pub(crate) fn new(projection: Projection, rows: R) -> Self {
        Self {
            file: 0,
            records: 0,
            projection,
            rows,
        }
    }

    /// Takes the number of records, as if none had come.
    pub(crate) fn take_records(&mut self) -> u64 {
        std::mem::take(&mut self.records)
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
}
