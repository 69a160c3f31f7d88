//! What Excel makes of cells when it opens a CSV file: quotes do not keep a text a text there.

/// The digits of a number that Excel keeps.
const MAX_DIGITS: usize = 15;

/// The digits that Excel shows of a number before it turns to `1.23457E+11`.
const SHOWN_DIGITS: usize = 11;

/// No text that Excel reads as a number or a date is longer, but for digits alone.
const LONGEST: usize = 40;

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

/// Whether Excel replaces digits of a JSON number by zeros.
pub(super) fn cuts(number: &[u8]) -> bool {
    number.len() > MAX_DIGITS && significant_digits(number) > MAX_DIGITS
}

/// From the first digit to the last one that is not zero.
fn significant_digits(number: &[u8]) -> usize {
    let mantissa = number.split(|byte| matches!(byte, b'e' | b'E')).next();
    let digits = mantissa
        .unwrap_or_default()
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .skip_while(|byte| **byte == b'0');
    let mut significant = 0;
    for (place, digit) in digits.enumerate() {
        if *digit != b'0' {
            significant = place + 1;
        }
    }
    significant
}

/// Whether Excel shows a text as another number, or as a date or a time.
///
/// What is one in some of its languages counts: `1.2.2024` is a date in German.
pub(super) fn converts(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    if !text.last().is_some_and(|last| may_end(*last)) {
        return false;
    }
    if text.iter().all(u8::is_ascii_digit) {
        return text.len() > SHOWN_DIGITS || text.len() > 1 && text[0] == b'0';
    }
    if text.len() > LONGEST {
        return false;
    }
    if is_number(text) {
        return !is_shown_as_it_stands(text);
    }
    is_date(text)
}

/// A digit, `%`, a point, or the last letter of a month, `AM` or `PM`.
fn may_end(last: u8) -> bool {
    last.is_ascii_alphanumeric() || matches!(last, b'%' | b'.')
}

/// Digits with commas among them, a point, an exponent, a percent sign.
fn is_number(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"%").unwrap_or(text);
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = match exponent {
            [b'+' | b'-', digits @ ..] => digits,
            digits => digits,
        };
        (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
    });
    let points = mantissa.iter().filter(|byte| **byte == b'.').count();
    let has_digit = mantissa.iter().any(u8::is_ascii_digit);
    let is_mantissa = mantissa
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    is_exponent && is_mantissa && has_digit && points < 2 && !mantissa.starts_with(b",")
}

/// A number with a point, without zeros at its ends that would go, and not too long.
fn is_shown_as_it_stands(number: &[u8]) -> bool {
    let Some(point) = number.iter().position(|byte| *byte == b'.') else {
        return false;
    };
    let (whole, fraction) = (&number[..point], &number[point + 1..]);
    let is_whole = matches!(whole, [b'0'] | [b'1'..=b'9', ..]);
    number.len() < SHOWN_DIGITS
        && is_whole
        && whole.iter().chain(fraction).all(u8::is_ascii_digit)
        && fraction.last().is_some_and(|last| *last != b'0')
}

/// A part of what may be a date or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number with its digits.
    Number(u16, usize),
    Month,
    /// `AM`, `PM`.
    HalfOfDay,
    Mark(u8),
}

/// The most parts: `12 january 2024 10:20:30.5 pm` with its blanks.
const MAX_PARTS: usize = 16;

fn is_date(text: &[u8]) -> bool {
    let mut parts = [Part::Mark(b' '); MAX_PARTS];
    let Some(count) = split(text, &mut parts) else {
        return false;
    };
    let parts = &parts[..count];
    if is_time(parts) || is_day(parts) {
        return true;
    }
    // A day, a blank and a time.
    (1..count).any(|at| {
        parts[at] == Part::Mark(b' ') && is_day(&parts[..at]) && is_time(&parts[at + 1..])
    })
}

/// Splits a text into parts, blanks in a row as one; `None` if it has others.
fn split(text: &[u8], parts: &mut [Part; MAX_PARTS]) -> Option<usize> {
    let (mut at, mut count) = (0, 0);
    while at < text.len() {
        let start = at;
        let is_alike: fn(&u8) -> bool = match text[at] {
            b'0'..=b'9' => u8::is_ascii_digit,
            b'a'..=b'z' | b'A'..=b'Z' => u8::is_ascii_alphabetic,
            b' ' => |byte| *byte == b' ',
            b'-' | b'/' | b'.' | b':' | b',' => |_| false,
            _ => return None,
        };
        at += 1;
        while text.get(at).is_some_and(is_alike) {
            at += 1;
        }
        let word = &text[start..at];
        *parts.get_mut(count)? = match word[0] {
            b'0'..=b'9' if word.len() > 4 => return None,
            b'0'..=b'9' => {
                let digit = |number: u16, byte: &u8| number * 10 + u16::from(byte - b'0');
                Part::Number(word.iter().fold(0, digit), word.len())
            }
            mark if !mark.is_ascii_alphabetic() => Part::Mark(mark),
            _ => word_part(word)?,
        };
        count += 1;
    }
    Some(count)
}

