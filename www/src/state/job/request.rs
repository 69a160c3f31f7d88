//! What a job was asked for.

use rollcall_core::{Connection, ExportRequest};

use super::Job;

impl Job {
    /// The request that made it.
    pub fn request(&self) -> ExportRequest {
        ExportRequest {
            connection_id: self.listed.connection_id.clone(),
            format: Some(self.listed.format),
            limit: self.listed.limit,
            fields: self.listed.fields.clone(),
        }
    }

    /// The connection whose users it exports.
    pub fn connection(&self) -> Option<Connection> {
        let name = self.listed.connection.clone()?;
        let id = self.listed.connection_id.clone();
        Some(Connection {
            id: id.unwrap_or_else(|| Connection::named(&name).id),
            name,
        })
    }

    /// The tenant that its file is named after.
    pub fn tenant(&self) -> &str {
        let name = &self.listed.file_name;
        name.split_once('.').map_or(name, |(tenant, _)| tenant)
    }
}
