//! The root keys of a record that is exported as a whole.

use std::ops::Range;

use crate::plan::profile::is_hidden;

/// More keys are too many to compare here.
const MAX_KEYS: usize = 128;

/// Twice as many, so that a free one is near; a number in one byte names any key.
const PLACES: usize = 256;

/// Sees to it that no root key occurs twice, and notes which ones are not exported.
#[derive(Debug)]
pub(super) struct Watch {
    keys: Vec<Range<usize>>,
    /// Numbers of keys, from 1, at the places of their hashes, or after where those are taken.
    places: [u8; PLACES],
    /// Keys that are not exported, without their quotes.
    pub hidden: Vec<Range<usize>>,
    /// Whether a key occurs twice, or there may be more to hide.
    pub is_in_doubt: bool,
}

impl Watch {
    pub(super) fn new() -> Self {
        Self {
            keys: Vec::new(),
            places: [0; PLACES],
            hidden: Vec::new(),
            is_in_doubt: false,
        }
    }

    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.places.fill(0);
        self.hidden.clear();
        self.is_in_doubt = false;
    }

    /// Meets a key, given without its quotes, that no field names.
    pub(super) fn meet(&mut self, text: &[u8], key: Range<usize>, is_plain: bool) {
        if !is_plain || self.keys.len() == MAX_KEYS {
            self.is_in_doubt = true;
            return;
        }
        let name = &text[key.clone()];
        let mut place = hash(name);
        while let Some(known) = usize::from(self.places[place]).checked_sub(1) {
            self.is_in_doubt |= &text[self.keys[known].clone()] == name;
            place = (place + 1) % PLACES;
        }
        if is_hidden(|hidden| hidden.as_bytes() == name) {
            self.hidden.push(key.clone());
        }
        self.keys.push(key);
        self.places[place] = self.keys.len() as u8;
    }
}

fn hash(name: &[u8]) -> usize {
    let byte = |at: usize| usize::from(name.get(at).copied().unwrap_or_default());
    (byte(0) + 3 * byte(name.len() / 2) + 7 * name.len()) % PLACES
}
