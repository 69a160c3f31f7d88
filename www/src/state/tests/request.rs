//! What is asked for.

use rollcall_core::connection::{Connection, ConnectionCount};
use rollcall_core::{ExportOptions, Findings, Format};

use super::{after, edits, file, looked_into, rows};
use crate::state::Action;
use crate::state::form::{Edit, Wanted};

#[test]
fn the_request_is_what_was_entered() {
    let google = Connection::named("google-oauth2");
    let state = edits([
        Edit::DefaultFields(false),
        Edit::Connection(Some(Wanted::Found(google.clone()))),
        Edit::AddRow,
        Edit::RowName(1, " email ".to_owned()),
        Edit::AddRow,
        Edit::RowName(2, "user_metadata.plan".to_owned()),
        Edit::RowTitle(2, "Plan".to_owned()),
        Edit::Limit("7".to_owned()),
        Edit::Options(ExportOptions {
            gzip: true,
            ..ExportOptions::default()
        }),
        Edit::Tenant("acme".to_owned()),
    ]);
    let request = serde_json::to_value(state.form.request()).unwrap();
    let want = serde_json::json!({
        "connection_id": google.id,
        "format": "csv",
        "limit": 7,
        "fields": [{"name": "email"}, {"name": "user_metadata.plan", "export_as": "Plan"}],
    });
    assert_eq!(request, want);
    assert_eq!(state.form.file_name().as_deref(), Some("acme.csv.gz"));
    let state = edits([Edit::DefaultFields(false)]);
    assert_eq!(state.form.request().fields, None);
}

#[test]
fn a_first_column_that_may_be_bare_is_noticed() {
    for (name, format, want) in [
        ("user_id", Format::Csv, false),
        ("email_verified", Format::Csv, true),
        ("email", Format::Csv, true),
        ("email", Format::Json, false),
    ] {
        let state = edits(
            rows([name, "b", "c"])
                .into_iter()
                .chain([Edit::Format(format)]),
        );
        assert_eq!(state.form.has_bare_first_column(), want, "{name}");
    }
}

#[test]
fn a_connection_that_is_found_can_be_asked_for() {
    let connection = Connection::named("c1");
    let count = ConnectionCount {
        connection: connection.clone(),
        users: 2,
    };
    let findings = Findings {
        connections: vec![count],
        ..Findings::default()
    };
    let state = after([
        Action::FilesAdded(vec![file(0, "a")]),
        looked_into(findings),
        Action::Edited(Edit::Connection(Some(Wanted::Found(connection)))),
    ]);
    assert_eq!(state.faults().0, []);
    assert_eq!(state.form.summary(), "CSV · c1 · 11 fields");
}
