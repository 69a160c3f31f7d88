//! The numbers of requests. Those of profiles are never read: they keep their bytes.

/// The size of an integer without its sign, u64::MAX for all beyond; `None` if the number, which
/// was checked, has a fraction. As in JSON Schema an integer may be written in any way: `1.0`, `1e3`.
pub(crate) fn integer(number: &[u8]) -> Option<u64> {
    let (mantissa, exponent) = halves(number, |byte| matches!(byte, b'e' | b'E'));
    let (whole, fraction) = halves(mantissa, |byte| *byte == b'.');
    let mut digits = [whole.strip_prefix(b"-").unwrap_or(whole), fraction].concat();
    let mut places = -(fraction.len() as i64);
    while digits.pop_if(|digit| *digit == b'0').is_some() {
        places += 1;
    }
    if digits.is_empty() {
        return Some(0);
    }
    // An exponent that no i64 holds is beyond all that a text can have digits for.
    let beyond = match exponent.first() {
        None => 0,
        Some(b'-') => i64::MIN,
        Some(_) => i64::MAX,
    };
    let exponent = std::str::from_utf8(exponent).ok()?;
    let scale = exponent.parse().unwrap_or(beyond).saturating_add(places);
    if scale < 0 {
        return None;
    }
    let add = |sum: u64, digit: u8| {
        sum.saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    };
    let zeros = std::iter::repeat_n(b'0', scale.min(20) as usize);
    Some(digits.into_iter().chain(zeros).fold(0, add))
}

/// What comes before and after the first mark.
fn halves(text: &[u8], is_mark: impl FnMut(&u8) -> bool) -> (&[u8], &[u8]) {
    let mut halves = text.splitn(2, is_mark);
    let mut half = || halves.next().unwrap_or_default();
    (half(), half())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_has_no_fraction_however_it_is_written() {
        for (text, want) in [
            ("0", Some(0)),
            ("-0.0e5", Some(0)),
            ("12", Some(12)),
            ("-7", Some(7)),
            ("100", Some(100)),
            ("1.0", Some(1)),
            ("1.50e1", Some(15)),
            ("1.5", None),
            ("15e-1", None),
            ("150e-1", Some(15)),
            ("1E+3", Some(1000)),
            ("0e99999999999999999999", Some(0)),
            ("1e99999999999999999999", Some(u64::MAX)),
            ("1e-99999999999999999999", None),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", Some(u64::MAX)),
            ("1e300", Some(u64::MAX)),
        ] {
            assert_eq!(integer(text.as_bytes()), want, "{text}");
        }
    }
}
