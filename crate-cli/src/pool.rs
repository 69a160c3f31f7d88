//! Threads that read pieces and work on them, and the one that puts them together in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rollcall_core::{ExportedSlice, InspectedSlice, SliceExporter, SliceInspector};

use crate::failure::Failure;
use crate::feed::{Feed, Piece};

/// How many parcels a worker may have filled that wait for those before them.
const PARCELS: usize = 3;

/// A parcel takes more pieces while they are at hand and it holds less: handing one on takes longer
/// than work on a small piece.
const PARCEL: usize = 64 << 10;

/// And while they are no more than these.
const MOST_PIECES: usize = 1024;

/// What a thread can do with a piece before those in front of it are done.
pub trait Work: Send + 'static {
    type Slice: Send;

    /// Works on a piece, as if it held lines of NDJSON, and replaces `rows`.
    fn work(&mut self, piece: &Piece, rows: &mut Vec<u8>) -> Self::Slice;
}

/// What takes all pieces in their order.
pub trait Merge<S> {
    /// Takes a piece, with its slice and rows where somebody has worked on it.
    fn merge(
        &mut self,
        piece: &Piece,
        slice: Option<S>,
        rows: &[u8],
    ) -> Result<ControlFlow<()>, Failure>;

    /// Whether it is worth while to work on pieces that come next.
    fn reads_lines(&self) -> bool;
}

/// Pieces on their way through the threads.
struct Parcel<S> {
    /// Those behind the first `count` are empty ones, to be filled again.
    loads: Vec<Load<S>>,
    count: usize,
    /// Its place in the order.
    number: u64,
    /// Where it goes when it is empty again.
    worker: usize,
    /// Whether there is no piece behind these.
    is_end: bool,
}

/// A piece and what came of the work on it.
struct Load<S> {
    piece: Piece,
    slice: Option<S>,
    rows: Vec<u8>,
}

/// Hands all pieces of the feed to `merge`. One worker or none is no thread at all.
pub fn run<W: Work>(
    mut feed: Feed,
    size: usize,
    workers: Vec<W>,
    merge: &mut impl Merge<W::Slice>,
) -> Result<(), Failure> {
    if workers.len() > 1 {
        return Pool::start(feed, size, workers).run(merge);
    }
    let mut piece = Piece::default();
    while feed.read(&mut piece, size) {
        if take(merge, &mut piece, None, &[])?.is_break() {
            break;
        }
    }
    Ok(())
}

fn take<S>(
    merge: &mut impl Merge<S>,
    piece: &mut Piece,
    slice: Option<S>,
    rows: &[u8],
) -> Result<ControlFlow<()>, Failure> {
    let flow = merge.merge(piece, slice, rows)?;
    match piece.failure.take() {
        Some(failure) if flow.is_continue() => Err(failure),
        _ => Ok(flow),
    }
}

/// Threads at work. They end by themselves once this is gone, and nobody waits for that: one of
/// them may be reading a pipe that says nothing.
struct Pool<S> {
    done: Receiver<Result<Parcel<S>, Panic>>,
    /// To each worker: what it may fill.
    empty: Vec<Sender<Parcel<S>>>,
    is_speculating: Arc<AtomicBool>,
}

/// What a worker has panicked with. The piece that it had is lost, and the others would wait for it.
type Panic = Box<dyn Any + Send>;

/// What only one worker at a time may do: reading.
struct Reading {
    feed: Feed,
    next: u64,
    has_ended: bool,
}

