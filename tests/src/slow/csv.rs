//! Rows of CSV.

use rollcall_core::{CsvProfile, FieldSpec};

use super::Field;
use super::json::decode;
use super::ndjson::without_secrets;

const DEFAULT: &str = "user_id,email,email_verified,username,phone_number,phone_verified,name,given_name,family_name,nickname,picture,identities[0].connection,created_at,updated_at,last_login,last_ip,logins_count,blocked,last_password_reset,multifactor,multifactor_last_modified";
const DATES: [&str; 5] = [
    "created_at",
    "updated_at",
    "last_login",
    "last_password_reset",
    "multifactor_last_modified",
];
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

pub fn default_fields() -> Vec<Field> {
    let spec = |name: &str| FieldSpec {
        name: name.to_owned(),
        export_as: None,
    };
    DEFAULT
        .split(',')
        .map(|name| Field::new(&spec(name)))
        .collect()
}

pub fn heading(fields: &[Field], profile: CsvProfile, out: &mut Vec<u8>) {
    let cells = fields.iter().enumerate().map(|(column, field)| {
        let text = field.title.as_ref().unwrap_or(&field.name);
        let is_misread = column == 0
            && profile != CsvProfile::Excel
            && (text.starts_with("ID") || text.starts_with('\u{feff}'));
        let prefix = match profile != CsvProfile::Plain && may_be_formula(text) {
            true => "'",
            false => "",
        };
        match is_misread || text.contains([',', '"', '\r', '\n']) {
            true => quoted(prefix, text),
            false => format!("{prefix}{text}"),
        }
    });
    if profile == CsvProfile::Excel {
        out.extend("\u{feff}".bytes());
    }
    line(cells.collect(), profile, out);
}

/// Writes a row, and tells how many halves of surrogate pairs were replaced in it.
pub fn row(fields: &[Field], record: &str, profile: CsvProfile, out: &mut Vec<u8>) -> u64 {
    let mut replaced = 0;
    let cells = fields.iter().map(|field| {
        let value = field.find(record).map_or("null", |found| found.0);
        match value.as_bytes()[0] {
            b'n' => String::new(),
            b'{' | b'[' => string(&without_secrets(&field.path, value), profile),
            b'"' => {
                let (text, count) = decode(value);
                replaced += count;
                let is_date = DATES.iter().any(|name| field.path.as_root() == Some(name));
                match is_date && self::is_date(&text) {
                    true => text,
                    false => string(&text, profile),
                }
            }
            _ => value.to_owned(),
        }
    });
    let cells = cells.collect();
    line(cells, profile, out);
    replaced
}

fn line(cells: Vec<String>, profile: CsvProfile, out: &mut Vec<u8>) {
    let line = match cells.join(",") {
        line if line.is_empty() => "\"\"".to_owned(),
        line => line,
    };
    out.extend(line.bytes());
    out.extend(match profile {
        CsvProfile::Excel => &b"\r\n"[..],
        _ => b"\n",
    });
}

fn string(text: &str, profile: CsvProfile) -> String {
    match profile {
        CsvProfile::Auth0 => quoted("'", text),
        CsvProfile::OwaspMinimal | CsvProfile::Excel => {
            match text.starts_with('\'') || may_be_formula(text) {
                true => quoted("'", text),
                false => quoted("", text),
            }
        }
        CsvProfile::Plain => match text.is_empty() || text.contains([',', '"', '\r', '\n']) {
            true => quoted("", text),
            false => text.to_owned(),
        },
    }
}

fn may_be_formula(text: &str) -> bool {
    text.trim_start_matches(['\0', '\u{feff}'])
        .starts_with(TRIGGERS)
}

fn quoted(prefix: &str, text: &str) -> String {
    format!("\"{prefix}{}\"", text.replace('"', "\"\""))
}

/// ISO 8601 to the letter.
fn is_date(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|character| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        })
        .collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else {
        return false;
    };
    let zone = match rest.strip_prefix(".0") {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => rest,
    };
    let number = |from: usize, length: usize| -> u32 {
        let digits = &text[from..from + length];
        digits.parse().expect("these are digits")
    };
    let zone_at = text.len() - zone.len();
    let is_zone = zone == "Z"
        || matches!(zone, "+00:00" | "-00:00")
            && number(zone_at + 1, 2) < 24
            && number(zone_at + 4, 2) < 60;
    let year = number(0, 4);
    let february = match year % 400 == 0 || year % 4 == 0 && year % 100 != 0 {
        true => 29,
        false => 28,
    };
    let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = number(5, 2) as usize;
    is_zone
        && (1..=12).contains(&month)
        && (1..=days[month - 1]).contains(&number(8, 2))
        && number(11, 2) < 24
        && number(14, 2) < 60
        && number(17, 2) < 60
}
