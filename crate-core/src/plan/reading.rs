//! How the input is read.

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
        })
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            max_record_size: DEFAULT_MAX_RECORD_SIZE,
            users_at: None,
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
