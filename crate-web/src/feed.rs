//! The way of all files into a machine of the core, past the helpers where they can help.

mod packed;

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::pin::Pin;

use js_sys::Uint8Array;
use rollcall_core::Error;
use web_sys::File;

use crate::job::Stop;
use crate::pool::{Done, Order, Pending, Pool, Worked};
use crate::source::{Requested, SLICE, Slices};

/// Bytes that the core gets at once. A small piece bounds what hostile gzip data can unpack to
/// before it is written.
const PIECE: u32 = 64 * 1024;

const GO_ON: Flow = Ok(ControlFlow::Continue(()));
const ENOUGH: Flow = Ok(ControlFlow::Break(()));

type Flow = Result<ControlFlow<()>, Stop>;

/// What the bytes are for.
pub(crate) trait Machine {
    /// Takes the next bytes of a file; `Break` wants no more of any file.
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error>;

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
pub(crate) type Settled<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// The files of a command, and who reads them.
pub(crate) struct Feed<'a> {
    files: &'a [File],
    pool: Pool,
    is_cancelled: &'a Cell<bool>,
    /// The piece that the machine gets.
    piece: Vec<u8>,
    /// Rows that a helper has made.
    rows: Vec<u8>,
}

impl<'a> Feed<'a> {
    pub(crate) fn new(files: &'a [File], pool: Pool, is_cancelled: &'a Cell<bool>) -> Self {
        Self {
            files,
            pool,
            is_cancelled,
            piece: Vec::with_capacity(PIECE as usize),
            rows: Vec::new(),
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
            let flow = self.file(index, machine).await;
            if flow
                .map_err(|stop| in_file(stop, self.files, index))?
                .is_break()
            {
                break;
            }
        }
        Ok(())
    }

    async fn file(&mut self, index: usize, machine: &mut dyn Machine) -> Flow {
        let mut slices = Slices::new(&self.files[index]);
        if self.pool.has_room()
            && let Some(unpacker) = self.unpacker(index).await?
        {
            return self.packed(unpacker, slices, machine).await;
        }
        loop {
            let is_much_left = self.files[index].size() - slices.end() > SLICE;
            if is_much_left && self.pool.has_room() && machine.reads_lines() {
                let flow = self.with_helpers(index, &mut slices, machine).await?;
                if flow.is_break() {
                    return ENOUGH;
                }
            }
            let Some(slice) = slices.next().await? else {
                break;
            };
            if self.push(&slice, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        Ok(machine.end_input()?)
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
        let mut queue = VecDeque::new();
        self.order(index, &mut from, &mut queue);
        if let Some(slice) = slices.requested().await?
            && self.push(&slice, machine).await?.is_break()
        {
            return ENOUGH;
        }
        loop {
            self.order(index, &mut from, &mut queue);
            let Some((order, pending)) = queue.pop_front() else {
                break;
            };
            let flow = match pending.done().await {
                Done::Worked(worked) => self.merge(&order, &worked, machine).await?,
                Done::Failed(error) => return Err(error.into()),
                // Where the engine broke down at a record, it does so here and names it.
                Done::Lost => {
                    let bytes = self.read(&order).await?;
                    self.push(&bytes, machine).await?
                }
            };
            if flow.is_break() {
                return ENOUGH;
            }
        }
        slices.skip_to(from);
        GO_ON
    }

    fn take_slice(&mut self, worked: &Worked, machine: &mut dyn Machine) -> bool {
        self.rows.resize(worked.rows.length() as usize, 0);
        worked.rows.copy_to(&mut self.rows);
        machine.take_slice(&worked.slice.to_vec(), &self.rows)
    }

    /// Gives the helpers as much to do as they have room for.
    fn order(&mut self, file: usize, from: &mut f64, queue: &mut VecDeque<(Order, Pending)>) {
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
            queue.push_back((order, pending));
            *from = to;
        }
    }

    async fn merge(&mut self, order: &Order, worked: &Worked, machine: &mut dyn Machine) -> Flow {
        if self.push(&worked.head, machine).await?.is_break() {
            return ENOUGH;
        }
        if !self.take_slice(worked, machine) {
            let bytes = self.read(order).await?;
            let end = bytes.length() - worked.tail.length();
            let lines = bytes.subarray(worked.head.length(), end);
            if self.push(&lines, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        self.settle(machine).await?;
        self.push(&worked.tail, machine).await
    }

    async fn read(&self, order: &Order) -> Result<Uint8Array, Error> {
        let file = &self.files[order.file];
        Requested::new(file, order.from, order.to).bytes().await
    }

    /// Brings bytes into the engine's memory, and to the machine, piece by piece.
    async fn push(&mut self, bytes: &Uint8Array, machine: &mut dyn Machine) -> Flow {
        for start in (0..bytes.length()).step_by(PIECE as usize) {
            let piece = bytes.subarray(start, (start + PIECE).min(bytes.length()));
            self.piece.resize(piece.length() as usize, 0);
            piece.copy_to(&mut self.piece);
            if machine.push(&self.piece)?.is_break() {
                return ENOUGH;
            }
            self.settle(machine).await?;
        }
        GO_ON
    }

    async fn settle(&self, machine: &mut dyn Machine) -> Result<(), Stop> {
        machine.settle().await.map_err(Stop::Unwritten)?;
        // Word may have come while something was waited for.
        if self.is_cancelled.get() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}

/// Says which of several files cannot be read.
fn in_file(stop: Stop, files: &[File], index: usize) -> Stop {
    match (stop, files) {
        (Stop::Failed(error), [_, _, ..]) => Stop::Failed(error.in_file(&files[index].name())),
        (stop, _) => stop,
    }
}
