//! What a job was asked for.

use rollcall_core::{Connection, ExportRequest};

use super::Job;
use crate::state::form::Wanted;

impl Job {
    /// The request that made it.
    pub fn request(&self) -> ExportRequest {
        ExportRequest {
            connection_id: self.listed.view.connection_id.clone(),
            format: Some(self.format()),
            limit: self.listed.view.limit,
            fields: self.listed.view.fields.clone(),
        }
    }

    /// The connection whose users it exports.
    pub fn connection(&self) -> Option<Wanted> {
        let id = self.listed.view.connection_id.clone();
        match (
            &self.listed.view.connection,
            &self.listed.options.connection,
        ) {
            (Some(name), _) => Some(Wanted::Found(Connection {
                id: id.unwrap_or_else(|| Connection::named(name).id),
                name: name.clone(),
            })),
            (None, Some(name)) => Some(Wanted::Typed(name.clone())),
            (None, None) => id.map(Wanted::Typed),
        }
    }

    /// The tenant that its file is named after.
    pub fn tenant(&self) -> &str {
        let name = &self.listed.file_name;
        name.split_once('.').map_or(name, |(tenant, _)| tenant)
    }
}
