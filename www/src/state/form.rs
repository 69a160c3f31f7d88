//! The form: what the person has entered so far, right or wrong.

use rollcall_core::connection::Connection;
use rollcall_core::profile::{DASHBOARD_FIELDS, dashboard_fields};
use rollcall_core::{CsvProfile, ExportOptions, ExportRequest, FieldSpec, Format, TenantName};

use super::job::Job;
use crate::show;

/// Users of a sample.
pub const SAMPLE: u64 = 10;

/// One row of *Export fields*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Stays the same when rows move.
    pub id: u32,
    /// User attribute: a field path.
    pub name: String,
    /// Field name; empty means the attribute itself.
    pub title: String,
}

/// The entries of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub tenant: String,
    /// `None` is all connections.
    pub connection: Option<Connection>,
    pub format: Format,
    pub default_fields: bool,
    pub rows: Vec<Row>,
    pub limit: String,
    pub sample: bool,
    pub csv_profile: CsvProfile,
    pub gzip: bool,
    pub strict: bool,
    next_row: u32,
}

/// A change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Tenant(String),
    Connection(Option<Connection>),
    Format(Format),
    DefaultFields(bool),
    AddRow,
    RowName(u32, String),
    RowTitle(u32, String),
    MoveRow(u32, Direction),
    RemoveRow(u32),
    Limit(String),
    Sample(bool),
    CsvProfile(CsvProfile),
    Gzip(bool),
    Strict(bool),
}

/// Where a row moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            tenant: "my-tenant".to_owned(),
            connection: None,
            format: Format::Csv,
            default_fields: true,
            rows: Vec::new(),
            limit: String::new(),
            sample: false,
            csv_profile: CsvProfile::default(),
            gzip: false,
            strict: false,
            next_row: 1,
        }
    }
}

