//! Numbers as people read them.

/// A whole number with a comma between thousands.
///
/// ```
/// assert_eq!(rollcall_core::number::number(1_234_567), "1,234,567");
/// ```
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun, which takes an `s` unless there is one: `1 user`, `1,234 users`.
///
/// ```
/// assert_eq!(rollcall_core::number::count(2000, "user"), "2,000 users");
/// ```
pub fn count(many: u64, noun: &str) -> String {
    let ending = if many == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", number(many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_between_thousands() {
        for (many, want) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (123_456, "123,456"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(many), want);
        }
        assert_eq!(count(1, "user"), "1 user");
        assert_eq!(count(2000, "user"), "2,000 users");
    }
}
