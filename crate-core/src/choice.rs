//! Fixed lists of words.

/// A fixed list of words and their values: the only table from which they are read, written, offered
/// and tested.
pub trait Choice: Copy + Eq + 'static {
    /// All values with their words, in the order in which they are offered.
    const ALL: &'static [(Self, &'static str)];

    /// The word of the value.
    fn word(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(value, _)| *value == self)
            .map_or("", |(_, word)| word)
    }

    /// The value of a word; `None` if there is none.
    fn of_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(_, known)| *known == word)
            .map(|(value, _)| *value)
    }

    /// All values.
    fn values() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|(value, _)| *value)
    }
}

/// Makes serde write and read a choice by its words.
macro_rules! serde_by_words {
    ($choice:ty) => {
        impl serde::Serialize for $choice {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(crate::choice::Choice::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $choice {
            fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(reader)?;
                crate::choice::Choice::of_word(&word)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&word, &[]))
            }
        }
    };
}
pub(crate) use serde_by_words;
