//! Requests that wait for the connections.

use rollcall_core::api::{Access, ApiRequest, Capacity, Tenant};

use crate::server::EXPORTS;

#[test]
fn requests_that_depend_on_the_connections_wait_for_them() {
    let name = || "acme".parse().unwrap();
    let mut tenant = Tenant::new(name(), "", Access::AnyToken, Capacity::default());
    let needs = |tenant: &Tenant, method, target, authorization, body: &str| {
        tenant.needs_connections(&ApiRequest {
            method,
            target,
            authorization,
            body: body.as_bytes(),
        })
    };
    let (token, id) = (
        Some("Bearer t"),
        r#"{"connection_id":"con_0000000000000001"}"#,
    );
    let by_name = format!("{EXPORTS}?connection=c1");
    for (method, target, authorization, body, wanted) in [
        ("GET", "/api/v2/connections", token, "", true),
        ("GET", "/api/v2/connections", None, "", false),
        ("POST", EXPORTS, token, id, true),
        ("POST", by_name.as_str(), token, "{}", true),
        ("POST", EXPORTS, token, "{}", false),
        ("POST", EXPORTS, token, "{", false),
        ("GET", "/api/v2/jobs", token, "", false),
    ] {
        assert_eq!(
            needs(&tenant, method, target, authorization, body),
            wanted,
            "{method} {target} {body}"
        );
    }
    tenant.set_connections(Vec::new());
    assert!(!needs(&tenant, "POST", EXPORTS, token, id));
}
