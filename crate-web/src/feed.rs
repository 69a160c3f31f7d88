//! The way of all files into a machine of the core, past the helpers where they can help.

mod packed;

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::pin::Pin;

use js_sys::Uint8Array;
use rollcall_core::{Error, FaultyFile};
use web_sys::File;

use crate::error::{JobError, Stop};
use crate::pool::{Done, Order, Pending, Pool};
use crate::source::{Requested, SLICE, Slices};
use packed::Packed;

/// Bytes that the core gets at once. A small piece bounds what hostile gzip data can unpack to
/// before it is written.
const PIECE: usize = 64 * 1024;

/// What ends the reading of a file before its last byte.
pub(crate) enum Halt {
    /// The machine wants no more of any file.
    Enough,
    Stopped(Stop),
}

impl<T: Into<Stop>> From<T> for Halt {
    fn from(stop: T) -> Self {
        Self::Stopped(stop.into())
    }
}

/// Either the reading goes on, or it ends: `?` hands both ends on.
type Flow = Result<(), Halt>;

fn flow(flow: Result<ControlFlow<()>, Error>) -> Flow {
    match flow? {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Halt::Enough),
    }
}

/// What the bytes are for.
pub(crate) trait Machine {
    /// Takes the next bytes of a file; `Break` wants no more of any file.
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error>;

    /// Reads what is kept back of a file whose text breaks off here.
    fn flush_input(&mut self) -> Result<ControlFlow<()>, Error>;

    /// Ends a file.
    fn end_input(&mut self) -> Result<ControlFlow<()>, Error>;

    /// Counts compressed bytes of a file whose text is pushed.
    fn unpacked(&mut self, bytes: u64);

    /// Whether helpers may work on what comes next.
    fn reads_lines(&self) -> bool;

    /// Takes the whole lines of a slice as a helper has left them; `false` wants them pushed.
    fn take_slice(&mut self, slice: &[u8], rows: &[u8]) -> bool;

    /// Puts away what has gathered, if it is much.
    fn settle(&mut self) -> Settled<'_>;
}

/// Boxed, so that the way of the files is compiled once for all machines.
pub(crate) type Settled<'a> = Pin<Box<dyn Future<Output = Result<(), JobError>> + 'a>>;

/// The files of a command, and who reads them.
pub(crate) struct Feed<'a> {
    files: &'a [File],
    pool: Pool,
    is_cancelled: &'a Cell<bool>,
    /// The piece that the machine gets.
    piece: Vec<u8>,
    /// Rows that a helper has made.
    rows: Vec<u8>,
    /// What helpers work on, in its order.
    queue: VecDeque<(Work, Pending)>,
    /// Memory for text, to use again.
    spare: Vec<Vec<u8>>,
}

/// What a helper works on.
enum Work {
    Slice(Order),
    Text(Vec<u8>),
}

/// Bytes on their way to the machine.
enum Bytes<'a> {
    Outside(Uint8Array),
    /// In the engine's memory.
    Inside(&'a [u8]),
}

impl<'a> Feed<'a> {
    pub(crate) fn new(files: &'a [File], pool: Pool, is_cancelled: &'a Cell<bool>) -> Self {
        Self {
            files,
            pool,
            is_cancelled,
            piece: Vec::with_capacity(PIECE),
            rows: Vec::new(),
            queue: VecDeque::new(),
            spare: Vec::new(),
        }
    }

    /// The size of all files.
    pub(crate) fn bytes_total(&self) -> f64 {
        self.files.iter().map(|file| file.size()).sum()
    }

