//! The fast way: one pass over the tokens of a record that checks its grammar and finds its values.

use std::slice::Iter;

use crate::json::check::MAX_DEPTH;
use crate::projection::tree::{Node, Tree};
use crate::projection::{Found, Spot};
use crate::record::{Offer, Refusal};

/// No field lies below.
const NOWHERE: usize = usize::MAX;

/// An object or array whose end was not met yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The bracket that ends it.
    end: u8,
    /// Its node, or [`NOWHERE`].
    node: usize,
    start: usize,
    /// In an object its number for duplicate keys, in an array the index of the element.
    count: u64,
}

/// Finds the values of the record that is offered. Gives the number of its tokens, with the line
/// feed that it wants, and the place behind its last brace.
///
/// `stack` is memory to use again from one record to the next.
pub(super) fn scan(
    tree: &Tree,
    offer: &Offer<'_>,
    found: &mut Found,
    stack: &mut Vec<Open>,
) -> Result<(usize, usize), Refusal> {
    stack.clear();
    let mut scan = Scan {
        tree,
        text: offer.text,
        places: offer.tokens.iter(),
        stack,
        current: Open {
            end: 0,
            node: NOWHERE,
            start: 0,
            count: 0,
        },
        found,
    };
    let start = scan.next()?;
    let end = scan.value(start)? + 1;
    if end - start > offer.max_record_size {
        return Err(Refusal::Doubt);
    }
    if offer.is_line {
        let behind = scan.next()?;
        if offer.text[behind] != b'\n' {
            return Err(Refusal::Doubt);
        }
    }
    Ok((offer.tokens.len() - scan.places.len(), end))
}

/// One scan.
struct Scan<'a> {
    tree: &'a Tree,
    text: &'a [u8],
    places: Iter<'a, u32>,
    /// Around the current one.
    stack: &'a mut Vec<Open>,
    current: Open,
    found: &'a mut Found,
}

impl<'a> Scan<'a> {
    /// Goes through the object that begins at a place, to its last brace.
    #[inline]
    fn value(&mut self, start: usize) -> Result<usize, Refusal> {
        let (mut at, mut node) = (start, Tree::ROOT);
        loop {
            let mut is_first = false;
            match self.text[at] {
                b'"' => at = self.string(at, node)?,
                byte @ (b'{' | b'[') => {
                    self.open(at, node, byte)?;
                    at = self.next()?;
                    is_first = self.text[at] != self.current.end;
                }
                _ => at = self.scalar(at, node)?,
            }
            // Behind a value, or at the end of an object or array that is empty.
            if !is_first {
                while self.text[at] != b',' {
                    if self.text[at] != self.current.end {
                        return Err(Refusal::Doubt);
                    }
                    self.set(self.current.node, self.current.start, at + 1, false);
                    self.current = self.stack.pop().ok_or(Refusal::Doubt)?;
                    if self.stack.is_empty() {
                        return Ok(at);
                    }
                    at = self.next()?;
                }
                self.current.count += u64::from(self.current.end == b']');
                at = self.next()?;
            }
            (at, node) = self.member(at)?;
        }
    }

    #[inline]
    fn next(&mut self) -> Result<usize, Refusal> {
        match self.places.next() {
            Some(&place) => Ok(place as usize),
            None => Err(Refusal::Cut),
        }
    }

    /// From the first token of a member or element to that of its value, and the value's node.
    #[inline(always)]
    fn member(&mut self, at: usize) -> Result<(usize, usize), Refusal> {
        if self.current.end == b']' {
            return Ok((at, self.element()));
        }
        if self.text[at] != b'"' {
            return Err(Refusal::Doubt);
        }
        let (colon, is_plain) = self.behind_string()?;
        if self.text[colon] != b':' {
            return Err(Refusal::Doubt);
        }
        let node = match self.node(self.current.node) {
            Some(current) => self.key(current, at, colon, is_plain),
            None => NOWHERE,
        };
        Ok((self.next()?, node))
    }

