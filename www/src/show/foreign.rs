//! Texts of strangers, so that they neither hide nor turn anything.

use super::count;

/// Connections of Auth0 have names of at most 128 characters; what a file calls one may be longer.
const LONGEST_NAME: usize = 128;

/// A foreign text for a `bdi` element: what is invisible or reorders the text becomes visible.
pub fn visible(text: &str) -> String {
    let visible = text.chars().map(|c| match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        c if is_unseen(c) => '\u{fffd}',
        other => other,
    });
    visible.collect()
}

/// Whether a character shows nothing itself, or turns the text around it: controls behind ASCII,
/// marks of direction, joiners, separators of lines, and tags.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// A foreign text for a place that takes no markup: it is also kept from reordering what stands
/// around it.
pub fn foreign(text: &str) -> String {
    if text.is_ascii() {
        visible(text)
    } else {
        format!("\u{2068}{}\u{2069}", visible(text))
    }
}

/// A foreign name that takes little room, however long it is.
pub fn name(name: &str) -> String {
    let Some((end, _)) = name.char_indices().nth(LONGEST_NAME) else {
        return foreign(name);
    };
    let length = count(name.chars().count() as u64, "character");
    format!("{}… ({length})", foreign(&name[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_their_length_is_told() {
        let longest = "é".repeat(128);
        assert_eq!(name(&longest), format!("\u{2068}{longest}\u{2069}"));
        let wanted = format!("\u{2068}{longest}\u{2069}… (129 characters)");
        assert_eq!(name(&format!("{longest}x")), wanted);
    }

    #[test]
    fn foreign_texts_cannot_reorder_or_hide() {
        for (text, want) in [
            ("google-oauth2", "google-oauth2"),
            ("Größe", "\u{2068}Größe\u{2069}"),
            ("a\u{202e}b", "\u{2068}a\u{fffd}b\u{2069}"),
            ("a\nb", "a\u{240a}b"),
            ("a\u{2028}\u{feff}b", "\u{2068}a\u{fffd}\u{fffd}b\u{2069}"),
        ] {
            assert_eq!(foreign(text), want);
        }
    }
}
