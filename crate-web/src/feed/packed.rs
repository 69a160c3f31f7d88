//! Compressed files: the job's worker unpacks, helpers work on the text.

use std::mem;

use js_sys::Uint8Array;
use rollcall_core::Unpacker;
use web_sys::File;

use super::{Bytes, Feed, Flow, Machine, Work, flow};
use crate::error::JobError;
use crate::source::Requested;

/// Text is handed to helpers by this much.
const TEXT: usize = 1 << 20;

/// A compressed file, on its way.
pub(super) struct Packed {
    unpacker: Unpacker,
    /// Why nothing more of it can be unpacked.
    fault: Option<JobError>,
    piece: Vec<u8>,
    /// Where the text begins that is being filled.
    from: u64,
    text: Vec<u8>,
}

impl Packed {
    /// `None` for a file that is not compressed.
    pub(super) async fn of(file: &File) -> Result<Option<Self>, JobError> {
        let start = Requested::new(file, 0.0, file.size().min(2.0));
        let unpacker = Unpacker::of(&start.bytes().await?.to_vec());
        Ok(unpacker.map(|unpacker| Self {
            unpacker,
            fault: None,
            piece: Vec::new(),
            from: 0,
            text: Vec::new(),
        }))
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.fault.is_some()
    }
}

impl Feed<'_> {
    /// Unpacks a slice of the file, while the helpers work on its text.
    pub(super) async fn unpack(
        &mut self,
        packed: &mut Packed,
        slice: Uint8Array,
        machine: &mut dyn Machine,
    ) -> Flow {
        let bytes = Bytes::Outside(slice);
        let (mut start, mut memory) = (0, mem::take(&mut packed.piece));
        while !packed.is_damaged() {
            let mut chunk = bytes.piece(start, &mut memory);
            if chunk.is_empty() {
                break;
            }
            start += chunk.len();
            while !chunk.is_empty() && !packed.is_damaged() {
                if packed.text.len() == packed.text.capacity() {
                    self.pass_on(packed, machine).await?;
                }
                let before = chunk.len();
                let unpacked = packed.unpacker.unpack(&mut chunk, &mut packed.text);
                packed.fault = unpacked.err().map(JobError::new);
                machine.unpacked((before - chunk.len()) as u64);
            }
        }
        packed.piece = memory;
        Ok(())
    }

    /// Has the text that was filled worked on, once there is room for it, and begins another.
    async fn pass_on(&mut self, packed: &mut Packed, machine: &mut dyn Machine) -> Flow {
        while !self.pool.has_room() && self.merge(machine).await? {}
        let text = mem::take(&mut packed.text);
        let from = packed.from;
        packed.from += text.len() as u64;
        let pending = match !text.is_empty() && machine.reads_lines() {
            true => self.pool.order_text(from, &text),
            false => None,
        };
        match pending {
            Some(pending) => self.queue.push_back((Work::Text(text), pending)),
            None => {
                while self.merge(machine).await? {}
                self.push(Bytes::Inside(&text), machine).await?;
                self.spare.push(text);
            }
        }
        packed.text = self.spare.pop().unwrap_or_default();
        packed.text.clear();
        packed.text.reserve_exact(TEXT);
        Ok(())
    }

    /// Brings the last text to the machine, also that before a fault, which is told behind it.
    pub(super) async fn end(&mut self, mut packed: Packed, machine: &mut dyn Machine) -> Flow {
        // More text may wait that found no room, also behind the last byte.
        while packed.text.len() == packed.text.capacity() && !packed.is_damaged() {
            self.pass_on(&mut packed, machine).await?;
            let unpacked = packed.unpacker.unpack(&mut [].as_slice(), &mut packed.text);
            packed.fault = unpacked.err().map(JobError::new);
        }
        self.pass_on(&mut packed, machine).await?;
        while self.merge(machine).await? {}
        let fault = packed
            .fault
            .or_else(|| packed.unpacker.end().err().map(JobError::new));
        match fault {
            Some(fault) => {
                flow(machine.flush_input())?;
                Err(fault.into())
            }
            None => Ok(()),
        }
    }
}