    /// The node of a key of the current object.
    #[inline(always)]
    fn key(&mut self, current: &Node, at: usize, colon: usize, is_plain: bool) -> usize {
        let key = &self.text[at + 1..string_end(self.text, colon) - 1];
        let child = match is_plain {
            true => current.names.plain(key),
            false => current.names.spelled(key),
        };
        let Some(child) = child else {
            self.stranger(at, colon, is_plain);
            return NOWHERE;
        };
        self.found.key(self.tree, child, self.current.count);
        child
    }

    /// A key that no field names.
    #[inline]
    fn stranger(&mut self, at: usize, colon: usize, is_plain: bool) {
        if self.stack.len() == 1
            && let Some(watch) = &mut self.found.watch
        {
            let end = string_end(self.text, colon) - 1;
            watch.meet(self.text, at + 1..end, is_plain);
        }
    }

    /// The node of the current element of an array.
    #[inline]
    fn element(&self) -> usize {
        let Some(current) = self.node(self.current.node) else {
            return NOWHERE;
        };
        let is_current = |(index, _): &&(usize, usize)| *index as u64 == self.current.count;
        let found = current.indexes.iter().find(is_current);
        found.map_or(NOWHERE, |&(_, child)| child)
    }

    #[inline]
    fn string(&mut self, at: usize, node: usize) -> Result<usize, Refusal> {
        let (behind, is_plain) = self.behind_string()?;
        if node != NOWHERE {
            self.set(node, at, string_end(self.text, behind), is_plain);
        }
        Ok(behind)
    }

    /// The token behind the string whose first quote was the last token, and whether the string
    /// has no escape.
    #[inline]
    fn behind_string(&mut self) -> Result<(usize, bool), Refusal> {
        let mut at = self.next()?;
        let is_plain = self.text[at] != b'\\';
        while self.text[at] == b'\\' {
            at = self.next()?;
        }
        Ok((at, is_plain))
    }

    /// A number or word; there are only blanks between its last byte and the next token.
    #[inline]
    fn scalar(&mut self, at: usize, node: usize) -> Result<usize, Refusal> {
        let behind = self.next()?;
        let length = scalar_length(&self.text[at..behind]).ok_or(Refusal::Doubt)?;
        self.set(node, at, at + length, false);
        Ok(behind)
    }

    #[inline]
    fn open(&mut self, start: usize, node: usize, bracket: u8) -> Result<(), Refusal> {
        if self.stack.len() == MAX_DEPTH {
            return Err(Refusal::Doubt);
        }
        self.stack.push(self.current);
        let is_object = bracket == b'{';
        let count = match is_object && node != NOWHERE {
            true => self.found.next_object(),
            false => 0,
        };
        self.current = Open {
            end: if is_object { b'}' } else { b']' },
            node,
            start,
            count,
        };
        Ok(())
    }

    #[inline]
    fn node(&self, node: usize) -> Option<&'a Node> {
        self.tree.0.get(node)
    }

    #[inline]
    fn set(&mut self, node: usize, start: usize, end: usize, is_plain: bool) {
        if let Some(node) = self.node(node) {
            let spot = Spot {
                start,
                end,
                is_plain,
            };
            self.found.value(node, spot);
        }
    }
}

/// The place behind the string before a token: there are only blanks between the two.
#[inline]
fn string_end(text: &[u8], mut behind: usize) -> usize {
    while text[behind - 1] != b'"' {
        behind -= 1;
    }
    behind
}

/// Length of the number or word at the start of a text that holds nothing but blanks behind it.
#[inline]
fn scalar_length(text: &[u8]) -> Option<usize> {
    let length = match text[0] {
        b't' if text.starts_with(b"true") => 4,
        b'f' if text.starts_with(b"false") => 5,
        b'n' if text.starts_with(b"null") => 4,
        b'-' | b'0'..=b'9' => number_length(text)?,
        _ => return None,
    };
    matches!(text.get(length), None | Some(b' ' | b'\t' | b'\n' | b'\r')).then_some(length)
}

fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| {
        at + text[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let some_digits = |at: usize| Some(digits(at)).filter(|&end| end > at);
    let start = usize::from(text[0] == b'-');
    let mut at = some_digits(start)?;
    if text[start] == b'0' && at > start + 1 {
        return None;
    }
    if text.get(at) == Some(&b'.') {
        at = some_digits(at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at = some_digits(at)?;
    }
    Some(at)
}
