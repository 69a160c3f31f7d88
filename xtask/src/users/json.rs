//! Writes JSON with the escapes that real files have and serde_json never writes.

use std::{fmt, io::Write};

/// Appends JSON to a buffer, with commas where they belong.
pub struct Json<'a> {
    out: &'a mut Vec<u8>,
    /// Writes `\u00e9` for é, as some servers do.
    escapes_unicode: bool,
    follows_value: bool,
}

impl<'a> Json<'a> {
    pub fn new(out: &'a mut Vec<u8>, escapes_unicode: bool) -> Self {
        Self {
            out,
            escapes_unicode,
            follows_value: false,
        }
    }

    pub fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.nested(b'{', b'}', fill);
    }

    pub fn array(&mut self, fill: impl FnOnce(&mut Self)) {
        self.nested(b'[', b']', fill);
    }

    /// The key of the value that is written next.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.string(key);
        self.out.push(b':');
        self.follows_value = false;
        self
    }

    /// A number, boolean or null.
    pub fn bare(&mut self, value: impl fmt::Display) {
        self.separate();
        write!(self.out, "{value}").expect("a Vec takes every write");
    }

    pub fn string(&mut self, text: &str) {
        self.separate();
        self.out.push(b'"');
        self.escaped(text);
        self.out.push(b'"');
    }

    /// A string put together from parts.
    pub fn text(&mut self, parts: fmt::Arguments) {
        self.separate();
        self.out.push(b'"');
        fmt::Write::write_fmt(&mut Escaped(self), parts).expect("a Vec takes every write");
        self.out.push(b'"');
    }

    fn nested(&mut self, open: u8, close: u8, fill: impl FnOnce(&mut Self)) {
        self.separate();
        self.out.push(open);
        self.follows_value = false;
        fill(self);
        self.out.push(close);
        self.follows_value = true;
    }

    fn separate(&mut self) {
        if self.follows_value {
            self.out.push(b',');
        }
        self.follows_value = true;
    }

    fn escaped(&mut self, text: &str) {
        let is_plain = |byte: u8| {
            byte >= b' '
                && byte != b'"'
                && byte != b'\\'
                && (byte.is_ascii() || !self.escapes_unicode)
        };
        if text.bytes().all(is_plain) {
            self.out.extend_from_slice(text.as_bytes());
            return;
        }
        for character in text.chars() {
            match character {
                '"' => self.out.extend_from_slice(br#"\""#),
                '\\' => self.out.extend_from_slice(br"\\"),
                '\n' => self.out.extend_from_slice(br"\n"),
                '\r' => self.out.extend_from_slice(br"\r"),
                '\t' => self.out.extend_from_slice(br"\t"),
                character
                    if character >= ' ' && (character.is_ascii() || !self.escapes_unicode) =>
                {
                    let mut bytes = [0; 4];
                    self.out
                        .extend_from_slice(character.encode_utf8(&mut bytes).as_bytes());
                }
                character => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        write!(self.out, "\\u{unit:04x}").expect("a Vec takes every write");
                    }
                }
            }
        }
    }
}

/// Escapes what `format_args!` writes.
struct Escaped<'json, 'out>(&'json mut Json<'out>);

impl fmt::Write for Escaped<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escaped(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_must_be_and_what_may_be() {
        for (text, escapes_unicode, want) in [
            ("a", false, r#""a""#),
            ("say \"hi\"\n\\", false, r#""say \"hi\"\n\\""#),
            ("\u{1}é😀", false, "\"\\u0001é😀\""),
            ("é😀", true, r#""\u00e9\ud83d\ude00""#),
        ] {
            let mut out = Vec::new();
            Json::new(&mut out, escapes_unicode).string(text);
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }

    #[test]
    fn puts_commas_between_values_only() {
        let mut out = Vec::new();
        Json::new(&mut out, false).object(|json| {
            json.key("a").array(|json| {
                json.bare(1);
                json.text(format_args!("{}-{}", 2, 3));
            });
            json.key("b").object(|_| ());
            json.key("c").bare("null");
        });
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{"a":[1,"2-3"],"b":{},"c":null}"#
        );
    }
}
