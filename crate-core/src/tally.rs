//! Texts in their order, and how often each has come.

use std::collections::BTreeMap;

use crate::effort::spend;

/// The one kind of ordered collection there is: a library's map is as large as all that uses it,
/// and each kind is a copy in the wasm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally(BTreeMap<String, u64>);

impl Tally {
    /// Adds to the count of a text, and tells it.
    pub(crate) fn add(&mut self, text: &str, times: u64) -> u64 {
        spend(1);
        if let Some(count) = self.0.get_mut(text) {
            *count += times;
            return *count;
        }
        self.0.insert(text.to_owned(), times);
        times
    }

    /// The number that belongs to a text, which is `number` from now on where there was none.
    pub(crate) fn entry(&mut self, text: &str, number: u64) -> u64 {
        self.get(text).unwrap_or_else(|| self.add(text, number))
    }

    /// The number that belongs to a text.
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

    /// How many different texts there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The texts and their counts, in the order of the texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        spend(self.0.len());
        self.0.iter().map(|(text, count)| (text.as_str(), *count))
    }

    /// The texts in their order, as one.
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
    fn texts_are_counted_and_stand_in_order() {
        let mut tally = Tally::default();
        let counts = ["b", "", "b", "a"].map(|text| tally.add(text, 1));
        assert_eq!(counts, [1, 1, 2, 1]);
        assert_eq!(tally.join(","), ",a,b");
    }
}
