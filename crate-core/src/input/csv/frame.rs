//! From bytes to rows, with the places that they have in the file.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use memchr::memchr_iter;

use crate::effort::spend;
use crate::input::record::Place;

/// How many bytes are read at once, at most.
const PIECE: usize = 64 << 10;

/// How a file separates cells and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub separator: u8,
    /// A line feed, which may have a carriage return before it; or a carriage return alone.
    pub terminator: u8,
}

/// A row as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// That of its first byte.
    pub place: Place,
    /// Its bytes in the file, without the end of the row; none of a row that is too large.
    pub raw: &'a [u8],
    pub is_too_large: bool,
    text: &'a [u8],
    ends: &'a [usize],
    count: usize,
}

impl<'a> Row<'a> {
    /// The number of cells; of more than are kept, some number above that.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The text of a cell.
    pub(super) fn cell(&self, index: usize) -> &'a [u8] {
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.ends[before],
        };
        &self.text[start..self.ends[index]]
    }

    pub(super) fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).map(move |index| self.cell(index))
    }
}

/// Takes bytes, cut anywhere, and gives rows.
#[derive(Debug)]
pub(super) struct Frame {
    reader: Reader,
    terminator: u8,
    max_row_size: usize,
    /// More cells than this are not kept.
    max_cells: usize,
    /// Where the current row starts, and where the next byte is.
    start: Place,
    here: Place,
    /// The text of the cells of the current row, and how much of it is used.
    text: Vec<u8>,
    filled: usize,
    /// Where each cell ends in it, and how many of these are used.
    ends: Vec<usize>,
    count: usize,
    /// The part of the current row from earlier pieces.
    raw: Vec<u8>,
    is_too_large: bool,
    /// Whether the current row has ended: the next byte starts another one.
    is_over: bool,
}

impl Frame {
    pub(super) fn new(form: Form, max_row_size: usize, place: Place) -> Self {
        let mut builder = ReaderBuilder::new();
        builder
            .delimiter(form.separator)
            .terminator(Terminator::Any(form.terminator));
        let mut reader = builder.build();
        // It would skip a byte order mark in the first bytes that it gets, if the mark is not cut.
        reader.read_record(&[form.terminator], &mut [0], &mut [0]);
        Self {
            reader,
            terminator: form.terminator,
            max_row_size,
            max_cells: usize::MAX,
            start: place,
            here: place,
            text: Vec::new(),
            filled: 0,
            ends: vec![0; 16],
            count: 0,
            raw: Vec::new(),
            is_too_large: false,
            is_over: true,
        }
    }

    /// Keeps no more cells of a row than this.
    pub(super) fn keep_cells(&mut self, max_cells: usize) {
        self.max_cells = max_cells;
    }

    /// Where the next byte is.
    pub(super) fn here(&self) -> Place {
        self.here
    }

    /// Takes some or all bytes of a chunk that is not empty; gives the row that ends with them.
    pub(super) fn read<'a>(&'a mut self, chunk: &'a [u8]) -> (usize, Option<Row<'a>>) {
        let mut used = 0;
        if self.is_over {
            // Rows without anything on them are no rows.
            let is_end = |byte: &&u8| **byte == self.terminator;
            used = chunk.iter().take_while(is_end).count();
            self.here.byte += used as u64;
            self.here.line += used as u64;
            if used == chunk.len() {
                return (used, None);
            }
            self.start_row();
        }
        let piece = &chunk[used..chunk.len().min(used + PIECE)];
        let wanted = self.filled + piece.len();
        if self.text.len() < wanted {
            self.text.resize(wanted.max(2 * self.text.len()), 0);
        }
        if self.count == self.ends.len() {
            match self.count > self.max_cells {
                // One of them stands for all that are not kept.
                true => self.count -= 1,
                false => self.ends.resize(2 * self.count, 0),
            }
        }
        let (result, length, filled, count) = self.reader.read_record(
            piece,
            &mut self.text[self.filled..],
            &mut self.ends[self.count..],
        );
        let piece = &piece[..length];
        spend(length);
        used += length;
        self.filled += filled;
        self.count += count;
        self.here.byte += length as u64;
        self.here.line += memchr_iter(self.terminator, piece).count() as u64;
        let is_row = result == ReadRecordResult::Record;
        if !is_row || !self.raw.is_empty() {
            self.raw.extend_from_slice(piece);
        }
        // The end of a row may be two bytes long.
        if self.is_too_large || self.raw.len() > self.max_row_size.saturating_add(2) {
            self.is_too_large = true;
            self.raw.clear();
            (self.filled, self.count) = (0, 0);
        }
        if !is_row {
            return (used, None);
        }
        self.is_over = true;
        let raw = match self.raw.is_empty() {
            true => piece,
            false => &self.raw,
        };
        let mut raw = raw.strip_suffix(&[self.terminator]).unwrap_or(raw);
        if let ([rest @ .., b'\r'], b'\n') = (raw, self.terminator) {
            raw = rest;
            // It was read as the end of the last cell.
            if !self.is_too_large {
                self.filled -= 1;
                self.ends[self.count - 1] = self.filled;
            }
        }
        if raw.is_empty() && !self.is_too_large {
            return (used, None);
        }
        let is_too_large = self.is_too_large || raw.len() > self.max_row_size;
        let row = Row {
            place: self.start,
            raw: if is_too_large { &[] } else { raw },
            is_too_large,
            text: &self.text[..self.filled],
            ends: &self.ends[..self.count],
            count: self.count,
        };
        (used, Some(row))
    }

    /// The last row of a file, which needs no end; there is none if a quoted cell is still open.
    pub(super) fn finish(&mut self) -> Option<Row<'_>> {
        if self.is_over {
            return None;
        }
        // Between quotes it would be text.
        self.read(match self.terminator {
            b'\r' => b"\r",
            _ => b"\n",
        })
        .1
    }

    /// Where a row starts that has not ended.
    pub(super) fn open_row(&self) -> Option<Place> {
        (!self.is_over).then_some(self.start)
    }

    fn start_row(&mut self) {
        self.is_over = false;
        self.start = self.here;
        (self.filled, self.count) = (0, 0);
        self.raw.clear();
        self.is_too_large = false;
    }
}
