//! A run of a command: pieces of its inputs, read by a pass of the core.

use std::ops::ControlFlow;

use rollcall_core::slice::Slice;
use rollcall_core::{Error, Pass};

use crate::failure::Failure;
use crate::feed::Piece;
use crate::input::{CHUNK, Inputs};
use crate::pool::Merge;

/// What a command does with what a pass has written and found.
pub trait Delivery {
    type Pass: Pass;

    /// Called after each chunk of input, even if the pass failed at it.
    fn after_push(&mut self, pass: &mut Self::Pass, out: &mut Vec<u8>) -> Result<(), Failure>;

    /// Called after each piece that was processed without failing.
    fn after_piece(&mut self, pass: &mut Self::Pass, out: &mut Vec<u8>) -> Result<(), Failure>;
}

/// The run in progress.
pub struct Run<'a, D: Delivery> {
    pub pass: D::Pass,
    pub delivery: D,
    /// Output of the pass not yet delivered.
    pub out: Vec<u8>,
    inputs: &'a Inputs,
}

impl<'a, D: Delivery> Run<'a, D> {
    pub fn new(pass: D::Pass, delivery: D, inputs: &'a Inputs) -> Self {
        Self {
            pass,
            delivery,
            out: Vec::new(),
            inputs,
        }
    }

    /// Ends the run with a last call of the pass.
    pub fn finish<T>(
        &mut self,
        finish: impl FnOnce(&mut D::Pass, &mut Vec<u8>) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let result = finish(&mut self.pass, &mut self.out);
        self.check(result)
    }

    /// Delivers the results of a call of the pass, then passes on its return value.
    fn check<T>(&mut self, result: Result<T, Error>) -> Result<T, Failure> {
        let (delivery, pass) = (&mut self.delivery, &mut self.pass);
        check(delivery, self.inputs, pass, &mut self.out, result)
    }
}

fn check<D: Delivery, T>(
    delivery: &mut D,
    inputs: &Inputs,
    pass: &mut D::Pass,
    out: &mut Vec<u8>,
    result: Result<T, Error>,
) -> Result<T, Failure> {
    delivery.after_push(pass, out)?;
    result.map_err(|error| inputs.name(error).into())
}

impl<D: Delivery> Merge<Slice<<D::Pass as Pass>::Lines>> for Run<'_, D> {
    fn merge(
        &mut self,
        piece: &Piece,
        slice: Option<Slice<<D::Pass as Pass>::Lines>>,
        rows: &[u8],
    ) -> Result<ControlFlow<()>, Failure> {
        if let Some(bytes) = piece.packed {
            self.pass.unpacked(bytes);
        }
        let (delivery, inputs) = (&mut self.delivery, self.inputs);
        // In small chunks, so that little output and few reports pile up.
        let push = |pass: &mut D::Pass, text: &[u8], out: &mut Vec<u8>| -> Result<_, Failure> {
            for chunk in text.chunks(CHUNK) {
                let flow = pass.push(chunk, out);
                if check(delivery, inputs, pass, out, flow)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        };
        let slice = slice.map(|slice| (slice, rows));
        let mut flow = self.pass.merge(&piece.text, slice, &mut self.out, push)?;
        if flow.is_continue() && piece.failure.is_some() {
            let flushed = self.pass.flush_input(&mut self.out);
            flow = self.check(flushed)?;
        } else if flow.is_continue() && piece.is_last {
            let ended = self.pass.end_input(&mut self.out);
            flow = self.check(ended)?;
        }
        self.delivery.after_piece(&mut self.pass, &mut self.out)?;
        Ok(flow)
    }

    fn reads_lines(&self) -> bool {
        self.pass.reads_lines()
    }
}
