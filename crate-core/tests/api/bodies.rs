//! Bodies and headers, to the letter.

use rollcall_core::api::Effect;

use crate::server::{EXPORTS, Server, id_of, text};

#[test]
fn a_new_job_is_answered_with_what_was_sent_in_the_recorded_order() {
    let mut server = Server::new();
    let body = r#"{"limit":5,"connection_id":"con_0000000000000001","fields":[{"name":"email","export_as":"E"},{"name":"user_id"}],"format":"csv"}"#;
    let (answer, effects) = server.call("POST", EXPORTS, body);
    let id = id_of(&answer);
    assert_eq!(answer.status, 200);
    assert_eq!(
        text(&answer),
        format!(
            r#"{{"type":"users_export","status":"pending","connection_id":"con_0000000000000001","format":"csv","limit":5,"fields":[{{"name":"email","export_as":"E"}},{{"name":"user_id"}}],"connection":"google-oauth2","created_at":"2021-09-03T20:16:28.389Z","id":"{id}"}}"#
        )
    );
    assert_eq!(effects, [Effect::Save(id.clone()), Effect::Start(id)]);

    let (answer, _) = server.call("POST", EXPORTS, "{}");
    let id = id_of(&answer);
    assert_eq!(
        text(&answer),
        format!(
            r#"{{"type":"users_export","status":"pending","created_at":"2021-09-03T20:16:28.389Z","id":"{id}"}}"#
        )
    );
}

#[test]
fn refusals_have_the_exact_bodies() {
    let mut server = Server::new();
    for (method, target, body, status, wanted) in [
        (
            "POST",
            EXPORTS,
            r#"{"limit":0}"#,
            400,
            r#"{"statusCode":400,"error":"Bad Request","message":"Payload validation error: 'Value 0 is less than minimum 1' on property limit (Limit the number of records.).","errorCode":"invalid_body"}"#,
        ),
        (
            "POST",
            EXPORTS,
            r#"{"connection_id":"con_000000000000000X"}"#,
            400,
            r#"{"statusCode":400,"error":"Bad Request","message":"The connection does not exist.","errorCode":"inexistent_connection"}"#,
        ),
        (
            "GET",
            "/api/v2/jobs/job_0000000000000000",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"The job does not exist.","errorCode":"inexistent_job"}"#,
        ),
        (
            "GET",
            "/api/v2/jobs/job_0000000000000000/errors",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"The job does not exist.","errorCode":"inexistent_job"}"#,
        ),
        (
            "GET",
            "/api/v2/users",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"Not Found"}"#,
        ),
    ] {
        let (answer, effects) = server.call(method, target, body);
        assert_eq!(
            (answer.status, text(&answer)),
            (status, wanted),
            "{method} {target}"
        );
        assert!(effects.is_empty(), "{method} {target}");
    }
}

#[test]
fn answers_have_the_exact_headers() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.run(&id);
    let location = server.location(&id);
    let (json, _) = server.call("GET", "/api/v2/jobs", "");
    let (file, _) = server.call("GET", &location, "");
    let (empty, _) = server.call("GET", &format!("/api/v2/jobs/{id}/errors"), "");
    for (answer, wanted) in [
        (
            json,
            &[
                ("content-type", "application/json; charset=utf-8"),
                ("cache-control", "no-cache"),
            ][..],
        ),
        (
            file,
            &[
                ("content-type", "text/csv; charset=utf-8"),
                (
                    "content-disposition",
                    "attachment; filename=\"acme.csv\"; filename*=UTF-8''acme.csv",
                ),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
            ],
        ),
        (empty, &[]),
    ] {
        let headers = answer.headers();
        let headers: Vec<_> = headers.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(headers, wanted);
    }
}

#[test]
fn the_type_of_a_file_follows_its_format() {
    let mut server = Server::new();
    for (query, body, wanted) in [
        ("", "{}", "text/csv; charset=utf-8"),
        ("", r#"{"format":"json"}"#, "application/x-ndjson"),
        ("?gzip=true", r#"{"format":"json"}"#, "application/gzip"),
    ] {
        let (answer, _) = server.call("POST", &format!("{EXPORTS}{query}"), body);
        let id = id_of(&answer);
        server.run(&id);
        let location = server.location(&id);
        let (file, _) = server.call("GET", &location, "");
        assert_eq!(file.headers()[0], ("content-type", wanted.to_owned()));
    }
}

#[test]
fn what_stands_beside_the_body_comes_in_the_query() {
    let mut server = Server::new();
    let (answer, _) = server.call(
        "POST",
        &format!("{EXPORTS}?csv_profile=excel&gzip=true"),
        "{}",
    );
    let id = id_of(&answer);
    server.run(&id);
    assert!(server.location(&id).ends_with("/acme.csv.gz"));
    let (answer, _) = server.call("POST", &format!("{EXPORTS}?colour=red"), "{}");
    assert_eq!(answer.status, 400);
}

#[test]
fn a_job_is_shown_without_a_link() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.run(&id);
    let shown: serde_json::Value =
        serde_json::from_str(&server.tenant.shown(&id).unwrap()).unwrap();
    assert_eq!(shown["status"], "completed");
    assert!(shown.get("location").is_none());
}
