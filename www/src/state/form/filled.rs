//! The form as a request or a job had it.

use rollcall_core::profile::{DASHBOARD_FIELDS, dashboard_fields};
use rollcall_core::{ExportOptions, ExportRequest};

use super::{Form, Row, Wanted};
use crate::state::job::Job;

impl Form {
    /// This form with what a request body says in the place of its own.
    pub fn filled(&self, request: &ExportRequest, connection: Option<Wanted>) -> Self {
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
        Self {
            tenant: job.tenant().to_owned(),
            options: ExportOptions {
                connection: None,
                ..job.listed.options.clone()
            },
            ..self.filled(&job.request(), job.connection())
        }
    }
}