fn word_part(word: &[u8]) -> Option<Part> {
    let is_start_of = |name: &&[u8]| {
        let start = name.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    if word.len() >= 3 && MONTHS.iter().any(is_start_of) {
        return Some(Part::Month);
    }
    let half = [&b"am"[..], b"pm", b"a", b"p"];
    let is_half = half.iter().any(|half| half.eq_ignore_ascii_case(word));
    is_half.then_some(Part::HalfOfDay)
}

/// Two or three of day, month and year.
fn is_day(parts: &[Part]) -> bool {
    use Part::{Mark, Month, Number};
    // `5-6`, `5/2024`, `2024-01`; with points only three are a date.
    match *parts {
        [Number(a, _), Mark(b'-' | b'/'), Number(b, _)] => {
            let is_of_year = |month: u16, other: u16| is_month(month) && is_year(other);
            is_of_year(a, b) || is_of_year(b, a) || is_day_and_month(a, b)
        }
        [
            Number(a, digits),
            Mark(mark @ (b'-' | b'/' | b'.')),
            Number(b, _),
            Mark(again),
            Number(c, last),
        ] if mark == again => {
            digits == 4 && is_year(a) && is_month(b) && is_day_of_month(c)
                || is_day_and_month(a, b) && (last < 3 || is_year(c))
        }
        // `Mar1` and `1 Mar`, with or without a year.
        [Number(day, _), ref rest @ ..] => {
            let [Month, rest @ ..] = without_mark(rest) else {
                return false;
            };
            (is_day_of_month(day) || is_year(day)) && ends_in_number(rest)
        }
        [Month, ref rest @ ..] => match without_mark(rest) {
            [Number(day, _), rest @ ..] => {
                is_day_of_month(*day) && ends_in_number(rest) || rest.is_empty() && is_year(*day)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Nothing, or a mark and a number.
fn ends_in_number(parts: &[Part]) -> bool {
    let rest = match parts {
        // `Jan 5, 2024`
        [Part::Mark(b','), rest @ ..] => rest,
        rest => rest,
    };
    matches!(without_mark(rest), [] | [Part::Number(..)])
}

fn without_mark(parts: &[Part]) -> &[Part] {
    match parts {
        [Part::Mark(b' ' | b'-' | b'/' | b'.'), rest @ ..] => rest,
        rest => rest,
    }
}

/// `10:20`, `10:20:30.5`, `10:20 PM`, `8 pm`.
fn is_time(parts: &[Part]) -> bool {
    use Part::{HalfOfDay, Mark, Number};
    let (time, has_half) = match parts {
        [time @ .., Mark(b' '), HalfOfDay] => (time, true),
        time => (time, false),
    };
    match time {
        [Number(hour, _)] => has_half && *hour <= 12,
        [Number(..), Mark(b':'), Number(minute, _)] => *minute < 60,
        [
            Number(..),
            Mark(b':'),
            Number(minute, _),
            Mark(b':'),
            Number(second, _),
            rest @ ..,
        ] => *minute < 60 && *second < 60 && matches!(rest, [] | [Mark(b'.'), Number(..)]),
        _ => false,
    }
}

fn is_day_and_month(a: u16, b: u16) -> bool {
    is_day_of_month(a) && is_month(b) || is_month(a) && is_day_of_month(b)
}

fn is_day_of_month(number: u16) -> bool {
    (1..=31).contains(&number)
}

fn is_month(number: u16) -> bool {
    (1..=12).contains(&number)
}

fn is_year(number: u16) -> bool {
    number >= 1900
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_fifteen_digits() {
        for (number, want) in [
            ("999999999999999", false),
            ("9912140633506421", true),
            ("-1234567890123456", true),
            ("1234567890123450000", false),
            ("0.00012345678901234", false),
            ("0.1234567890123456", true),
            ("1.500000000000000000000", false),
            ("1.5e100000000000000000", false),
            ("1234567890123456e7", true),
        ] {
            assert_eq!(cuts(number.as_bytes()), want, "{number}");
        }
    }

    #[test]
    fn texts_that_excel_shows_as_something_else() {
        for text in [
            "00123",
            "007",
            "123456789012",
            "9912140633506421",
            "1E5",
            "12e-3",
            "1.10",
            "1.",
            "00.5",
            ".5",
            "1,234",
            "1,234.50",
            "50%",
            " 007 ",
            "1-2",
            "1/2",
            "31-12",
            "12/2024",
            "2024-01",
            "2024-01-31",
            "31/01/2024",
            "1/31/24",
            "1.2.2024",
            "1.2.3",
            "MARCH1",
            "Sept2",
            "1-Jan",
            "Jan-24",
            "5 january 2024",
            "Jan 5, 2024",
            "Dec 2024",
            "10:20",
            "10:20:30.5",
            "8 PM",
            "8:15 p",
            "2024-01-31 10:20",
            "1/2/2024 10:20:30 AM",
        ] {
            assert!(converts(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn texts_that_excel_leaves_alone() {
        for text in [
            "",
            " ",
            "0",
            "42",
            "12345678901",
            "1.5",
            "0.25",
            "auth0|123",
            "ann@acme.example",
            "ann1",
            "1a",
            "8pm",
            "5f3e",
            "marc1x",
            "May",
            "March",
            "mango 5",
            "127.0.0.1",
            "10.1.2.3",
            "1.2.3.4",
            "555-1234",
            "345-67",
            "13-20",
            "2024-13-01",
            "32/01/2024",
            "10:75",
            "12:34:56:78",
            "2024-01-31T10:20:30.000Z",
            "380 99 345-67-89",
            "e5",
            "1e5e5",
            "1.2,3.4",
            ",5",
            "%",
            "12345678-1234-1234-1234-123456789012",
            "é1",
        ] {
            assert!(!converts(text.as_bytes()), "{text}");
        }
    }
}
