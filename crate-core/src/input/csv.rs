//! CSV: each row becomes the JSON text of a record.
//!
//! The heading row says where in the record the value of each cell is. The first rows show whether
//! all texts of the file have an apostrophe in front, and are held back until then.

mod batch;
mod cell;
pub(super) mod form;
mod frame;
mod heading;
mod profile;

use crate::error::{Error, ErrorCode};
use crate::input::census::bad_layout;
use crate::input::record::{Broken, Flow, GO_ON, Item, Place, Sink, check_utf8, fatal, flow};
use crate::plan::outline::Leaves;
use crate::plan::reading::Reading;
use batch::Batch;
use cell::{Guard, Value};
use form::Form;
use frame::{Frame, Row};
use heading::{Column, Columns};
use profile::Sample;

/// The least size that a heading row may have, however small the largest record is.
const HEADING_SIZE: usize = 1 << 20;

/// Reads rows as records.
#[derive(Debug)]
pub(super) struct Csv {
    form: Form,
    max_record_size: usize,
    /// How many headings the option names, as long as the first row has not been compared with it.
    given: Option<usize>,
    frame: Frame,
    columns: Columns,
    state: State,
    batch: Batch,
}

#[derive(Debug)]
enum State {
    /// Before the heading row.
    Heading,
    /// In the first rows.
    First(Sample, Place),
    Rows(Guard),
}

impl Csv {
    /// A file that starts with its first row, at `place`.
    pub(super) fn new(form: Form, place: Place, reading: &Reading) -> Result<Self, Box<Error>> {
        let max_record_size = reading.max_record_size;
        let mut csv = Self {
            form,
            max_record_size,
            given: None,
            frame: Frame::new(form, max_record_size.max(HEADING_SIZE), place),
            columns: Columns::default(),
            state: State::Heading,
            batch: Batch::new(),
        };
        if let Some(headings) = &reading.csv_headings {
            csv.given = Some(headings.len());
            let columns = Columns::given(headings);
            csv.start(columns.map_err(|why| bad_layout(place, why, &[]))?, place);
        }
        Ok(csv)
    }

    /// Goes on with the rows, the first of which starts at `place`.
    fn start(&mut self, columns: Columns, place: Place) {
        self.columns = columns;
        self.state = State::First(Sample::new(self.max_record_size), place);
        self.restart(place);
    }

    fn restart(&mut self, place: Place) {
        self.frame = Frame::new(self.form, self.max_record_size, place);
        self.frame.keep_cells(self.columns.columns.len());
    }

    pub(super) fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        flow!(self.read(chunk, sink));
        self.batch.flush(sink)
    }

    fn read(&mut self, mut chunk: &[u8], sink: &mut dyn Sink) -> Flow {
        while !chunk.is_empty() {
            let used = match &mut self.state {
                State::Heading => {
                    let (used, row) = self.frame.read(chunk);
                    if let Some(row) = row {
                        let columns = columns(row)?;
                        let place = self.frame.here();
                        self.start(columns, place);
                    }
                    used
                }
                State::First(sample, _) => {
                    let text = &chunk[..chunk.len().min(sample.room())];
                    let (used, row) = self.frame.read(text);
                    sample.held.extend_from_slice(&text[..used]);
                    if let Some(row) = row {
                        compare(&mut self.given, row)?;
                        look(&self.columns, row, sample);
                    }
                    if sample.is_full() {
                        flow!(self.decide(sink));
                    }
                    used
                }
                State::Rows(guard) => {
                    let (used, row) = self.frame.read(chunk);
                    if let Some(row) = row {
                        flow!(take(
                            &self.columns,
                            *guard,
                            self.max_record_size,
                            row,
                            &mut self.batch,
                            sink
                        ));
                    }
                    used
                }
            };
            chunk = &chunk[used..];
        }
        GO_ON
    }

    /// Reads the rows that are held back.
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        match self.state {
            State::First(..) => self.decide(sink),
            State::Heading | State::Rows(_) => GO_ON,
        }
    }

    /// Ends the file, whose last row needs no end.
    pub(super) fn end(&mut self, sink: &mut dyn Sink) -> Flow {
        if let State::First(sample, _) = &mut self.state {
            if let Some(row) = self.frame.finish() {
                compare(&mut self.given, row)?;
                look(&self.columns, row, sample);
            }
            flow!(self.decide(sink));
        }
        match (&self.state, self.frame.finish()) {
            (State::Rows(guard), Some(row)) => {
                let (columns, max) = (&self.columns, self.max_record_size);
                flow!(take(columns, *guard, max, row, &mut self.batch, sink));
            }
            (_, Some(row)) => drop(columns(row)?),
            (_, None) => {}
        }
        flow!(self.batch.flush(sink));
        match self.frame.open_row() {
            Some(place) => Err(fatal(
                place,
                "the file ends inside a quoted cell of this row",
            )),
            None => GO_ON,
        }
    }

    /// Decides how the file was written, and reads what was held back.
    fn decide(&mut self, sink: &mut dyn Sink) -> Flow {
        let State::First(sample, place) = &mut self.state else {
            return GO_ON;
        };
        let (guard, place) = (sample.guard(), *place);
        let held = std::mem::take(&mut sample.held);
        self.state = State::Rows(guard);
        self.restart(place);
        self.push(&held, sink)
    }
}

