//! Guards in front of JSON: text that some servers send so that a script cannot run an answer.

const GUARDS: [&[u8]; 4] = [b")]}',", b")]}'", b"while(1);", b"for(;;);"];

/// The length of a guard at the start of a text, once a byte follows it.
pub(super) fn guard_length(text: &[u8]) -> usize {
    let mut guards = GUARDS.iter().filter(|guard| text.starts_with(guard));
    let length = guards.next().map_or(0, |guard| guard.len());
    match text.len() > length {
        true => length,
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_ends_where_another_byte_follows() {
        for (text, want) in [
            ("", 0),
            (")]}", 0),
            (")]}'", 0),
            (")]}',", 0),
            (")]}'\n", 4),
            (")]}'[", 4),
            (")]}',\n", 5),
            ("while(1);[", 9),
            ("for(;;);{", 8),
            ("for(;;)", 0),
            ("[", 0),
        ] {
            assert_eq!(guard_length(text.as_bytes()), want, "{text}");
        }
    }
}
