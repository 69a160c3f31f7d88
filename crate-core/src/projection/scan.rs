//! The fast way: one pass over the tokens of a record that checks its grammar and finds its values.
//!
//! The tokens are brackets, commas and colons, and what may come between them is known already
//! ([`crate::json::tokens`]). Left to check are pairs of brackets, their depth, and that objects have
//! keys and arrays have none. The functions call one another for each level, so that each knows by
//! where it is whether it is in an object or an array, and whether a field lies below.
//!
//! The fields `a.b` and `c` in the record `{"x":[1,{}],"a":{"b":"v"},"c":2}`:
//!
//! ```text
//! tokens    {  :  [  ,  {  }  ]  ,  :  {  :  }  ,  :  }
//! object    {  "x" leads nowhere: skip_array from [ to ]
//!           ,  "a" has a node: nested, object from { to }
//!              :  "b" has a slot: its value is between this colon and the next token
//!           ,  "c" has a slot: 2 is between this colon and }
//! ```
//!
//! It only ever says yes. Whatever it refuses is read again the plain way, by
//! [`crate::json::check`] and [`crate::projection::walk`], which know where a fault is.

use std::ops::Range;

use crate::effort::spend;
use crate::input::record::{Follow, Offer, Refusal};
use crate::json::check::MAX_DEPTH;
use crate::projection::found::{Found, Object};
use crate::projection::tree::{Node, Tree};

/// Finds the values of the record that is offered. Gives the number of its tokens, with the line
/// feed that it wants, and the place after its last brace.
pub(super) fn scan(
    tree: &Tree,
    offer: &Offer<'_>,
    found: &mut Found,
) -> Result<(usize, usize), Refusal> {
    let mut scan = Scan {
        tree,
        text: offer.text,
        tokens: offer.tokens,
        is_cut: false,
        found,
    };
    let taken = scan.record(offer);
    taken.ok_or(match scan.is_cut {
        true => Refusal::Cut,
        false => Refusal::Doubt,
    })
}

/// One scan. What may come between two tokens is known already, but for those that are brackets:
/// see [`crate::json::neighbours`].
///
/// The functions take and give tokens by their numbers; they give nothing where they refuse.
struct Scan<'a> {
    tree: &'a Tree,
    text: &'a [u8],
    tokens: &'a [u32],
    is_cut: bool,
    found: &'a mut Found,
}

impl<'a> Scan<'a> {
    fn record(&mut self, offer: &Offer<'_>) -> Option<(usize, usize)> {
        let root = &self.tree.0[Tree::ROOT];
        let (start, _) = self.token(0)?;
        let mut last = self.object(0, root, 1)?;
        let end = self.place(last) + 1;
        spend(last);
        self.found.value(root, start..end, false);
        if end - start > offer.max_record_size || !offer.marks.has_sense(&(start..end)) {
            return None;
        }
        match offer.follow {
            Follow::Anything => {}
            Follow::LineEnd => match self.token(last + 1)?.1 {
                b'\n' => last += 1,
                // It goes on with another record.
                b'{' | b',' => {}
                _ => return None,
            },
            Follow::Object => match self.token(last + 1)?.1 {
                b'{' => {}
                b',' if self.token(last + 2)?.1 == b'{' => {}
                _ => return None,
            },
        }
        Some((last + 1, end))
    }

    /// The place and the byte of a token.
    #[inline(always)]
    fn token(&mut self, number: usize) -> Option<(usize, u8)> {
        let Some(&place) = self.tokens.get(number) else {
            self.is_cut = true;
            return None;
        };
        let place = place as usize;
        Some((place, self.text[place]))
    }

    /// The place of a token that is there.
    #[inline(always)]
    fn place(&self, number: usize) -> usize {
        self.tokens[number] as usize
    }

    /// From an opening brace to the one that closes, on a way to fields.
    fn object(&mut self, open: usize, node: &'a Node, depth: usize) -> Option<usize> {
        let mut before = self.place(open);
        let object = self.found.next_object(before);
        let mut token = open + 1;
        let (mut at, mut byte) = self.token(token)?;
        if byte == b'}' {
            return self.nothing(before, at).then_some(token);
        }
        loop {
            let is_plain = byte == b':';
            if !is_plain {
                token = self.behind_escapes(token)?;
                (at, byte) = self.token(token)?;
                if byte != b':' {
                    return None;
                }
            }
            token = match self.key(node, object, before, at, is_plain, depth == 1)? {
                Some(child) => self.wanted(token, &self.tree.0[child], depth)?,
                None => self.unwanted(token, depth)?,
            };
            (before, byte) = self.token(token)?;
            if byte != b',' {
                return (byte == b'}').then_some(token);
            }
            token += 1;
            (at, byte) = self.token(token)?;
        }
    }

    /// From an opening bracket to the one that closes, on a way to fields.
    fn array(&mut self, open: usize, node: &'a Node, depth: usize) -> Option<usize> {
        let (mut token, mut index) = (open, 0);
        let mut wanted = node.indexes.iter().peekable();
        let mut digits = node.digits.iter().peekable();
        loop {
            // Such an element may be gone through twice: the two nodes lead to fields of their own.
            if let Some(&(_, child)) = digits.next_if(|(next, _)| *next == index) {
                let behind = self.wanted(token, &self.tree.0[child], depth)?;
                spend(behind - token);
            }
            let own = wanted.next_if(|(next, _)| *next == index);
            token = match own.map(|&(_, child)| child).or(node.every) {
                Some(child) => self.wanted(token, &self.tree.0[child], depth)?,
                None => self.unwanted(token, depth)?,
            };
            index += 1;
            let (_, byte) = self.token(token)?;
            if byte != b',' {
                return (byte == b']').then_some(token);
            }
        }
    }