impl<S: Send + 'static> Pool<S> {
    fn start<W: Work<Slice = S>>(feed: Feed, size: usize, workers: Vec<W>) -> Self {
        let (finished, done) = channel();
        let reading = Arc::new(Mutex::new(Reading {
            feed,
            next: 0,
            has_ended: false,
        }));
        // Most files are lines; where this one is not, the first pieces are worked on in vain.
        let is_speculating = Arc::new(AtomicBool::new(true));
        let start = |(index, mut worker): (usize, W)| {
            let (sender, empty) = channel();
            for _ in 0..PARCELS {
                drop(sender.send(Parcel::empty(index)));
            }
            let (finished, reading) = (finished.clone(), Arc::clone(&reading));
            let is_speculating = Arc::clone(&is_speculating);
            thread::spawn(move || {
                let mut fill = |mut parcel: Parcel<S>| {
                    if !read(&reading, &mut parcel, size) {
                        return None;
                    }
                    if is_speculating.load(Ordering::Relaxed) {
                        for load in &mut parcel.loads[..parcel.count] {
                            load.slice = Some(worker.work(&load.piece, &mut load.rows));
                        }
                    }
                    Some(parcel)
                };
                for parcel in empty {
                    // Nobody uses what a panic leaves half done.
                    let filled = catch_unwind(AssertUnwindSafe(|| fill(parcel)));
                    let Some(filled) = filled.transpose() else {
                        break;
                    };
                    if finished.send(filled).is_err() {
                        break;
                    }
                }
            });
            sender
        };
        let empty = workers.into_iter().enumerate().map(start).collect();
        Self {
            done,
            empty,
            is_speculating,
        }
    }

    fn run(self, merge: &mut impl Merge<S>) -> Result<(), Failure> {
        let mut early = BTreeMap::new();
        let mut next = 0;
        for parcel in self.done {
            let parcel = parcel.unwrap_or_else(|panic| resume_unwind(panic));
            early.insert(parcel.number, parcel);
            while let Some(mut parcel) = early.remove(&next) {
                next += 1;
                for load in &mut parcel.loads[..parcel.count] {
                    let slice = load.slice.take();
                    if take(merge, &mut load.piece, slice, &load.rows)?.is_break() {
                        return Ok(());
                    }
                }
                if parcel.is_end {
                    return Ok(());
                }
                self.is_speculating
                    .store(merge.reads_lines(), Ordering::Relaxed);
                // A worker that has seen the end wants no more.
                drop(self.empty[parcel.worker].send(parcel));
            }
        }
        Ok(())
    }
}

/// Reads the next pieces or finds out that there are none, which one worker tells.
fn read<S>(reading: &Mutex<Reading>, parcel: &mut Parcel<S>, size: usize) -> bool {
    let mut reading = reading.lock().unwrap_or_else(PoisonError::into_inner);
    if reading.has_ended {
        return false;
    }
    parcel.fill(&mut reading.feed, size);
    reading.has_ended = parcel.is_end;
    parcel.number = reading.next;
    reading.next += 1;
    true
}

impl<S> Parcel<S> {
    fn empty(worker: usize) -> Self {
        Self {
            loads: Vec::new(),
            count: 0,
            number: 0,
            worker,
            is_end: false,
        }
    }

    fn fill(&mut self, feed: &mut Feed, size: usize) {
        self.count = 0;
        let mut bytes = 0;
        loop {
            if self.count == self.loads.len() {
                self.loads.push(Load {
                    piece: Piece::default(),
                    slice: None,
                    rows: Vec::new(),
                });
            }
            let piece = &mut self.loads[self.count].piece;
            self.is_end = !feed.read(piece, size);
            if self.is_end {
                return;
            }
            self.count += 1;
            self.is_end = piece.failure.is_some();
            bytes += piece.text.len();
            let is_full = bytes >= PARCEL || self.count == MOST_PIECES;
            if self.is_end || is_full || !feed.has_text_at_hand() {
                return;
            }
        }
    }
}

impl Work for SliceExporter {
    type Slice = ExportedSlice;

    fn work(&mut self, piece: &Piece, rows: &mut Vec<u8>) -> ExportedSlice {
        self.export(&piece.text, piece.from, rows)
    }
}

impl Work for SliceInspector {
    type Slice = InspectedSlice;

    fn work(&mut self, piece: &Piece, _: &mut Vec<u8>) -> InspectedSlice {
        self.inspect(&piece.text, piece.from)
    }
}

#[cfg(test)]
mod tests;
