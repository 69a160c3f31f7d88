//! How the input is read.

use csv_core::{ReadRecordResult, Reader};

use crate::error::RequestError;
use crate::plan::options::{DEFAULT_MAX_RECORD_SIZE, ExportOptions, MAX_RECORD_SIZE};
use crate::plan::path::{FieldPath, Segment};

/// How the input is read: the options that an export and an inspection share, checked.
///
/// ```
/// use rollcall_core::{ExportOptions, Reading};
///
/// let options = ExportOptions { users_at: Some("response.users".to_owned()), ..Default::default() };
/// assert!(Reading::new(&options).is_ok());
/// let options = ExportOptions { users_at: Some("pages[0]".to_owned()), ..Default::default() };
/// assert!(Reading::new(&options).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Reading {
    pub(crate) max_record_size: usize,
    /// The keys that lead from a root object to the users.
    pub(crate) users_at: Option<Vec<String>>,
    /// The headings of CSV that has no heading row.
    pub(crate) csv_headings: Option<Vec<String>>,
}

impl Reading {
    /// Checks the options that say how the input is read.
    ///
    /// # Errors
    /// The first option that breaks a rule.
    pub fn new(options: &ExportOptions) -> Result<Self, RequestError> {
        if !(1..=MAX_RECORD_SIZE).contains(&options.max_record_size) {
            let text = format!("Expected a size from 1 to {MAX_RECORD_SIZE} bytes");
            return Err(RequestError::at("max_record_size", text));
        }
        Ok(Self {
            max_record_size: options.max_record_size,
            users_at: options.users_at.as_deref().map(keys).transpose()?,
            csv_headings: options.csv_headings.as_deref().map(headings).transpose()?,
        })
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            max_record_size: DEFAULT_MAX_RECORD_SIZE,
            users_at: None,
            csv_headings: None,
        }
    }
}

/// The keys of a path that has nothing else.
fn keys(path: &str) -> Result<Vec<String>, RequestError> {
    let refuse = || {
        let text = "Expected a path of keys, such as response.users".to_owned();
        RequestError::at("users_at", text)
    };
    let path: FieldPath = path.parse().map_err(|_| refuse())?;
    let keys = path.segments().iter().map(|segment| match segment {
        Segment::Name(name) => Ok(name.clone()),
        Segment::Index(_) => Err(refuse()),
    });
    keys.collect()
}

/// The cells of one row of CSV.
fn headings(row: &str) -> Result<Vec<String>, RequestError> {
    let refuse = || {
        let text = "Expected headings as one row of CSV, such as id,email".to_owned();
        RequestError::at("csv_headings", text)
    };
    let row = row.trim();
    let mut text = vec![0; row.len() + 1];
    let mut ends = vec![0; row.len() + 1];
    let input = format!("{row}\n");
    let (result, used, _, count) =
        Reader::new().read_record(input.as_bytes(), &mut text, &mut ends);
    if result != ReadRecordResult::Record || used != input.len() {
        return Err(refuse());
    }
    let mut start = 0;
    let cells = ends[..count].iter().map(|&end| {
        let cell = String::from_utf8_lossy(&text[start..end]).trim().to_owned();
        start = end;
        cell
    });
    let cells: Vec<String> = cells.collect();
    match cells.iter().all(String::is_empty) {
        true => Err(refuse()),
        false => Ok(cells),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_one_row() {
        for (row, want) in [
            ("id,email", Some(&["id", "email"][..])),
            ("id, ,\"a,\"\"b\"", Some(&["id", "", "a,\"b"])),
            ("id", Some(&["id"])),
            ("", None),
            (",", None),
            ("id,\"email", None),
            ("id\nemail", None),
        ] {
            let found = headings(row).ok();
            let want = want.map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect());
            assert_eq!(found, want, "{row}");
        }
    }
}
