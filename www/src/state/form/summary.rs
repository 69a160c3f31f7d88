//! What is asked for, in a few words.

use rollcall_core::Format;

use super::{Form, Wanted};
use crate::show;

impl Form {
    /// What is asked for, in a few words.
    pub fn summary(&self) -> String {
        let connection = self.connection.as_ref().map(Wanted::name);
        let limit = self.limit().ok().flatten();
        summary(self.format, connection, self.field_count(), limit)
    }
}

/// What is asked for, in a few words.
pub fn summary(
    format: Format,
    connection: Option<&str>,
    fields: usize,
    limit: Option<u64>,
) -> String {
    let format = match format {
        Format::Csv => "CSV",
        Format::Json => "JSON",
    };
    let connection = connection.map_or_else(|| "all connections".to_owned(), show::name);
    let fields = match fields {
        0 => "default set of fields".to_owned(),
        many => show::count(many as u64, "field"),
    };
    let mut words = vec![format.to_owned(), connection, fields];
    if let Some(limit) = limit {
        words.push(format!("at most {}", show::count(limit, "user")));
    }
    words.join(" · ")
}
