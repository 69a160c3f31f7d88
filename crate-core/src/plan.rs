//! A request that has passed all rules.

pub mod connection;
pub(crate) mod date;
pub(crate) mod formula;
pub mod options;
pub(crate) mod outline;
pub mod path;
pub mod profile;
pub mod reading;
pub mod request;
pub(crate) mod shape;

use crate::error::RequestError;
use crate::json::document::Document;
use crate::plan::connection::{Connection, is_connection_id};
use crate::plan::options::ExportOptions;
use crate::plan::path::{FieldPath, Segment, index_of};
use crate::plan::profile::{DEFAULT_CSV_FIELDS, METADATA};
use crate::plan::reading::Reading;
use crate::plan::request::{ExportRequest, FieldSpec, Format};
use crate::plan::shape::Object;
use crate::tally::Tally;

/// The most fields of a CSV export.
pub const MAX_CSV_FIELDS: usize = 30;

/// The most characters of a field's `name` and `export_as`.
pub const MAX_NAME_LENGTH: usize = 100;

/// A checked request: the only way to create an [`crate::Exporter`].
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) format: Format,
    pub(crate) limit: Option<u64>,
    pub(crate) connection: ConnectionChoice,
    /// `None`: whole records, except what must not be exported (JSON without fields).
    pub(crate) fields: Option<Vec<Field>>,
    /// Whether the fields are the default ones, which nobody has asked for.
    pub(crate) has_default_fields: bool,
    pub(crate) options: ExportOptions,
    pub(crate) reading: Reading,
}

/// Whose users are exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionChoice {
    All,
    /// A connection found in a list.
    Known(String),
    Name(String),
    /// An id without a list, compared with the ids derived from names.
    Id(String),
}

/// A field of the plan.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name as requested; a root key of this name takes precedence over the path.
    pub name: String,
    /// The name read as a path; if it is not a valid path, only the root key counts.
    pub path: FieldPath,
    pub export_as: Option<String>,
}

impl Plan {
    /// Checks a request and its options.
    ///
    /// # Errors
    /// The first broken rule, with Auth0's message if the rule is Auth0's.
    pub fn new(request: &ExportRequest, options: &ExportOptions) -> Result<Self, RequestError> {
        let format = request.format.unwrap_or_default();
        check_connection(request, options)?;
        if request.limit == Some(0) {
            return Err(RequestError::at(
                "limit",
                "Value 0 is less than minimum 1".to_owned(),
            ));
        }
        let specs = request.fields.as_deref().unwrap_or_default();
        check_fields(specs, format, options)?;
        let reading = Reading::new(options)?;
        let fields = match (specs, format) {
            ([], Format::Json) => None,
            ([], Format::Csv) => Some(
                DEFAULT_CSV_FIELDS
                    .iter()
                    .map(|name| Field::named(name))
                    .collect(),
            ),
            (specs, _) => Some(specs.iter().map(Field::new).collect()),
        };
        let connection = match (&request.connection_id, &options.connection) {
            (Some(id), _) => ConnectionChoice::Id(id.clone()),
            (None, Some(name)) => ConnectionChoice::Name(name.clone()),
            (None, None) => ConnectionChoice::All,
        };
        Ok(Self {
            format,
            limit: request.limit,
            connection,
            fields,
            has_default_fields: specs.is_empty(),
            options: options.clone(),
            reading,
        })
    }

    /// Checks a request and its options, both as JSON. The options may include `connections`, the
    /// list of all connections.
    ///
    /// # Errors
    /// As for [`Plan::new`] and [`Plan::among`]; the shape of the request is checked first.
    pub fn from_json(request: &[u8], options: &[u8]) -> Result<Self, RequestError> {
        let request = ExportRequest::from_json(request)?;
        let document = Document::new(options).ok_or_else(RequestError::not_json)?;
        let object = Object::new(document.root(), "")?;
        let options = ExportOptions::from_object(object, &[connection::LIST])?;
        let connections = Connection::list(object)?;
        Self::new(&request, &options)?.among_known(connections.as_deref())
    }

    /// Like [`Plan::among`], if there is a list.
    ///
    /// # Errors
    /// As for [`Plan::among`].
    pub fn among_known(self, connections: Option<&[Connection]>) -> Result<Self, RequestError> {
        match connections {
            Some(connections) => self.among(connections),
            None => Ok(self),
        }
    }

    /// Looks the connection up in a list of all connections.
    ///
    /// # Errors
    /// `The connection does not exist.` if it is not in the list.
    pub fn among(mut self, connections: &[Connection]) -> Result<Self, RequestError> {
        let found = match &self.connection {
            ConnectionChoice::All | ConnectionChoice::Known(_) => return Ok(self),
            ConnectionChoice::Id(id) => connections.iter().find(|known| known.id == *id),
            ConnectionChoice::Name(name) => connections.iter().find(|known| known.name == *name),
        };
        let found = found.ok_or_else(RequestError::unknown_connection)?;
        self.connection = ConnectionChoice::Known(found.name.clone());
        Ok(self)
    }

    /// The name of the connection whose users are exported, once found in a list.
    pub fn connection_name(&self) -> Option<&str> {
        match &self.connection {
            ConnectionChoice::Known(name) => Some(name),
            ConnectionChoice::All | ConnectionChoice::Name(_) | ConnectionChoice::Id(_) => None,
        }
    }

