//! Compressed files: the job's worker unpacks, helpers work on the text.

use std::collections::VecDeque;
use std::mem;
use std::ops::ControlFlow;

use rollcall_core::{Error, Unpacker};

use super::{ENOUGH, Feed, Flow, GO_ON, Machine, PIECE};
use crate::pool::{Done, Pending};
use crate::source::{Requested, Slices};

/// Text is handed to helpers by this much.
const TEXT: usize = 1 << 20;

impl Feed<'_> {
    /// What unpacks the file, if it is compressed.
    pub(super) async fn unpacker(&self, index: usize) -> Result<Option<Unpacker>, Error> {
        let file = &self.files[index];
        let start = Requested::new(file, 0.0, file.size().min(2.0));
        Ok(Unpacker::of(&start.bytes().await?.to_vec()))
    }

    /// Unpacks the file, while the helpers work on its text.
    pub(super) async fn packed(
        &mut self,
        mut unpacker: Unpacker,
        mut slices: Slices<'_>,
        machine: &mut dyn Machine,
    ) -> Flow {
        let mut texts = Texts::default();
        while let Some(slice) = slices.next().await? {
            for start in (0..slice.length()).step_by(PIECE as usize) {
                let piece = slice.subarray(start, (start + PIECE).min(slice.length()));
                self.piece.resize(piece.length() as usize, 0);
                piece.copy_to(&mut self.piece);
                let chunk = mem::take(&mut self.piece);
                let flow = self
                    .unpack(&mut unpacker, &chunk, &mut texts, machine)
                    .await;
                self.piece = chunk;
                if flow?.is_break() {
                    return ENOUGH;
                }
            }
        }
        if self.finish(&mut texts, machine).await?.is_break() {
            return ENOUGH;
        }
        unpacker.end()?;
        Ok(machine.end_input()?)
    }

    async fn unpack(
        &mut self,
        unpacker: &mut Unpacker,
        mut chunk: &[u8],
        texts: &mut Texts,
        machine: &mut dyn Machine,
    ) -> Flow {
        while !chunk.is_empty() {
            let before = chunk.len();
            let unpacked = unpacker.unpack(&mut chunk, texts.filling());
            machine.unpacked((before - chunk.len()) as u64);
            if let Err(error) = unpacked {
                // What stands before the fault is read.
                return match self.finish(texts, machine).await? {
                    ControlFlow::Continue(()) => Err(error.into()),
                    ControlFlow::Break(()) => ENOUGH,
                };
            }
            if texts.is_full() && self.pass_on(texts, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        GO_ON
    }

    /// Has the text that was filled worked on, once there is room for it.
    async fn pass_on(&mut self, texts: &mut Texts, machine: &mut dyn Machine) -> Flow {
        while !texts.waiting.is_empty() && !self.pool.has_room() {
            if self.merge_text(texts, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        let (from, text) = texts.take();
        if machine.reads_lines()
            && let Some(pending) = self.pool.order_text(from, &text)
        {
            texts.waiting.push_back((text, pending));
            return GO_ON;
        }
        while !texts.waiting.is_empty() {
            if self.merge_text(texts, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        let flow = self.push_text(&text, machine).await;
        texts.spare.push(text);
        flow
    }

    /// Brings all texts to the machine.
    async fn finish(&mut self, texts: &mut Texts, machine: &mut dyn Machine) -> Flow {
        while !texts.waiting.is_empty() {
            if self.merge_text(texts, machine).await?.is_break() {
                return ENOUGH;
            }
        }
        let (_, text) = texts.take();
        self.push_text(&text, machine).await
    }

    /// Brings the first text that waits to the machine, as the helper has left it.
    async fn merge_text(&mut self, texts: &mut Texts, machine: &mut dyn Machine) -> Flow {
        let Some((text, pending)) = texts.waiting.pop_front() else {
            return GO_ON;
        };
        let flow = match pending.done().await {
            Done::Worked(worked) => {
                let head = worked.head.length() as usize;
                let tail = text.len() - worked.tail.length() as usize;
                if self.push_text(&text[..head], machine).await?.is_break() {
                    return ENOUGH;
                }
                if !self.take_slice(&worked, machine)
                    && self.push_text(&text[head..tail], machine).await?.is_break()
                {
                    return ENOUGH;
                }
                self.push_text(&text[tail..], machine).await?
            }
            Done::Failed(error) => return Err(error.into()),
            Done::Lost => self.push_text(&text, machine).await?,
        };
        texts.spare.push(text);
        Ok(flow)
    }

    async fn push_text(&mut self, text: &[u8], machine: &mut dyn Machine) -> Flow {
        for piece in text.chunks(PIECE as usize) {
            if machine.push(piece)?.is_break() {
                return ENOUGH;
            }
            self.settle(machine).await?;
        }
        GO_ON
    }
}

/// The text of a compressed file, on its way.
#[derive(Default)]
struct Texts {
    /// Where the text begins that is being filled.
    from: u64,
    filling: Vec<u8>,
    /// Those that helpers work on, in their order.
    waiting: VecDeque<(Vec<u8>, Pending)>,
    /// Memory to use again.
    spare: Vec<Vec<u8>>,
}

impl Texts {
    /// What an unpacker fills.
    fn filling(&mut self) -> &mut Vec<u8> {
        if self.filling.capacity() == 0 {
            self.filling = self.spare.pop().unwrap_or_default();
            self.filling.clear();
            self.filling.reserve_exact(TEXT);
        }
        &mut self.filling
    }

    fn is_full(&self) -> bool {
        self.filling.len() == self.filling.capacity()
    }

    /// The text, and where it begins.
    fn take(&mut self) -> (u64, Vec<u8>) {
        let (from, text) = (self.from, mem::take(&mut self.filling));
        self.from += text.len() as u64;
        (from, text)
    }
}
