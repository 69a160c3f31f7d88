//! Names with the nodes below them, found without looking at each.

use std::ops::Range;

use crate::effort::spend;
use crate::json::text::unescape;
use crate::tally::Tally;

/// The keys of an object that lead to fields.
#[derive(Debug)]
pub(super) struct Names {
    /// Those of one bucket are adjacent.
    names: Vec<Name>,
    /// One bit a bucket: set where it holds a name.
    used: u64,
    /// Where each bucket begins.
    starts: [u32; BUCKETS + 1],
    /// All names with their nodes, for buckets of many.
    all: Tally,
}

#[derive(Debug)]
struct Name {
    text: String,
    /// Its first and its last bytes, which are all of most names.
    words: (u64, u64),
    node: usize,
}

const BUCKETS: usize = 64;

/// Bytes that are compared at once.
const WORD: usize = size_of::<u64>();

/// In a bucket of more names they are not compared one by one, and no more of them are kept.
const FEW: usize = 16;

impl Default for Names {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            used: 0,
            starts: [0; BUCKETS + 1],
            all: Tally::default(),
        }
    }
}

impl Names {
    /// The node below a name, which is `node` from now on where there was none.
    pub(super) fn entry(&mut self, text: &str, node: usize) -> usize {
        let known = self.all.entry(text, node as u64) as usize;
        if known == node {
            self.add(text, node);
        }
        known
    }

    fn add(&mut self, text: &str, node: usize) {
        let bytes = text.as_bytes();
        let bucket = bucket(bytes);
        self.used |= 1 << bucket;
        let place = self.starts[bucket];
        if self.starts[bucket + 1] - place > FEW as u32 {
            return;
        }
        let name = Name {
            words: words(bytes, &(0..bytes.len())),
            text: text.to_owned(),
            node,
        };
        self.names.insert(place as usize, name);
        for start in &mut self.starts[bucket + 1..] {
            *start += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All names with the nodes below them.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, usize)> {
        self.all
            .iter()
            .map(|(name, node)| (name.to_owned(), node as usize))
    }

    /// The nodes below all names.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> {
        self.all.iter().map(|(_, node)| node as usize)
    }

    /// The node below a key without escapes, which is in a text.
    #[inline(always)]
    pub(super) fn plain(&self, text: &[u8], key: &Range<usize>) -> Option<usize> {
        let bucket = bucket(text.get(key.clone())?);
        if self.used >> bucket & 1 == 0 {
            return None;
        }
        let names = &self.names[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        if names.len() > FEW {
            return self.among_many(&text[key.clone()]);
        }
        spend(names.len());
        let words = words(text, key);
        names
            .iter()
            .find(|name| name.is(words, text, key))
            .map(|name| name.node)
    }

    #[cold]
    fn among_many(&self, key: &[u8]) -> Option<usize> {
        let node = self.all.get(str::from_utf8(key).ok()?)?;
        Some(node as usize)
    }

    /// The node below a key, however it is spelled.
    pub(super) fn spelled(&self, key: &[u8]) -> Option<usize> {
        let key = unescape(key);
        self.plain(&key, &(0..key.len()))
    }
}

impl Name {
    #[inline(always)]
    fn is(&self, words: (u64, u64), text: &[u8], key: &Range<usize>) -> bool {
        self.words == words
            && self.text.len() == key.len()
            && (key.len() <= 2 * WORD || self.text.as_bytes() == &text[key.clone()])
    }
}

/// The first and the last bytes of a key; of a short one all there are, with zeros for those that
/// it lacks.
#[inline(always)]
fn words(text: &[u8], key: &Range<usize>) -> (u64, u64) {
    let bytes = &text[key.start..];
    let first = match bytes.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            let bytes = bytes.iter().enumerate();
            bytes.fold(0, |word, (at, &byte)| word | u64::from(byte) << (8 * at))
        }
    };
    if key.len() < WORD {
        let short = first & ((1 << (8 * key.len())) - 1);
        return (short, short);
    }
    let last = text[..key.end].last_chunk();
    (first, last.map_or(0, |word| u64::from_le_bytes(*word)))
}

/// Keys of profiles differ in their length more than in anything else.
#[inline(always)]
fn bucket(key: &[u8]) -> usize {
    let first = key.first().copied().unwrap_or_default();
    (usize::from(first) + 7 * key.len()) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_wherever_it_stands() {
        let all: Vec<String> = (0..40)
            .map(|length| "abc".repeat(14)[..length].to_owned())
            .collect();
        let names_of = |texts: &[(&str, usize)]| {
            let mut names = Names::default();
            for (text, node) in texts {
                names.entry(text, *node);
            }
            names
        };
        let every_second: Vec<_> = all
            .iter()
            .enumerate()
            .filter(|(node, _)| node % 2 == 0)
            .map(|(node, name)| (name.as_str(), node))
            .collect();
        let names = names_of(&every_second);
        for (node, name) in all.iter().enumerate() {
            for behind in ["", "\"", "\":1,\"other\":2"] {
                let text = format!("{{\"{name}{behind}");
                let found = names.plain(text.as_bytes(), &(2..2 + name.len()));
                assert_eq!(found, (node % 2 == 0).then_some(node), "{text}");
            }
        }
        // Equal at both ends.
        let names = names_of(&[("abcdefgh1abcdefgh", 50)]);
        let other = b"abcdefgh2abcdefgh";
        assert_eq!(names.plain(other, &(0..other.len())), None);
        // Many of one bucket.
        let many: Vec<String> = (100..200).map(|number| format!("f{number}")).collect();
        let many: Vec<_> = many.iter().map(String::as_str).zip(0..).collect();
        let names = names_of(&many);
        for (text, node) in many {
            assert_eq!(names.plain(text.as_bytes(), &(0..4)), Some(node));
            assert_eq!(
                names.spelled(text.replace('f', r"\u0066").as_bytes()),
                Some(node)
            );
        }
        assert_eq!(names.plain(b"f200", &(0..4)), None);
    }
}
