//! The fast way: one pass over the tokens of a record that checks its grammar and finds its values.

use std::slice::Iter;

use crate::json::check::MAX_DEPTH;
use crate::json::text::key_is;
use crate::json::tokens::Tokens;
use crate::projection::{Found, Tree};

/// No field lies below.
const NOWHERE: usize = usize::MAX;

/// Scans records. It keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    tokens: Tokens,
    open: Vec<Open>,
}

/// An object or array whose end was not met yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    is_object: bool,
    /// Its node, or [`NOWHERE`].
    node: usize,
    start: usize,
    /// In an object its number for duplicate keys, in an array the index of the element.
    count: u64,
}

/// What may come next.
enum Expect {
    Value { node: usize },
    FirstElement,
    FirstKey,
    Key,
    AfterValue,
}

impl Scanner {
    /// Finds the values of a record; `None` unless it is one JSON object from end to end.
    pub(super) fn scan(&mut self, tree: &Tree, text: &[u8], found: &mut Found) -> Option<()> {
        // Places of tokens are kept in 32 bits.
        u32::try_from(text.len()).ok()?;
        self.tokens.find(text)?;
        if !self.tokens.is_ascii {
            std::str::from_utf8(text).ok()?;
        }
        self.open.clear();
        let current = Open {
            is_object: true,
            node: Tree::ROOT,
            start: 0,
            count: found.next_object(),
        };
        let mut places = self.tokens.places().iter();
        match places.next() {
            Some(0) if text[0] == b'{' => {}
            _ => return None,
        }
        let has_escapes = self.tokens.has_escapes;
        Scan {
            tree,
            text,
            has_escapes,
            places,
            open: &mut self.open,
            current,
            found,
        }
        .run()
    }
}

/// One scan.
struct Scan<'a> {
    tree: &'a Tree,
    text: &'a [u8],
    has_escapes: bool,
    places: Iter<'a, u32>,
    /// Around the current one.
    open: &'a mut Vec<Open>,
    current: Open,
    found: &'a mut Found,
}

impl Scan<'_> {
    fn run(mut self) -> Option<()> {
        let mut expect = Expect::FirstKey;
        loop {
            let at = self.next_place()?;
            let byte = self.text[at];
            expect = match expect {
                Expect::Key | Expect::FirstKey if byte == b'"' => self.key(at)?,
                Expect::Value { node } => self.value(node, at)?,
                Expect::FirstElement if byte != b']' => self.value(self.element(), at)?,
                Expect::AfterValue if byte == b',' && self.current.is_object => Expect::Key,
                Expect::AfterValue if byte == b',' => {
                    self.current.count += 1;
                    Expect::Value {
                        node: self.element(),
                    }
                }
                Expect::AfterValue | Expect::FirstKey | Expect::FirstElement => {
                    if byte != if self.current.is_object { b'}' } else { b']' } {
                        return None;
                    }
                    self.set(self.current.node, self.current.start, at + 1);
                    match self.open.pop() {
                        Some(outer) => self.current = outer,
                        None => return (at + 1 == self.text.len()).then_some(()),
                    }
                    Expect::AfterValue
                }
                Expect::Key => return None,
            };
        }
    }

    #[inline]
    fn next_place(&mut self) -> Option<usize> {
        self.places.next().map(|&place| place as usize)
    }

    /// A key, which begins at a quote, and its colon.
    #[inline]
    fn key(&mut self, at: usize) -> Option<Expect> {
        let end = self.next_place()?;
        let colon = self.next_place()?;
        if self.text[colon] != b':' {
            return None;
        }
        let mut node = NOWHERE;
        if let Some(current) = self.tree.0.get(self.current.node) {
            let key = &self.text[at + 1..end];
            let wanted = current
                .names
                .iter()
                .find(|(name, _)| match self.has_escapes {
                    true => key_is(key, name.as_bytes()),
                    false => key == name.as_bytes(),
                });
            if let Some(&(_, child)) = wanted {
                self.found.key(self.tree, child, self.current.count);
                node = child;
            }
        }
        Some(Expect::Value { node })
    }

    /// The node of the current element of an array.
    fn element(&self) -> usize {
        let Some(current) = self.tree.0.get(self.current.node) else {
            return NOWHERE;
        };
        let is_current = |(index, _): &&(usize, usize)| *index as u64 == self.current.count;
        current
            .indexes
            .iter()
            .find(is_current)
            .map_or(NOWHERE, |&(_, child)| child)
    }

    /// A value, or the beginning of an object or array.
    #[inline]
    fn value(&mut self, node: usize, at: usize) -> Option<Expect> {
        let end = match self.text[at] {
            b'"' => self.next_place()? + 1,
            b'{' => return self.open(node, at, true),
            b'[' => return self.open(node, at, false),
            _ => at + scalar_length(&self.text[at..])?,
        };
        self.set(node, at, end);
        Some(Expect::AfterValue)
    }

    fn open(&mut self, node: usize, start: usize, is_object: bool) -> Option<Expect> {
        if self.open.len() + 1 == MAX_DEPTH {
            return None;
        }
        self.open.push(self.current);
        let is_wanted = is_object && node != NOWHERE;
        let count = if is_wanted {
            self.found.next_object()
        } else {
            0
        };
        self.current = Open {
            is_object,
            node,
            start,
            count,
        };
        Some(if is_object {
            Expect::FirstKey
        } else {
            Expect::FirstElement
        })
    }

    #[inline]
    fn set(&mut self, node: usize, start: usize, end: usize) {
        if let Some(node) = self.tree.0.get(node) {
            self.found.value(node, start..end);
        }
    }
}

/// Length of the number or word at the start of `text`, which must go on with a delimiter.
fn scalar_length(text: &[u8]) -> Option<usize> {
    let length = match text[0] {
        b't' if text.starts_with(b"true") => 4,
        b'f' if text.starts_with(b"false") => 5,
        b'n' if text.starts_with(b"null") => 4,
        b'-' | b'0'..=b'9' => number_length(text)?,
        _ => return None,
    };
    matches!(
        text.get(length)?,
        b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'
    )
    .then_some(length)
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
