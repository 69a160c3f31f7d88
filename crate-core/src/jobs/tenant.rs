//! The tenant's name, which names the file.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::choice::Choice;
use crate::plan::options::ExportOptions;
use crate::plan::request::Format;

/// Names that Windows reserves for devices, whatever the extension: `con.csv` is not a file there.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Devices followed by a number.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// A tenant name: 3 to 63 characters of `a-z`, `0-9` and `-`, as in Auth0, except names that Windows
/// reserves for devices.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TenantName(String);

/// The text is not a tenant name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TenantNameError {
    /// It has other characters, or too few or too many.
    #[error("a tenant name must be 3 to 63 characters: a-z, 0-9 and hyphen")]
    Characters,
    /// Windows does not allow files of this name.
    #[error("Windows reserves this name for a device")]
    Device,
}

impl TenantName {
    /// Name of the file: `<tenant>.csv` or `<tenant>.json`, with `.gz` behind it when compressed.
    pub fn file_name(&self, format: Format, options: &ExportOptions) -> String {
        // As with Auth0, the format's word is the ending, of NDJSON too.
        let extension = format.word();
        let gzip = if options.gzip { ".gz" } else { "" };
        format!("{self}.{extension}{gzip}")
    }
}

impl FromStr for TenantName {
    type Err = TenantNameError;

    fn from_str(text: &str) -> Result<Self, TenantNameError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !(3..=63).contains(&text.len()) || !text.bytes().all(allowed) {
            return Err(TenantNameError::Characters);
        }
        if is_device(text) {
            return Err(TenantNameError::Device);
        }
        Ok(Self(text.to_owned()))
    }
}

fn is_device(name: &str) -> bool {
    let is_numbered = |device: &str| {
        let number = name.strip_prefix(device).unwrap_or_default();
        number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
    };
    DEVICES.contains(&name) || NUMBERED_DEVICES.into_iter().any(is_numbered)
}

impl fmt::Display for TenantName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_as_a_file_name() {
        let longest = "a".repeat(63);
        let too_long = "a".repeat(64);
        for (text, want) in [
            ("acme", true),
            ("a-1", true),
            (longest.as_str(), true),
            (too_long.as_str(), false),
            ("ab", false),
            ("", false),
            ("Acme", false),
            ("../acme", false),
            ("acme.csv", false),
            ("ac\u{202e}me", false),
            ("ac me", false),
            ("ac\0me", false),
            ("con", false),
            ("com1", false),
            ("lpt9", false),
            ("com10", true),
            ("comx", true),
            ("contoso", true),
        ] {
            assert_eq!(text.parse::<TenantName>().is_ok(), want, "{text:?}");
        }
    }
}