/// The columns of a heading row.
fn columns(row: Row<'_>) -> Result<Columns, Box<Error>> {
    let place = row.place;
    if row.is_too_large {
        let message = "the heading row is too large".to_owned();
        return Err(bad_layout(place, message, &[]));
    }
    if std::str::from_utf8(row.raw).is_err() {
        let message = "this looks like CSV in another encoding than UTF-8".to_owned();
        return Err(Box::new(Error {
            code: ErrorCode::BadEncoding,
            ..*fatal(place, message)
        }));
    }
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
    let headings: Vec<String> = row.cells().map(text).collect();
    Columns::of_row(&headings).map_err(|why| bad_layout(place, why, &[]))
}

/// Compares the first row with the headings of the option, once.
fn compare(given: &mut Option<usize>, row: Row<'_>) -> Result<(), Box<Error>> {
    match given.take() {
        Some(count) if count != row.len() && !row.is_too_large => {
            let message = format!(
                "csv_headings has {}, but the first row has {}",
                counted(count, "name"),
                cells(row, count)
            );
            Err(bad_layout(row.place, message, &[]))
        }
        _ => Ok(()),
    }
}

fn look(columns: &Columns, row: Row<'_>, sample: &mut Sample) {
    sample.row();
    if row.is_too_large || row.len() != columns.columns.len() {
        return;
    }
    for (cell, column) in row.cells().zip(&columns.columns) {
        if let Column::Named { kind, .. } = *column {
            sample.cell(cell, kind);
        }
    }
}

/// What keeps a row from being a record.
fn check(columns: &Columns, row: Row<'_>) -> Result<(), Broken> {
    let columns = &columns.columns;
    if row.len() != columns.len() {
        return Err(Broken::record(format!(
            "the row has {}, but there are {}",
            cells(row, columns.len()),
            counted(columns.len(), "heading")
        )));
    }
    let is_full = |(column, cell): (&Column, &[u8])| *column == Column::Empty && !cell.is_empty();
    if columns.iter().zip(row.cells()).any(is_full) {
        return Err(Broken::record("the row has a cell without a heading"));
    }
    check_utf8(row.raw, row.place)
}

/// Hands a row over as a record, or as what is wrong with it.
fn take(
    columns: &Columns,
    guard: Guard,
    max_record_size: usize,
    row: Row<'_>,
    batch: &mut Batch,
    sink: &mut dyn Sink,
) -> Flow {
    let check = match row.is_too_large {
        true => Err(Broken::too_large(max_record_size)),
        false => check(columns, row),
    };
    if let Err(broken) = check {
        flow!(batch.flush(sink));
        return sink.take(row.place, Item::Broken(broken));
    }
    let mut cells = Cells {
        columns: &columns.columns,
        guard,
        row,
        untyped: 0,
    };
    if !columns.outline.write(&mut cells, batch.text()) {
        batch.text().extend_from_slice(b"{}");
    }
    batch.end_record(row.place, cells.untyped);
    match batch.is_full() {
        true => batch.flush(sink),
        false => GO_ON,
    }
}

/// The cells of a row as the leaves of a record.
struct Cells<'a> {
    columns: &'a [Column],
    guard: Guard,
    row: Row<'a>,
    untyped: u64,
}

impl Leaves<usize> for Cells<'_> {
    fn has(&self, column: &usize) -> bool {
        !self.row.cell(*column).is_empty()
    }

    fn write(&mut self, column: &usize, out: &mut Vec<u8>) -> bool {
        let cell = self.row.cell(*column);
        let Column::Named { kind, depth } = self.columns[*column] else {
            return false;
        };
        if cell.is_empty() {
            return false;
        }
        let value = Value::of(cell, kind, depth, self.guard);
        self.untyped += u64::from(matches!(value, Value::Untyped(_)));
        value.write(out);
        true
    }
}

fn cells(row: Row<'_>, most: usize) -> String {
    match row.len() > most {
        true => format!("more than {}", counted(most, "cell")),
        false => counted(row.len(), "cell"),
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
