//! Strings in order, with counts.

use std::collections::BTreeMap;

use crate::effort::spend;

/// The only kind of ordered map in the core: each further kind would be another copy of the
/// library's code in the wasm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally(BTreeMap<String, u64>);

impl Tally {
    /// Adds to the count of a text and returns the new count.
    pub(crate) fn add(&mut self, text: &str, times: u64) -> u64 {
        spend(1);
        if let Some(count) = self.0.get_mut(text) {
            *count += times;
            return *count;
        }
        self.0.insert(text.to_owned(), times);
        times
    }

    /// The number of a text, set to `number` if it had none.
    pub(crate) fn entry(&mut self, text: &str, number: u64) -> u64 {
        self.get(text).unwrap_or_else(|| self.add(text, number))
    }

    /// The number of a text.
    pub(crate) fn get(&self, text: &str) -> Option<u64> {
        spend(1);
        self.0.get(text).copied()
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        self.0.contains_key(text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of different texts.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The texts and their counts, ordered by text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        spend(self.0.len());
        self.0.iter().map(|(text, count)| (text.as_str(), *count))
    }

    /// The texts in order, joined.
    pub(crate) fn join(&self, separator: &str) -> String {
        let mut joined = String::new();
        for (place, (text, _)) in self.iter().enumerate() {
            if place > 0 {
                joined.push_str(separator);
            }
            joined.push_str(text);
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_and_ordered() {
        let mut tally = Tally::default();
        let counts = ["b", "", "b", "a"].map(|text| tally.add(text, 1));
        assert_eq!(counts, [1, 1, 2, 1]);
        assert_eq!(tally.join(","), ",a,b");
    }
}
