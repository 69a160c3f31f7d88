//! The request that the options, and the files they name, describe.

use std::io::Read;
use std::path::Path;

use rollcall_core::connection::is_connection_id;
use rollcall_core::profile::dashboard_fields;
use rollcall_core::{Connection, ExportOptions, ExportRequest, Plan};
use serde::Deserialize;

use crate::args::{ExportArgs, InputArgs};
use crate::disk::Disk;
use crate::failure::Failure;

/// The body of `--request` with all options applied, and the options outside the body.
pub fn resolve(
    args: &ExportArgs,
    disk: &dyn Disk,
) -> Result<(ExportRequest, ExportOptions), Failure> {
    let mut request = match &args.request {
        Some(path) => ExportRequest::from_json(&read(path, disk)?)?,
        None => ExportRequest::default(),
    };
    let mut options = ExportOptions {
        csv_profile: args.csv_profile.unwrap_or_default(),
        gzip: args.gzip,
        strict: args.strict,
        lift_limits: args.lift_limits,
        connection: None,
        primary_only: args.primary_only,
        ..reading(&args.input)
    };
    request.format = args.format.or(request.format);
    request.limit = args.limit.or(request.limit);
    let mut fields = if args.default_fields {
        dashboard_fields()
    } else {
        Vec::new()
    };
    fields.extend_from_slice(&args.fields);
    if !fields.is_empty() {
        request.fields = Some(fields);
    }
    match &args.connection {
        Some(id) if is_connection_id(id) => request.connection_id = Some(id.clone()),
        Some(name) => {
            request.connection_id = None;
            options.connection = Some(name.clone());
        }
        None => {}
    }
    Ok((request, options))
}

/// The options that say how the input is read.
pub fn reading(args: &InputArgs) -> ExportOptions {
    ExportOptions {
        max_record_size: args.max_record_size,
        users_at: args.users_at.clone(),
        csv_headings: args.csv_headings.clone(),
        ..ExportOptions::default()
    }
}

/// Checks the request, and its connection if `list` names the file of all connections.
pub fn plan(
    request: &ExportRequest,
    options: &ExportOptions,
    list: Option<&Path>,
    disk: &dyn Disk,
) -> Result<Plan, Failure> {
    let plan = Plan::new(request, options)?;
    match list {
        Some(path) => Ok(plan.among(&read_connections(path, disk)?)?),
        None => Ok(plan),
    }
}

/// `GET /api/v2/connections` answers with a list, or with a page that contains it.
#[derive(Deserialize)]
#[serde(untagged)]
enum ConnectionList {
    Plain(Vec<Connection>),
    Page { connections: Vec<Connection> },
}

fn read_connections(path: &Path, disk: &dyn Disk) -> Result<Vec<Connection>, Failure> {
    match serde_json::from_slice(&read(path, disk)?) {
        Ok(ConnectionList::Plain(connections) | ConnectionList::Page { connections }) => {
            Ok(connections)
        }
        Err(_) => Err(Failure::request(format!(
            "{}: expected a JSON list of objects with id and name, or {{\"connections\":[…]}}",
            path.display()
        ))),
    }
}

fn read(path: &Path, disk: &dyn Disk) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    disk.open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|error| Failure::io(path, &error))?;
    Ok(bytes)
}
