//! Rows that have become lines of JSON, and go to the sink together: its fast way searches many at
//! once.

use crate::input::record::{Flow, Follow, GO_ON, Item, Note, Offer, Place, Sink, flow};
use crate::json::tokens::Tokens;

/// Text of about this length goes to the sink at once.
const TEXT: usize = 32 << 10;

/// A longer record goes the slow way, so that its tokens do not take much memory.
const LONGEST_SCANNED: usize = 1 << 20;

/// Records that the sink has not got.
#[derive(Debug)]
pub(super) struct Batch {
    /// Each on a line of its own.
    text: Vec<u8>,
    lines: Vec<Line>,
    tokens: Tokens,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where its record ends, and a line feed follows.
    end: usize,
    place: Place,
    untyped: u64,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self {
            text: Vec::new(),
            lines: Vec::new(),
            tokens: Tokens::of_lines(),
        }
    }

    /// Where the next record is written.
    pub(super) fn text(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Ends the record of the row at `place`, of which this many cells are not of their type.
    pub(super) fn end_record(&mut self, place: Place, untyped: u64) {
        let end = self.text.len();
        self.lines.push(Line {
            end,
            place,
            untyped,
        });
        self.text.push(b'\n');
    }

    /// Whether it is time to hand the records over.
    pub(super) fn is_full(&self) -> bool {
        self.text.len() >= TEXT
    }

    /// Hands the records over.
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) -> Flow {
        let flow = self.hand_over(sink);
        self.text.clear();
        self.lines.clear();
        flow
    }

    fn hand_over(&mut self, sink: &mut dyn Sink) -> Flow {
        if self.lines.is_empty() {
            return GO_ON;
        }
        let is_scanned = self.text.len() <= LONGEST_SCANNED;
        if is_scanned {
            self.tokens.find(&self.text, false);
        }
        let mut offer = Offer {
            text: &self.text,
            tokens: if is_scanned {
                self.tokens.places()
            } else {
                &[]
            },
            marks: self.tokens.marks(),
            follow: Follow::LineEnd,
            max_record_size: usize::MAX,
        };
        let mut start = 0;
        for line in &self.lines {
            if line.untyped > 0 {
                sink.note(Note::UntypedCells(line.untyped));
            }
            let is_next = offer.tokens.first().is_some_and(|&at| at as usize == start);
            let taken = is_next.then(|| sink.take_offer(&offer).ok()).flatten();
            let tokens = match taken {
                Some((tokens, flow)) => {
                    flow!(flow);
                    tokens
                }
                None => {
                    flow!(sink.take(line.place, Item::Record(&self.text[start..line.end])));
                    let is_of_line = |at: &&u32| **at as usize <= line.end;
                    offer.tokens.iter().take_while(is_of_line).count()
                }
            };
            offer.tokens = &offer.tokens[tokens..];
            start = line.end + 1;
        }
        GO_ON
    }
}