    /// From an opening brace to the one that closes, where no field lies below.
    fn skip_object(&mut self, open: usize, depth: usize) -> Option<usize> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut token = open + 1;
        let (at, mut byte) = self.token(token)?;
        if byte == b'}' {
            return self.nothing(self.place(open), at).then_some(token);
        }
        loop {
            if byte != b':' {
                token = self.behind_escapes(token)?;
                if self.token(token)?.1 != b':' {
                    return None;
                }
            }
            token = self.unwanted(token, depth)?;
            (_, byte) = self.token(token)?;
            if byte != b',' {
                return (byte == b'}').then_some(token);
            }
            token += 1;
            (_, byte) = self.token(token)?;
        }
    }

    /// From an opening bracket to the one that closes, where no field lies below.
    fn skip_array(&mut self, open: usize, depth: usize) -> Option<usize> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut token = open;
        loop {
            token = self.unwanted(token, depth)?;
            let (_, byte) = self.token(token)?;
            if byte != b',' {
                return (byte == b']').then_some(token);
            }
        }
    }

    /// From the token before a value, which leads to fields or is one, to the token after it.
    #[inline(always)]
    fn wanted(&mut self, before: usize, node: &'a Node, depth: usize) -> Option<usize> {
        let mut token = before + 1;
        let (mut at, byte) = self.token(token)?;
        let is_plain = byte != b'\\';
        if !is_plain {
            token = self.behind_escapes(token)?;
            (at, _) = self.token(token)?;
        } else if byte == b'{' || byte == b'[' {
            return self.nested(token, byte, node, depth + 1);
        }
        let place = self.between(self.place(before), at);
        // There is none in an empty array.
        if !place.is_empty() {
            let is_plain = is_plain && self.text[place.start] == b'"';
            self.found.value(node, place, is_plain);
        }
        Some(token)
    }

    /// From an opening bracket of what leads to fields, or is one, to the token after it.
    fn nested(&mut self, open: usize, byte: u8, node: &'a Node, depth: usize) -> Option<usize> {
        if depth > MAX_DEPTH {
            return None;
        }
        let close = match byte {
            b'{' if !node.names.is_empty() => self.object(open, node, depth),
            b'{' => self.skip_object(open, depth),
            _ if node.leads_into_arrays() => self.array(open, node, depth),
            _ => self.skip_array(open, depth),
        }?;
        let place = self.place(open)..self.place(close) + 1;
        self.found.value(node, place, false);
        Some(close + 1)
    }

    /// From the token before a value that is not wanted to the token after it.
    #[inline(always)]
    fn unwanted(&mut self, before: usize, depth: usize) -> Option<usize> {
        let token = before + 1;
        match self.token(token)?.1 {
            b'{' => Some(self.skip_object(token, depth + 1)? + 1),
            b'[' => Some(self.skip_array(token, depth + 1)? + 1),
            b'\\' => self.behind_escapes(token),
            _ => Some(token),
        }
    }

    /// The node of the key between two places, if it leads to a field.
    #[inline(always)]
    fn key(
        &mut self,
        node: &Node,
        object: Object,
        before: usize,
        colon: usize,
        is_plain: bool,
        is_root: bool,
    ) -> Option<Option<usize>> {
        let quoted = self.between(before, colon);
        // A number of one digit may be here, which is refused in the end.
        let key = quoted.start + 1..quoted.end - 1;
        let child = match is_plain {
            true => node.names.plain(self.text, &key),
            false => node.names.spelled(self.text.get(key.clone())?),
        };
        if let Some(child) = child {
            self.found.key(self.tree, child, object);
        } else if is_root && let Some(watch) = &mut self.found.watch {
            let is_string = self.text[quoted.start] == b'"';
            is_string.then(|| watch.meet(self.text, key, is_plain))?;
        }
        Some(child)
    }

    /// Whether a brace that closes has nothing before it but the one that opens.
    #[cold]
    fn nothing(&self, open: usize, close: usize) -> bool {
        self.between(open, close).is_empty()
    }

    /// The token after a string, from its first escape on.
    #[cold]
    fn behind_escapes(&mut self, mut token: usize) -> Option<usize> {
        while self.token(token)?.1 == b'\\' {
            token += 1;
        }
        Some(token)
    }

    /// What is between two tokens, without the blanks around it.
    #[inline(always)]
    fn between(&self, before: usize, behind: usize) -> Range<usize> {
        let place = before + 1..behind;
        match self.text.get(place.clone()) {
            Some(&[first, .., last]) if first > b' ' && last > b' ' => place,
            _ => self.between_blanks(place),
        }
    }

    #[cold]
    fn between_blanks(&self, place: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = place;
        while start < end && self.text[start] <= b' ' {
            start += 1;
        }
        while start < end && self.text[end - 1] <= b' ' {
            end -= 1;
        }
        start..end
    }
}
