//! What files are read into: an export, or what there is to know about their users.

mod discover;
pub mod export;
pub(crate) mod export_slice;
pub mod inspect;
pub(crate) mod inspect_slice;
pub mod progress;
mod reader;
mod row_writer;
pub mod slice;
mod survey;
pub(crate) mod totals;
mod wire;

use std::ops::ControlFlow;

use crate::error::Error;
use crate::pass::progress::Progress;
use crate::pass::slice::Slice;
use crate::pass::wire::Wire;

/// A machine that files are read into, one after another: an [`crate::Exporter`] or an
/// [`crate::Inspector`].
///
/// All of its functions that read append to `out` what they write, and say `Break` when nothing
/// more needs to be read.
pub trait Pass {
    /// What a thread or worker finds in the whole lines of a slice.
    type Lines: Wire;

    /// Reads the next bytes of a file, cut anywhere.
    ///
    /// # Errors
    /// The machine has failed and is of no more use.
    fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error>;

    /// Reads what is kept back of a file whose text breaks off here.
    ///
    /// # Errors
    /// As with [`Pass::push`].
    fn flush_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error>;

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// As with [`Pass::push`]: the file is cut.
    fn end_input(&mut self, out: &mut Vec<u8>) -> Result<ControlFlow<()>, Error>;

    /// Counts bytes of the current file that a [`crate::Unpacker`] has unpacked. Their text is what
    /// is pushed then; this comes first.
    fn unpacked(&mut self, bytes: u64);

    /// Whether what comes next of the current file may be read in slices.
    fn reads_lines(&self) -> bool;

    /// Goes on with the whole lines of a slice, and with the rows that were made of them.
    ///
    /// `false`: nothing was taken, these lines have to be pushed.
    fn take_slice(&mut self, slice: Slice<Self::Lines>, rows: &[u8], out: &mut Vec<u8>) -> bool;

    /// How much has been read and written.
    fn progress(&self) -> Progress;

    /// Reads the text of a slice, with what was found in its lines if anybody has looked:
    /// head, lines or what they have become, tail (see [`crate::slice`]).
    ///
    /// `push` gets the parts that have to be pushed into the machine, in their order; it may cut
    /// them into smaller ones.
    ///
    /// # Errors
    /// Those of `push`.
    fn merge<E>(
        &mut self,
        text: &[u8],
        slice: Option<(Slice<Self::Lines>, &[u8])>,
        out: &mut Vec<u8>,
        mut push: impl FnMut(&mut Self, &[u8], &mut Vec<u8>) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E>
    where
        Self: Sized,
    {
        let Some((slice, rows)) = slice else {
            return push(self, text, out);
        };
        let (head, lines, tail) = slice.split(text);
        if push(self, head, out)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        if !self.take_slice(slice, rows, out) && push(self, lines, out)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        push(self, tail, out)
    }
}
