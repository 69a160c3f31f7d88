//! Tokens and scopes.

use std::collections::HashMap;

use rollcall_core::api::{Access, ApiRequest};

use crate::server::{Server, text};

#[test]
fn without_a_token_401_and_without_the_scope_403() {
    let tokens = [("good", "read:users"), ("other", "read:clients")];
    let tokens = tokens.map(|(token, scope)| (token.to_owned(), vec![scope.to_owned()]));
    let mut server = Server::with(Access::Tokens(HashMap::from(tokens)));
    let missing = r#"{"statusCode":401,"error":"Unauthorized","message":"Missing authentication"}"#;
    for (authorization, status, body) in [
        (None, 401, missing),
        (Some("Basic good"), 401, missing),
        (Some("Bearer "), 401, missing),
        (
            Some("Bearer bad"),
            401,
            r#"{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}"#,
        ),
        (
            Some("Bearer other"),
            403,
            r#"{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:users","errorCode":"insufficient_scope"}"#,
        ),
        (Some("bearer good"), 200, "[]"),
    ] {
        let now = server.now();
        let request = ApiRequest {
            method: "GET",
            target: "/api/v2/jobs",
            authorization,
            body: b"",
        };
        let (answer, _) = server.tenant.handle(&request, &now);
        assert_eq!(
            (answer.status, text(&answer)),
            (status, body),
            "{authorization:?}"
        );
    }
}
