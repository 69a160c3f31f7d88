//! Requests that wait for the connections.

use rollcall_core::api::{Access, ApiRequest, Capacity, Tenant};
use rollcall_core::{Moment, Timestamp};

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
    // Where nobody knows them, the users of the job are to show that its connection exists.
    let now = Moment {
        wall: Timestamp(0),
        monotonic: 0,
        entropy: [0; 32],
    };
    for (target, body, is_by_id) in [(EXPORTS, id, true), (by_name.as_str(), "{}", false)] {
        let request = ApiRequest {
            method: "POST",
            target,
            authorization: token,
            body: body.as_bytes(),
        };
        let (answer, _) = tenant.handle(&request, &now);
        assert_eq!(answer.status, 200);
        let job = tenant.jobs().next().unwrap();
        assert_eq!(job.connection, None);
        assert_eq!(job.request.connection_id.is_some(), is_by_id);
        assert_eq!(job.options.connection.is_some(), !is_by_id);
    }
    tenant.set_connections(Vec::new());
    assert!(!needs(&tenant, "POST", EXPORTS, token, id));
}
