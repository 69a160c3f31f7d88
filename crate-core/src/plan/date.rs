//! The dates that Auth0 writes.

/// Whether the text is `YYYY-MM-DDThh:mm:ss[.f]` with `Z` or `±hh:mm` after it, and is a date
/// that exists.
pub(crate) fn is_date(text: &[u8]) -> bool {
    let Some((seconds, rest)) = text.split_at_checked(19) else {
        return false;
    };
    is_local_time(seconds) && is_zone(without_fraction(rest))
}

fn is_local_time(text: &[u8]) -> bool {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = text
    else {
        return false;
    };
    let pair = |tens: &u8, ones: &u8| number(&[*tens, *ones]);
    let (Some(year), Some(month), Some(day)) =
        (number(&[*y1, *y2, *y3, *y4]), pair(m1, m2), pair(d1, d2))
    else {
        return false;
    };
    let is_time = pair(h1, h2).is_some_and(|hour| hour < 24)
        && pair(n1, n2).is_some_and(|minute| minute < 60)
        && pair(s1, s2).is_some_and(|second| second < 60);
    is_time && (1..=days(year, month)).contains(&day)
}

/// Days of a month; 0 for a month that is none.
fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, byte| {
        Some(number * 10 + char::from(*byte).to_digit(10)?)
    })
}

/// The zone after an optional `.` and its digits, of which there must be one at least.
fn without_fraction(text: &[u8]) -> &[u8] {
    let Some(fraction) = text.strip_prefix(b".") else {
        return text;
    };
    match fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
    {
        0 => text,
        digits => &fraction[digits..],
    }
}

fn is_zone(text: &[u8]) -> bool {
    match text {
        b"Z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            number(&[*h1, *h2]).is_some_and(|hour| hour < 24)
                && number(&[*m1, *m2]).is_some_and(|minute| minute < 60)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_dates_that_exist() {
        for (text, want) in [
            ("2023-01-25T17:48:14.784Z", true),
            ("2023-01-25T17:48:14Z", true),
            ("2023-01-25T17:48:14.7+05:30", true),
            ("2024-02-29T00:00:00-23:59", true),
            ("2000-02-29T23:59:59Z", true),
            ("2023-02-29T00:00:00Z", false),
            ("1900-02-29T00:00:00Z", false),
            ("2023-04-31T00:00:00Z", false),
            ("2023-13-01T00:00:00Z", false),
            ("2023-00-01T00:00:00Z", false),
            ("2023-01-00T00:00:00Z", false),
            ("2023-01-01T24:00:00Z", false),
            ("2023-01-01T00:60:00Z", false),
            ("2023-01-01T00:00:60Z", false),
            ("2023-01-01T00:00:00.Z", false),
            ("2023-01-01T00:00:00", false),
            ("2023-01-01T00:00:00z", false),
            ("2023-01-01t00:00:00Z", false),
            ("2023-01-01 00:00:00Z", false),
            ("2023-01-01T00:00:00+0530", false),
            ("2023-01-01T00:00:00+24:00", false),
            ("2023-01-01T00:00:00Z ", false),
            ("2023-01-01T00:00:00Z=1+1", false),
            ("=1+1", false),
            ("", false),
        ] {
            assert_eq!(is_date(text.as_bytes()), want, "{text}");
        }
    }
}