impl Form {
    /// Applies a change.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Tenant(text) => self.tenant = text,
            Edit::Connection(connection) => self.connection = connection,
            Edit::Format(format) => self.format = format,
            Edit::DefaultFields(included) => self.default_fields = included,
            Edit::AddRow => {
                let id = self.next_row;
                self.next_row += 1;
                self.rows.push(Row {
                    id,
                    ..Row::default()
                });
            }
            Edit::RowName(id, text) => {
                if let Some(row) = self.row_mut(id) {
                    row.name = text;
                }
            }
            Edit::RowTitle(id, text) => {
                if let Some(row) = self.row_mut(id) {
                    row.title = text;
                }
            }
            Edit::MoveRow(id, direction) => {
                let to = self.position(id).and_then(|from| match direction {
                    Direction::Up => from.checked_sub(1).map(|to| (from, to)),
                    Direction::Down => Some((from, from + 1)).filter(|p| p.1 < self.rows.len()),
                });
                if let Some((from, to)) = to {
                    self.rows.swap(from, to);
                }
            }
            Edit::RemoveRow(id) => self.rows.retain(|row| row.id != id),
            Edit::Limit(text) => self.limit = text,
            Edit::Sample(sample) => self.sample = sample,
            Edit::CsvProfile(profile) => self.csv_profile = profile,
            Edit::Gzip(gzip) => self.gzip = gzip,
            Edit::Strict(strict) => self.strict = strict,
        }
    }

    /// Index of a row.
    pub fn position(&self, id: u32) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    fn row_mut(&mut self, id: u32) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.id == id)
    }

    /// The fields of the request: the default ones first, if included, then those of the rows.
    pub fn fields(&self) -> Vec<FieldSpec> {
        let mut fields = self.included();
        fields.extend(self.rows.iter().map(Row::spec));
        fields
    }

    /// The default fields, if they are included.
    pub fn included(&self) -> Vec<FieldSpec> {
        if self.default_fields {
            dashboard_fields()
        } else {
            Vec::new()
        }
    }

    /// How many fields are asked for.
    pub fn field_count(&self) -> usize {
        let included = if self.default_fields {
            DASHBOARD_FIELDS.len()
        } else {
            0
        };
        included + self.rows.len()
    }

    /// The limit as a number; `None` is all users.
    ///
    /// # Errors
    /// The entry is no whole number.
    pub fn limit(&self) -> Result<Option<u64>, std::num::ParseIntError> {
        match self.limit.trim() {
            _ if self.sample => Ok(Some(SAMPLE)),
            "" => Ok(None),
            text => text.parse().map(Some),
        }
    }

    /// The request body, without what cannot be read.
    pub fn request(&self) -> ExportRequest {
        ExportRequest {
            connection_id: self.connection.as_ref().map(|known| known.id.clone()),
            format: Some(self.format),
            limit: self.limit().ok().flatten(),
            fields: Some(self.fields()).filter(|fields| !fields.is_empty()),
        }
    }

    /// What goes beside the request body.
    pub fn options(&self) -> ExportOptions {
        ExportOptions {
            csv_profile: self.csv_profile,
            gzip: self.gzip,
            strict: self.strict,
            ..ExportOptions::default()
        }
    }

    /// Name of the file to download; `None` while the tenant's name is wrong.
    pub fn file_name(&self) -> Option<String> {
        let tenant: TenantName = self.tenant.parse().ok()?;
        Some(tenant.file_name(self.format, &self.options()))
    }

    /// What is asked for, in a few words.
    pub fn summary(&self) -> String {
        let connection = self.connection.as_ref().map(|known| known.name.as_str());
        let limit = self.limit().ok().flatten();
        summary(self.format, connection, self.field_count(), limit)
    }

    /// Where the request goes: the path with the choices that differ from the usual.
    pub fn target(&self) -> String {
        let usual = ExportOptions::default();
        let mut query = Vec::new();
        if self.csv_profile != usual.csv_profile {
            query.push(format!("csv_profile={}", profile_name(self.csv_profile)));
        }
        for (name, is_on) in [("gzip", self.gzip), ("strict", self.strict)] {
            if is_on {
                query.push(format!("{name}=true"));
            }
        }
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/api/v2/jobs/users-exports{mark}{}", query.join("&"))
    }

    /// This form with what a request body says in the place of its own.
    pub fn filled(&self, request: &ExportRequest, connection: Option<Connection>) -> Self {
        let fields = request.fields.clone().unwrap_or_default();
        let default_fields = fields.starts_with(&dashboard_fields());
        let own = if default_fields {
            &fields[DASHBOARD_FIELDS.len()..]
        } else {
            &fields
        };
        let mut form = Self {
            connection,
            format: request.format.unwrap_or_default(),
            default_fields,
            rows: Vec::new(),
            limit: request
                .limit
                .map_or_else(String::new, |limit| limit.to_string()),
            sample: false,
            ..self.clone()
        };
        for field in own {
            form.rows.push(Row {
                id: form.next_row,
                name: field.name.clone(),
                title: field.export_as.clone().unwrap_or_default(),
            });
            form.next_row += 1;
        }
        form
    }

    /// The form as it was for a job.
    pub fn repeated(&self, job: &Job) -> Self {
        let ExportOptions {
            csv_profile,
            gzip,
            strict,
            ..
        } = job.listed.options;
        Self {
            tenant: job.tenant().to_owned(),
            csv_profile,
            gzip,
            strict,
            ..self.filled(&job.request(), job.connection())
        }
    }

    /// Whether a cell of the first column may be empty or stand without quotes.
    ///
    /// A spreadsheet that takes `;` for the separator cuts such rows anew, and then meets texts
    /// without the `'` that guards them. Only `user_id` is a text in every profile.
    pub fn has_bare_first_column(&self) -> bool {
        let first = self.fields().into_iter().next();
        self.format == Format::Csv && first.is_some_and(|field| field.name != "user_id")
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
    let connection = connection.map_or_else(|| "all connections".to_owned(), show::foreign);
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

/// As the query has it.
fn profile_name(profile: CsvProfile) -> &'static str {
    match profile {
        CsvProfile::Auth0 => "auth0",
        CsvProfile::OwaspMinimal => "owasp-minimal",
        CsvProfile::Excel => "excel",
        CsvProfile::Plain => "plain",
    }
}

impl Row {
    /// The field that the row asks for. White space around a pasted path is not part of it.
    pub fn spec(&self) -> FieldSpec {
        FieldSpec {
            name: self.name.trim().to_owned(),
            export_as: Some(self.title.clone()).filter(|title| !title.is_empty()),
        }
    }
}
