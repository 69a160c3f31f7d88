//! What a tenant is made of.

use std::collections::HashMap;

use rollcall_core::Connection;
use rollcall_core::api::{Access, Capacity, Tenant};
use rollcall_js::bad_request;
use serde::Deserialize;
use wasm_bindgen::JsValue;

/// The settings as JavaScript gives them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    name: String,
    base_url: String,
    /// The scopes of each token; without it any token will do.
    tokens: Option<HashMap<String, Vec<String>>>,
    connections: Option<Vec<Connection>>,
    #[serde(default)]
    capacity: Limits,
}

#[derive(Default, Deserialize)]
struct Limits {
    running: Option<usize>,
    waiting: Option<usize>,
}

impl Settings {
    /// The tenant of these settings.
    pub(crate) fn tenant(self) -> Result<Tenant, JsValue> {
        let default = Capacity::default();
        let capacity = Capacity {
            running: self.capacity.running.unwrap_or(default.running),
            waiting: self.capacity.waiting.unwrap_or(default.waiting),
        };
        if capacity.running == 0 {
            return Err(bad_request("capacity.running must be at least 1"));
        }
        let name = self.name.parse().map_err(bad_request)?;
        let access = self.tokens.map_or(Access::AnyToken, Access::Tokens);
        let mut tenant = Tenant::new(name, &self.base_url, access, capacity);
        if let Some(connections) = self.connections {
            tenant.set_connections(connections);
        }
        Ok(tenant)
    }
}