    /// Whether somebody wants no more of it.
    pub(crate) fn is_cancelled(&self) -> &'a Cell<bool> {
        self.is_cancelled
    }

    /// Brings all files to the machine until it has enough.
    pub(crate) async fn run(mut self, machine: &mut dyn Machine) -> Result<(), Stop> {
        for index in 0..self.files.len() {
            match self.file(index, machine).await {
                Ok(()) => {}
                Err(Halt::Enough) => break,
                Err(Halt::Stopped(stop)) => return Err(in_file(stop, self.files, index)),
            }
        }
        Ok(())
    }

    async fn file(&mut self, index: usize, machine: &mut dyn Machine) -> Flow {
        let file = &self.files[index];
        let mut slices = Slices::new(file);
        let mut packed = match self.pool.has_room() {
            true => Packed::of(file).await?,
            false => None,
        };
        loop {
            let is_much_left = packed.is_none() && file.size() - slices.end() > SLICE;
            if is_much_left && self.pool.has_room() && machine.reads_lines() {
                self.with_helpers(index, &mut slices, machine).await?;
            }
            let Some(slice) = slices.next().await? else {
                break;
            };
            match &mut packed {
                Some(packed) => {
                    self.unpack(packed, slice, machine).await?;
                    if packed.is_damaged() {
                        break;
                    }
                }
                None => self.push(Bytes::Outside(slice), machine).await?,
            }
        }
        if let Some(packed) = packed {
            self.end(packed, machine).await?;
        }
        flow(machine.end_input())
    }

    /// Brings the slice that was asked for, and those behind it as the helpers leave them, until
    /// the file ends or no helper is left.
    async fn with_helpers(
        &mut self,
        index: usize,
        slices: &mut Slices<'_>,
        machine: &mut dyn Machine,
    ) -> Flow {
        let mut from = slices.end();
        self.order(index, &mut from);
        if let Some(slice) = slices.requested().await? {
            self.push(Bytes::Outside(slice), machine).await?;
        }
        self.order(index, &mut from);
        while self.merge(machine).await? {
            self.order(index, &mut from);
        }
        slices.skip_to(from);
        Ok(())
    }

    /// Gives the helpers as much to do as they have room for.
    fn order(&mut self, file: usize, from: &mut f64) {
        let size = self.files[file].size();
        while *from < size {
            let to = (*from + SLICE).min(size);
            let order = Order {
                file,
                from: *from,
                to,
            };
            let Some(pending) = self.pool.order(&order) else {
                break;
            };
            self.queue.push_back((Work::Slice(order), pending));
            *from = to;
        }
    }

    /// Brings to the machine what a helper has done first of all; `false` where nothing is left.
    async fn merge(&mut self, machine: &mut dyn Machine) -> Result<bool, Halt> {
        let Some((work, pending)) = self.queue.pop_front() else {
            return Ok(false);
        };
        let mut head = 0;
        let mut rest = None;
        match pending.done().await {
            Done::Worked(worked) => {
                head = worked.head.length();
                self.push(Bytes::Outside(worked.head), machine).await?;
                if self.take_slice(&worked.slice, &worked.rows, machine) {
                    self.settle(machine).await?;
                    rest = Some(Bytes::Outside(worked.tail));
                }
            }
            Done::Failed(error) => return Err(error.into()),
            // Where the engine broke down at a record, it does so here and names it.
            Done::Lost => {}
        }
        let rest = match (rest, &work) {
            (Some(tail), _) => tail,
            (None, Work::Text(text)) => Bytes::Inside(&text[head as usize..]),
            (None, Work::Slice(order)) => {
                let file = &self.files[order.file];
                let slice = Requested::new(file, order.from, order.to).bytes().await?;
                Bytes::Outside(slice.subarray(head, slice.length()))
            }
        };
        self.push(rest, machine).await?;
        if let Work::Text(text) = work {
            self.spare.push(text);
        }
        Ok(true)
    }

    fn take_slice(
        &mut self,
        slice: &Uint8Array,
        rows: &Uint8Array,
        machine: &mut dyn Machine,
    ) -> bool {
        self.rows.resize(rows.length() as usize, 0);
        rows.copy_to(&mut self.rows);
        machine.take_slice(&slice.to_vec(), &self.rows)
    }

    /// Brings bytes to the machine, piece by piece.
    async fn push(&mut self, bytes: Bytes<'_>, machine: &mut dyn Machine) -> Flow {
        let mut start = 0;
        loop {
            let piece = bytes.piece(start, &mut self.piece);
            if piece.is_empty() {
                return Ok(());
            }
            start += piece.len();
            flow(machine.push(piece))?;
            self.settle(machine).await?;
        }
    }

    async fn settle(&self, machine: &mut dyn Machine) -> Flow {
        machine.settle().await.map_err(Stop::Unwritten)?;
        // Word may have come while something was waited for.
        match self.is_cancelled.get() {
            true => Err(Stop::Cancelled.into()),
            false => Ok(()),
        }
    }
}

impl Bytes<'_> {
    /// The piece that begins at this byte, brought into the engine's memory; behind the end it is
    /// empty.
    fn piece<'a>(&'a self, start: usize, memory: &'a mut Vec<u8>) -> &'a [u8] {
        match self {
            Self::Outside(bytes) => {
                let end = bytes.length().min(start as u32 + PIECE as u32);
                let piece = bytes.subarray(start as u32, end);
                memory.resize(piece.length() as usize, 0);
                piece.copy_to(memory);
                memory
            }
            Self::Inside(bytes) => &bytes[start..bytes.len().min(start + PIECE)],
        }
    }
}

/// Says which of several files cannot be read.
fn in_file(mut stop: Stop, files: &[File], index: usize) -> Stop {
    if let (Stop::Failed(error), [_, _, ..]) = (&mut stop, files) {
        let name = files[index].name();
        error.file = Some(Box::new(FaultyFile { index, name }));
    }
    stop
}