    /// Format of the output.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl Field {
    fn new(spec: &FieldSpec) -> Self {
        Self {
            export_as: spec.export_as.clone(),
            ..Self::named(&spec.name)
        }
    }

    fn named(name: &str) -> Self {
        let path = name.parse().unwrap_or_else(|_| FieldPath::root(name));
        Self {
            name: name.to_owned(),
            path,
            export_as: None,
        }
    }

    /// The column heading.
    pub fn heading(&self) -> &str {
        self.export_as.as_deref().unwrap_or(&self.name)
    }
}

fn check_connection(request: &ExportRequest, options: &ExportOptions) -> Result<(), RequestError> {
    let Some(id) = &request.connection_id else {
        return Ok(());
    };
    if !is_connection_id(id) {
        let text = "String does not match pattern ^con_[A-Za-z0-9]{16}$".to_owned();
        return Err(RequestError::at("connection_id", text));
    }
    if options.connection.is_some() {
        let text = "Expected a connection id or a connection name, not both".to_owned();
        return Err(RequestError::at("connection_id", text));
    }
    Ok(())
}

fn check_fields(
    specs: &[FieldSpec],
    format: Format,
    options: &ExportOptions,
) -> Result<(), RequestError> {
    let is_csv = format == Format::Csv;
    if is_csv && !options.lift_limits && specs.len() > MAX_CSV_FIELDS {
        let text = format!(
            "Array is too long ({}), maximum {MAX_CSV_FIELDS}",
            specs.len()
        );
        return Err(RequestError::at("fields", text));
    }
    for (index, spec) in specs.iter().enumerate() {
        check_length(&spec.name, index, "name")?;
        if let Some(title) = &spec.export_as {
            check_length(title, index, "export_as")?;
        }
    }
    if is_csv {
        specs
            .iter()
            .enumerate()
            .try_for_each(|(index, spec)| refuse_whole_metadata(spec, index))?;
    }
    refuse_duplicates(specs, format)?;
    match format {
        Format::Csv => Ok(()),
        Format::Json => refuse_two_shapes(specs),
    }
}

fn check_length(text: &str, index: usize, key: &str) -> Result<(), RequestError> {
    let text = match text.chars().count() {
        0 => "String is too short (0 chars), minimum 1".to_owned(),
        1..=MAX_NAME_LENGTH => return Ok(()),
        length => format!("String is too long ({length} chars), maximum {MAX_NAME_LENGTH}"),
    };
    Err(RequestError::at(&format!("fields[{index}].{key}"), text))
}

fn refuse_whole_metadata(spec: &FieldSpec, index: usize) -> Result<(), RequestError> {
    let path = Field::new(spec).path;
    match path.as_root().filter(|key| METADATA.contains(key)) {
        None => Ok(()),
        Some(key) => {
            let text = format!(
                "{key} cannot be exported to CSV as a whole; name one of its keys, such as {key}.plan"
            );
            Err(RequestError::at(&format!("fields[{index}].name"), text))
        }
    }
}

/// Refuses two columns with one heading, and two values under one key of the JSON output.
fn refuse_duplicates(specs: &[FieldSpec], format: Format) -> Result<(), RequestError> {
    let mut headings = Tally::default();
    let mut duplicates = Tally::default();
    for spec in specs {
        let heading = spec.export_as.as_ref().unwrap_or(&spec.name);
        if headings.add(heading, 1) > 1 {
            duplicates.add(heading, 1);
        }
    }
    if format == Format::Json {
        // `export_as: "user_metadata"` next to the field `user_metadata.plan`, whose shape is rebuilt.
        let mut titles = Tally::default();
        for title in specs.iter().filter_map(|spec| spec.export_as.as_ref()) {
            titles.add(title, 1);
        }
        for spec in specs.iter().filter(|spec| spec.export_as.is_none()) {
            let path = Field::new(spec).path;
            if let [Segment::Name(root), ..] = path.segments()
                && titles.contains(root)
            {
                duplicates.add(root, 1);
            }
        }
    }
    if duplicates.is_empty() {
        return Ok(());
    }
    Err(RequestError::at(
        "fields",
        format!("Duplicate field names: {}", duplicates.join(", ")),
    ))
}

/// Refuses `a.0` next to `a[1]` in JSON output: of one array, the one makes an object and the other
/// an array, so that one of the two values would be lost.
fn refuse_two_shapes(specs: &[FieldSpec]) -> Result<(), RequestError> {
    let (mut with_dots, mut in_brackets) = (Tally::default(), Tally::default());
    for spec in specs.iter().filter(|spec| spec.export_as.is_none()) {
        let path = Field::new(spec).path;
        for (at, segment) in path.segments().iter().enumerate().skip(1) {
            let (own, others) = match segment {
                Segment::Index(_) => (&mut in_brackets, &with_dots),
                Segment::Name(name) if index_of(name).is_some() => (&mut with_dots, &in_brackets),
                Segment::Name(_) => continue,
            };
            let Some(parent) = FieldPath::new(path.segments()[..at].to_vec()) else {
                continue;
            };
            let parent = parent.to_string();
            own.add(&parent, 1);
            if others.contains(&parent) {
                let text = format!(
                    "Elements of {parent} are named both with a dot and in brackets; choose one"
                );
                return Err(RequestError::at("fields", text));
            }
        }
    }
    Ok(())
}
