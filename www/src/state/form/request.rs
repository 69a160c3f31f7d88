//! What the form asks for, as the API has it.

use rollcall_core::profile::{DASHBOARD_FIELDS, dashboard_fields};
use rollcall_core::{ExportOptions, ExportRequest, FieldSpec, Format, TenantName};

use super::{Form, Row, SAMPLE, Wanted};

impl Form {
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

    /// The request, without what cannot be read.
    pub fn request(&self) -> ExportRequest {
        ExportRequest {
            connection_id: self.connection.as_ref().map(Wanted::id),
            format: Some(self.format),
            limit: self.limit().ok().flatten(),
            fields: Some(self.fields()).filter(|fields| !fields.is_empty()),
        }
    }

    /// The body to send: the query has a connection whose name was typed.
    pub fn body(&self) -> ExportRequest {
        let mut request = self.request();
        if self.typed_name().is_some() {
            request.connection_id = None;
        }
        request
    }

    fn typed_name(&self) -> Option<&str> {
        self.connection.as_ref().and_then(Wanted::typed_name)
    }

    /// Name of the file to download; `None` while the tenant's name is wrong.
    pub fn file_name(&self) -> Option<String> {
        let tenant: TenantName = self.tenant.parse().ok()?;
        Some(tenant.file_name(self.format, &self.options))
    }

    /// Where the request goes: the path with the choices that differ from the usual.
    pub fn target(&self) -> String {
        let options = ExportOptions {
            connection: self.typed_name().map(str::to_owned),
            ..self.options.clone()
        };
        let query = options.to_query();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/api/v2/jobs/users-exports{mark}{query}")
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

impl Row {
    /// The field that the row asks for. White space around a pasted path is not part of it.
    pub fn spec(&self) -> FieldSpec {
        FieldSpec {
            name: self.name.trim().to_owned(),
            export_as: Some(self.title.clone()).filter(|title| !title.is_empty()),
        }
    }
}
