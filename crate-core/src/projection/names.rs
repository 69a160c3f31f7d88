//! Names with the nodes below them, found without looking at each.

use std::ops::Range;

use crate::json::text::key_is;

/// The keys of an object that lead to fields.
#[derive(Debug)]
pub(super) struct Names {
    /// Those of one bucket stand together.
    names: Vec<Name>,
    /// One bit a bucket: set where it holds a name.
    used: u64,
    /// Where each bucket begins.
    starts: [u32; BUCKETS + 1],
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

impl Default for Names {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            used: 0,
            starts: [0; BUCKETS + 1],
        }
    }
}

impl Names {
    pub(super) fn add(&mut self, text: &str, node: usize) {
        let bytes = text.as_bytes();
        let bucket = bucket(bytes);
        self.used |= 1 << bucket;
        let name = Name {
            words: words(bytes, &(0..bytes.len())),
            text: text.to_owned(),
            node,
        };
        self.names.insert(self.starts[bucket] as usize, name);
        for start in &mut self.starts[bucket + 1..] {
            *start += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The nodes below all names.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> {
        self.names.iter().map(|name| name.node)
    }

    /// The node below a key without escapes, which stands in a text.
    #[inline(always)]
    pub(super) fn plain(&self, text: &[u8], key: &Range<usize>) -> Option<usize> {
        let bucket = bucket(text.get(key.clone())?);
        if self.used >> bucket & 1 == 0 {
            return None;
        }
        let words = words(text, key);
        self.names[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
            .iter()
            .find(|name| name.is(words, text, key))
            .map(|name| name.node)
    }

    /// The node below a key, however it is spelled.
    pub(super) fn spelled(&self, key: &[u8]) -> Option<usize> {
        self.names
            .iter()
            .find(|name| key_is(key, name.text.as_bytes()))
            .map(|name| name.node)
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
        let mut names = Names::default();
        for (node, name) in all.iter().enumerate().filter(|(node, _)| node % 2 == 0) {
            names.add(name, node);
        }
        for (node, name) in all.iter().enumerate() {
            for behind in ["", "\"", "\":1,\"other\":2"] {
                let text = format!("{{\"{name}{behind}");
                let found = names.plain(text.as_bytes(), &(2..2 + name.len()));
                assert_eq!(found, (node % 2 == 0).then_some(node), "{text}");
            }
        }
        // Equal at both ends.
        names.add("abcdefgh1abcdefgh", 50);
        let other = b"abcdefgh2abcdefgh";
        assert_eq!(names.plain(other, &(0..other.len())), None);
    }
}
