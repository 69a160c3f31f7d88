//! The form as a request, and a request as the form.

use rollcall_core::connection::{Connection, ConnectionCount};
use rollcall_core::{CsvProfile, ExportOptions, Findings, Format};

use super::super::form::{Edit, Wanted};
use super::super::{Action, api_call};
use super::{after, edits, file, looked_into};

#[test]
fn the_target_has_what_stands_beside_the_body() {
    for (options, want) in [
        (ExportOptions::default(), "/api/v2/jobs/users-exports"),
        (
            ExportOptions {
                gzip: true,
                ..ExportOptions::default()
            },
            "/api/v2/jobs/users-exports?gzip=true",
        ),
        (
            ExportOptions {
                strict: true,
                csv_profile: CsvProfile::OwaspMinimal,
                ..ExportOptions::default()
            },
            "/api/v2/jobs/users-exports?csv_profile=owasp-minimal&strict=true",
        ),
    ] {
        assert_eq!(edits([Edit::Options(options)]).form.target(), want);
    }
}

#[test]
fn a_connection_that_is_not_listed_goes_by_its_name_or_id() {
    let id = "con_0000000000000001";
    let derived = Connection::named("a b&c").id;
    let found = Connection {
        id: id.to_owned(),
        name: "sms".to_owned(),
    };
    let path = "/api/v2/jobs/users-exports";
    for (wanted, sent, shown, target) in [
        (Wanted::Found(found), Some(id), id, path.to_owned()),
        (Wanted::Typed(id.to_owned()), Some(id), id, path.to_owned()),
        (
            Wanted::Typed("a b&c".to_owned()),
            None,
            derived.as_str(),
            format!("{path}?connection=a+b%26c"),
        ),
    ] {
        let form = edits([Edit::Connection(Some(wanted))]).form.clone();
        assert_eq!(form.body().connection_id.as_deref(), sent);
        assert_eq!(form.target(), target);
        // What is shown for others never loses the connection.
        assert_eq!(form.request().connection_id.as_deref(), Some(shown));
    }
}

#[test]
fn a_pasted_body_is_the_request_of_the_form() {
    for body in [
        r#"{"format":"csv"}"#,
        r#"{"format":"json","limit":5,"fields":[{"name":"email"}]}"#,
        r#"{"format":"csv","fields":[{"name":"email","export_as":"E-mail"},{"name":"a.b"}]}"#,
    ] {
        let state = after([Action::Pasted(body.to_owned())]);
        assert_eq!(state.paste_fault, None);
        assert_eq!(serde_json::to_string(&state.form.request()).unwrap(), body);
        let again = after([Action::Pasted(api_call::body(&state.form))]);
        assert_eq!(again.form.request(), state.form.request());
    }
    let defaults = api_call::body(&edits([]).form);
    let state = after([Action::Pasted(defaults)]);
    assert!(state.form.default_fields && state.form.rows.is_empty());
    assert_eq!(
        after([Action::Pasted("{}".to_owned())]).form.format,
        Format::Csv
    );
}

#[test]
fn what_cannot_be_seen_in_a_body_is_escaped() {
    let title = "a\u{202e}b\u{e0041}\u{7f}'é";
    let body =
        serde_json::json!({ "format": "csv", "fields": [{ "name": "n", "export_as": title }] });
    let form = after([Action::Pasted(body.to_string())]).form.clone();
    let shown = api_call::body(&form);
    assert!(
        shown.contains(r#""a\u202eb\udb40\udc41\u007f'é""#),
        "{shown}"
    );
    assert_eq!(
        after([Action::Pasted(shown)]).form.request(),
        form.request()
    );
    assert!(api_call::curl(&form).contains(r"\u007f'\''é"));
}

#[test]
fn a_wrong_body_is_refused_in_the_words_of_the_api() {
    for (body, want) in [
        ("{", "Invalid request payload JSON format"),
        (
            r#"{"limit":0}"#,
            "Payload validation error: 'Value 0 is less than minimum 1' on property limit (Limit the number of records.).",
        ),
        (
            r#"{"foo":1}"#,
            "Payload validation error: 'Additional properties not allowed: foo'.",
        ),
        (
            r#"{"connection_id":"con_0000000000000001"}"#,
            "Choose the files first: connection_id is looked up among their connections.",
        ),
    ] {
        let state = after([Action::Pasted(body.to_owned())]);
        assert_eq!(state.paste_fault.as_deref(), Some(want));
        assert_eq!(state.form, edits([]).form);
    }
}

#[test]
fn a_pasted_connection_is_one_of_those_that_were_found() {
    let connection = Connection::named("c1");
    let findings = |connection_count| Findings {
        connection_count,
        connections: vec![ConnectionCount {
            connection: connection.clone(),
            users: 2,
        }],
        ..Findings::default()
    };
    let paste = |id: &str, connections| {
        after([
            Action::FilesAdded(vec![file(0, "a")]),
            looked_into(findings(connections)),
            Action::Pasted(format!(r#"{{"connection_id":"{id}"}}"#)),
        ])
    };
    let found = Some(Wanted::Found(connection.clone()));
    assert_eq!(paste(&connection.id, 1).form.connection, found);
    assert_eq!(paste(&connection.id, 2).form.connection, found);
    let other = "con_0000000000000000";
    assert_eq!(
        paste(other, 1).paste_fault.as_deref(),
        Some("The connection does not exist.")
    );
    // Perhaps it is one that is not listed.
    let state = paste(other, 2);
    assert_eq!(state.paste_fault, None);
    assert_eq!(state.form.connection, Some(Wanted::Typed(other.to_owned())));
}

#[test]
fn the_call_survives_the_quotes_of_a_shell() {
    let form = edits([
        Edit::AddRow,
        Edit::RowName(1, "a['it']".to_owned()),
        Edit::Tenant("acme".to_owned()),
    ])
    .form
    .clone();
    let call = api_call::curl(&form);
    assert!(call.contains(r"a['\''it'\'']"), "{call}");
    assert!(api_call::sdk(&form).contains(r#"name: "acme""#));
}
