//! A small JSON text, such as a request, read as a whole.

use crate::json::check::{Checker, Step};
use crate::json::read::{Elements, Kind, Members};
use crate::json::text::{key_is, readable};

/// A text that was checked.
pub(crate) struct Document {
    /// The text as the value of an object's only member: any value is checked as one.
    wrapped: Vec<u8>,
}

/// What comes before the text.
const OPENING: &[u8] = b"{\"\":";

impl Document {
    /// `None` for what is not JSON, or holds half a surrogate pair, which no text can.
    pub(crate) fn new(text: &[u8]) -> Option<Self> {
        std::str::from_utf8(text).ok()?;
        let wrapped = [OPENING, text, b"}"].concat();
        let is_object = Checker::new().feed(&wrapped) == Step::End(wrapped.len());
        if !is_object || Members::new(&wrapped, 0).count() != 1 {
            return None;
        }
        let mut halves = 0;
        readable(&wrapped, &mut halves);
        (halves == 0).then_some(Self { wrapped })
    }

    pub(crate) fn root(&self) -> Value<'_> {
        let member = Members::new(&self.wrapped, 0).next();
        let range = member.expect("it was counted when it was checked").value;
        Value(&self.wrapped[range])
    }
}

/// A value, as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a>(pub(crate) &'a [u8]);

impl<'a> Value<'a> {
    pub(crate) fn kind(self) -> Kind {
        Kind::of(self.0)
    }

    /// The text of a string.
    pub(crate) fn string(self) -> Option<String> {
        (self.kind() == Kind::String).then(|| text(&self.0[1..self.0.len() - 1]))
    }

    /// The member of this key in an object; of several the last one.
    pub(crate) fn get(self, key: &str) -> Option<Value<'a>> {
        let members = Members::new(self.0, 0);
        members
            .filter(|member| key_is(&self.0[member.key.clone()], key.as_bytes()))
            .last()
            .map(|member| Value(&self.0[member.value]))
    }

    /// The keys of an object.
    pub(crate) fn keys(self) -> impl Iterator<Item = String> + use<'a> {
        Members::new(self.0, 0).map(move |member| text(&self.0[member.key]))
    }

    /// The elements of an array.
    pub(crate) fn elements(self) -> impl Iterator<Item = Value<'a>> {
        Elements::new(self.0, 0).map(move |range| Value(&self.0[range]))
    }
}

/// The text of a string, in which no half is left.
fn text(raw: &[u8]) -> String {
    String::from_utf8_lossy(&readable(raw, &mut 0)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_one_value_and_nothing_else() {
        for (text, want) in [
            (" {\"a\":1}\n", true),
            ("[]", true),
            ("\"x\"", true),
            ("-1.5e3", true),
            ("null", true),
            ("\"\\ud83d\\ude00\"", true),
            ("", false),
            (" ", false),
            ("{\"a\":1", false),
            ("{} {}", false),
            ("{}}", false),
            ("1,\"a\":2", false),
            ("1}", false),
            ("1},{\"a\":2", false),
            ("01", false),
            ("nul", false),
            ("\"\\ud83d\"", false),
            ("\u{feff}{}", false),
        ] {
            assert_eq!(Document::new(text.as_bytes()).is_some(), want, "{text}");
        }
        assert!(Document::new(b"\"\xff\"").is_none());
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        let document = Document::new(br#"{"a":1,"\u0061":"\"2\"","b":[3, {}]}"#).unwrap();
        let root = document.root();
        assert_eq!(root.get("a").unwrap().string().unwrap(), "\"2\"");
        assert_eq!(root.keys().collect::<Vec<_>>(), ["a", "a", "b"]);
        let elements = root.get("b").unwrap().elements();
        assert_eq!(
            elements.map(|one| one.0).collect::<Vec<_>>(),
            [&b"3"[..], b"{}"]
        );
        assert!(root.get("c").is_none());
    }
}
