//! Threads that read pieces and work on them, and one that merges the results in order.

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

/// How many filled parcels per worker may wait for earlier ones.
const PARCELS: usize = 3;

/// A parcel takes more available pieces until it holds this many bytes: passing it on takes longer
/// than processing a small piece.
const PARCEL: usize = 64 << 10;

/// The most pieces in a parcel.
const MOST_PIECES: usize = 1024;

/// What a thread can do with a piece before earlier pieces are done.
pub trait Work: Send + 'static {
    type Slice: Send;

    /// Processes a piece as if it held lines of NDJSON, and replaces `rows`.
    fn work(&mut self, piece: &Piece, rows: &mut Vec<u8>) -> Self::Slice;
}

/// Takes all pieces in order.
pub trait Merge<S> {
    /// Takes a piece, with its slice and rows if a worker has processed it.
    fn merge(
        &mut self,
        piece: &Piece,
        slice: Option<S>,
        rows: &[u8],
    ) -> Result<ControlFlow<()>, Failure>;

    /// Whether it is worth processing the next pieces ahead of time.
    fn reads_lines(&self) -> bool;
}

/// Pieces on their way through the threads.
struct Parcel<S> {
    /// Only the first `count` are filled; the rest are kept for reuse.
    loads: Vec<Load<S>>,
    count: usize,
    /// Its place in the order.
    number: u64,
    /// The worker it returns to for reuse.
    worker: usize,
    /// Whether these are the last pieces.
    is_end: bool,
}

/// A piece and the result of processing it.
struct Load<S> {
    piece: Piece,
    slice: Option<S>,
    rows: Vec<u8>,
}

/// Passes all pieces of the feed to `merge`. With fewer than two workers, no thread is started.
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

/// Running threads. They end by themselves once this is dropped. Nothing waits for them: one may
/// be blocked on a silent pipe.
struct Pool<S> {
    done: Receiver<Result<Parcel<S>, Panic>>,
    /// To each worker: parcels to fill.
    empty: Vec<Sender<Parcel<S>>>,
    is_speculating: Arc<AtomicBool>,
}

/// A worker's panic. Its piece is lost, and the merge would wait for it forever.
type Panic = Box<dyn Any + Send>;

/// Reading, which only one worker may do at a time.
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
        // Most files are NDJSON; if this one is not, the work on the first pieces is wasted.
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
                    // Nothing uses what a panic leaves half done.
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
                // A worker that has seen the end takes no more.
                drop(self.empty[parcel.worker].send(parcel));
            }
        }
        Ok(())
    }
}

/// Reads the next pieces; `false` once the end has been reported.
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
