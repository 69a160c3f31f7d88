//! A pass of the core, as it is fed with files.

use std::ops::ControlFlow;

use rollcall_core::slice::Slice;
use rollcall_core::{Error, Pass};

use crate::feed::{Machine, Settled};

/// What is done with what a pass has written and found.
pub(crate) trait Delivery {
    type Pass: Pass;

    /// Called after each bit of the input, even one that the pass has failed at.
    fn report(&mut self, pass: &mut Self::Pass);

    /// Puts away what has gathered, if it is much.
    fn settle<'a>(&'a mut self, pass: &'a Self::Pass, out: &'a mut Vec<u8>) -> Settled<'a>;
}

/// A run under way.
pub(crate) struct Run<D: Delivery> {
    pub pass: D::Pass,
    pub delivery: D,
    /// What is to be written.
    pub out: Vec<u8>,
}

impl<D: Delivery> Run<D> {
    pub(crate) fn new(pass: D::Pass, delivery: D) -> Self {
        Self {
            pass,
            delivery,
            out: Vec::new(),
        }
    }

    /// Calls the pass, and reports what that has brought before its result.
    fn call<T>(&mut self, call: impl FnOnce(&mut D::Pass, &mut Vec<u8>) -> T) -> T {
        let result = call(&mut self.pass, &mut self.out);
        self.delivery.report(&mut self.pass);
        result
    }
}

impl<D: Delivery> Machine for Run<D> {
    fn push(&mut self, piece: &[u8]) -> Result<ControlFlow<()>, Error> {
        self.call(|pass, out| pass.push(piece, out))
    }

    fn flush_input(&mut self) -> Result<ControlFlow<()>, Error> {
        self.call(D::Pass::flush_input)
    }

    fn end_input(&mut self) -> Result<ControlFlow<()>, Error> {
        self.call(D::Pass::end_input)
    }

    fn unpacked(&mut self, bytes: u64) {
        self.pass.unpacked(bytes);
    }

    fn reads_lines(&self) -> bool {
        self.pass.reads_lines()
    }

    fn take_slice(&mut self, slice: &[u8], rows: &[u8]) -> bool {
        self.call(|pass, out| {
            Slice::from_bytes(slice).is_some_and(|slice| pass.take_slice(slice, rows, out))
        })
    }

    fn settle(&mut self) -> Settled<'_> {
        self.delivery.settle(&self.pass, &mut self.out)
    }
}
