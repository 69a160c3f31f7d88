//! What is wrong in the form, and beside which input it is said.

use rollcall_core::plan::MAX_CSV_FIELDS;
use rollcall_core::{ExportRequest, FieldSpec, Format, Plan, RequestError, TenantName};

use super::form::{Form, Wanted};

/// An input of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Files,
    UsersAt,
    CsvHeadings,
    Tenant,
    Connection,
    /// The connection that is typed.
    ConnectionName,
    /// User attribute of the row with this id.
    RowName(u32),
    /// Field name of the row with this id.
    RowTitle(u32),
    Limit,
}

impl Input {
    /// `id` of the input's element.
    pub fn element(self) -> String {
        match self {
            Self::Files => "files".to_owned(),
            Self::UsersAt => "users-at".to_owned(),
            Self::CsvHeadings => "csv-headings".to_owned(),
            Self::Tenant => "tenant".to_owned(),
            Self::Connection => "connection".to_owned(),
            Self::ConnectionName => "connection-name".to_owned(),
            Self::RowName(id) => format!("field-{id}-name"),
            Self::RowTitle(id) => format!("field-{id}-title"),
            Self::Limit => "limit".to_owned(),
        }
    }
}

/// An entry that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    pub input: Input,
    pub text: String,
    /// Nothing has been entered yet, or it is said elsewhere: not worth a word before the person
    /// asks for the export.
    pub is_blank: bool,
}

/// All faults, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(pub Vec<FormError>);

impl FormErrors {
    /// Checks the whole form; `files_fault` is what is wrong with the chosen files. No faults means
    /// that [`Plan::new`] takes the request.
    pub fn of(form: &Form, files_fault: Option<String>) -> Self {
        let mut faults = Self::default();
        if let Some(text) = files_fault {
            faults.blank(Input::Files, &text);
        }
        let whole = Plan::new(&form.request(), &form.options).err();
        if let Some(error) = &whole
            && error.property() == Some("csv_headings")
        {
            faults.add(Input::CsvHeadings, sentence(error.text()));
        }
        if let Err(error) = form.tenant.parse::<TenantName>() {
            let text = match form.tenant.as_str() {
                "" => "Enter a tenant name. The file is named after it.".to_owned(),
                _ => sentence(&error.to_string()),
            };
            faults.add(Input::Tenant, text);
        }
        if let Some(error) = &whole
            && error.property() == Some("connection_id")
        {
            faults.add(Input::Connection, sentence(error.text()));
        }
        if form.connection == Some(Wanted::Typed(String::new())) {
            faults.blank(
                Input::ConnectionName,
                "Enter the name or id of a connection.",
            );
        }
        faults.check_rows(form);
        match (form.limit(), &whole) {
            (Err(_), _) => faults.add(
                Input::Limit,
                "Enter a whole number, or leave this empty for all users.",
            ),
            (Ok(_), Some(error)) if error.property() == Some("limit") => {
                faults.add(
                    Input::Limit,
                    "Enter 1 or more, or leave this empty for all users.",
                );
            }
            _ => {}
        }
        faults
    }

    /// What to say at an input.
    pub fn at(&self, input: Input) -> Option<String> {
        let fault = self.0.iter().find(|fault| fault.input == input)?;
        Some(fault.text.clone())
    }

    /// Leaves out the entries that were not made yet.
    pub fn without_blanks(mut self) -> Self {
        self.0.retain(|fault| !fault.is_blank);
        self
    }

    /// Adds the rows to a request one after another: the row with which the rules break is at
    /// fault and stays out, so that each is judged beside the right ones above it.
    fn check_rows(&mut self, form: &Form) {
        let mut fields = form.included();
        for row in &form.rows {
            let spec = row.spec();
            if spec.name.is_empty() {
                self.blank(
                    Input::RowName(row.id),
                    "Enter a user attribute, or remove this field.",
                );
                continue;
            }
            fields.push(spec);
            let request = ExportRequest {
                format: Some(form.format),
                fields: Some(fields),
                ..ExportRequest::default()
            };
            let error = Plan::new(&request, &form.options).err();
            let error = error.filter(|error| error.property() != Some("csv_headings"));
            fields = request.fields.unwrap_or_default();
            if let Some(error) = error {
                let (is_title, text) = words(&error, &fields, form.format);
                let input = if is_title {
                    Input::RowTitle
                } else {
                    Input::RowName
                };
                self.add(input(row.id), text);
                fields.pop();
            }
        }
    }

    fn add(&mut self, input: Input, text: impl Into<String>) {
        let text = text.into();
        self.0.push(FormError {
            input,
            text,
            is_blank: false,
        });
    }

    fn blank(&mut self, input: Input, text: &str) {
        let text = text.to_owned();
        self.0.push(FormError {
            input,
            text,
            is_blank: true,
        });
    }
}

/// Whether the last field's title is at fault rather than its attribute, and what to say.
fn words(error: &RequestError, fields: &[FieldSpec], format: Format) -> (bool, String) {
    let has_title = fields.last().is_some_and(|field| field.export_as.is_some());
    match error.property() {
        Some("fields") if format == Format::Csv && fields.len() > MAX_CSV_FIELDS => {
            let text =
                format!("CSV allows at most {MAX_CSV_FIELDS} fields: remove some, or export JSON.");
            (false, text)
        }
        Some("fields") => {
            let text = "Another field already has this name. Give this one a different field name.";
            (has_title, text.to_owned())
        }
        Some(property) => (property.ends_with(".export_as"), sentence(error.text())),
        None => (false, sentence(error.text())),
    }
}

/// A message of the core as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter();
    // A field's name at the beginning keeps its case.
    let starts_with_name = text
        .split(' ')
        .next()
        .is_some_and(|word| word.contains('_'));
    let mut sentence: String = if starts_with_name {
        text.to_owned()
    } else {
        first
            .flat_map(char::to_uppercase)
            .chain(characters)
            .collect()
    };
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}
