//! The numbers of requests. Those of profiles are never read: they keep their bytes.

/// The size of an integer without its sign, u64::MAX for all beyond; `None` if the number, which
/// was checked, has a fraction. As in JSON Schema an integer may be written in any way: `1.0`, `1e3`.
pub(crate) fn integer(text: &str) -> Option<u64> {
    let text = text.trim_start_matches('-');
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let written = [whole, fraction].concat();
    let digits = written.trim_end_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    // An exponent that no i64 holds is beyond all that a text can have digits for.
    let is_small = exponent.starts_with('-');
    let beyond = if is_small { i64::MIN } else { i64::MAX };
    let places = (written.len() - digits.len()) as i64 - fraction.len() as i64;
    let scale = exponent.parse().unwrap_or(beyond).saturating_add(places);
    if scale < 0 {
        return None;
    }
    let add = |sum: u64, digit: u8| {
        sum.saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    };
    let zeros = std::iter::repeat_n(b'0', scale.min(20) as usize);
    Some(digits.bytes().chain(zeros).fold(0, add))
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
            assert_eq!(integer(text), want, "{text}");
        }
    }
}
