//! Workers that panic, in builds that unwind.

use std::io::Write;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::{Merge, Work, run};
use crate::disk::RealDisk;
use crate::failure::Failure;
use crate::feed::{Feed, Piece};

const SIZE: usize = 64;
const PIECES: u64 = 40;

/// Panics at the piece that begins here.
struct Panicking {
    at: u64,
}

impl Work for Panicking {
    type Slice = ();

    fn work(&mut self, piece: &Piece, _: &mut Vec<u8>) {
        assert_ne!(piece.from, self.at, "a fault of the worker");
    }
}

/// Counts the pieces.
#[derive(Default)]
struct Counting(u64);

impl Merge<()> for Counting {
    fn merge(&mut self, _: &Piece, _: Option<()>, _: &[u8]) -> Result<ControlFlow<()>, Failure> {
        self.0 += 1;
        Ok(ControlFlow::Continue(()))
    }

    fn reads_lines(&self) -> bool {
        true
    }
}

#[test]
fn a_worker_that_panics_ends_the_run_with_its_panic() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&vec![b'\n'; SIZE * PIECES as usize])
        .unwrap();
    for (workers, piece) in [(2, 0), (2, 7), (3, 20), (8, PIECES - 1)] {
        let feed = Feed::new(vec![file.path().to_owned()], Arc::new(RealDisk));
        let (sender, ended) = channel();
        // In a thread of its own: what is tested is whether it ends at all.
        thread::spawn(move || {
            let at = piece * SIZE as u64;
            let workers = (0..workers).map(|_| Panicking { at }).collect();
            let mut merge = Counting::default();
            let outcome = catch_unwind(AssertUnwindSafe(|| run(feed, SIZE, workers, &mut merge)));
            sender.send((outcome.is_err(), merge.0)).unwrap();
        });
        let (has_panicked, merged) = ended
            .recv_timeout(Duration::from_secs(60))
            .unwrap_or_else(|_| panic!("{workers} workers wait for piece {piece}"));
        assert!(has_panicked);
        assert!(merged <= piece, "{merged} pieces of {piece}");
    }
}
