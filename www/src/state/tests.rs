//! What the state becomes.

mod api;
mod jobs;

use std::rc::Rc;

use rollcall_core::connection::{Connection, ConnectionCount};
use rollcall_core::message::Reply;
use rollcall_core::{CsvProfile, Findings, Format};
use yew::Reducible;

use super::fault::Place;
use super::form::{Direction, Edit};
use super::inspection::Stage;
use super::{Action, InputFile, State};

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    on(Rc::default(), actions)
}

fn on(state: Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state, Reducible::reduce)
}

fn edits(edits: impl IntoIterator<Item = Edit>) -> Rc<State> {
    after(edits.into_iter().map(Action::Edited))
}

fn file(id: u32, name: &str) -> InputFile {
    InputFile {
        id,
        name: name.to_owned(),
        size: 1000,
        modified: 0,
    }
}

fn focus(state: &State) -> &str {
    state.focus.as_ref().map_or("", |focus| &focus.element)
}

fn names(state: &State) -> Vec<&str> {
    state
        .form
        .rows
        .iter()
        .map(|row| row.name.as_str())
        .collect()
}

/// Rows 1, 2, 3 with these names.
fn rows(names: [&str; 3]) -> Vec<Edit> {
    let mut edits = vec![Edit::DefaultFields(false)];
    for (index, name) in names.into_iter().enumerate() {
        edits.push(Edit::AddRow);
        edits.push(Edit::RowName(index as u32 + 1, name.to_owned()));
    }
    edits
}

#[test]
fn files_keep_their_order_and_come_once() {
    let state = after([
        Action::FilesAdded(vec![file(0, "b"), file(1, "a")]),
        Action::FilesAdded(vec![file(2, "b"), file(3, "c")]),
    ]);
    let names: Vec<&str> = state.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c"]);
}

#[test]
fn removing_a_file_moves_the_focus_to_its_neighbour() {
    let mut state = after([Action::FilesAdded(vec![
        file(0, "a"),
        file(1, "b"),
        file(2, "c"),
    ])]);
    for (remove, want) in [(1, "remove-file-2"), (2, "remove-file-0"), (0, "files")] {
        state = on(state, [Action::FileRemoved(remove)]);
        assert_eq!(focus(&state), want);
    }
    assert_eq!(state.inspection, None);
}

#[test]
fn new_files_are_looked_into_from_the_start() {
    let findings = Findings {
        read: 3,
        ..Findings::default()
    };
    let state = after([
        Action::FilesAdded(vec![file(0, "a")]),
        Action::Inspected(Reply::Inspected {
            findings,
            is_whole: true,
        }),
    ]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (3, &Stage::Whole));
    let state = on(state, [Action::FilesAdded(vec![file(1, "b")])]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (0, &Stage::Reading));
}

#[test]
fn rows_move_and_take_the_focus_along() {
    let state = edits(rows(["a", "b", "c"]));
    for (edit, want, focused) in [
        (
            Edit::MoveRow(3, Direction::Up),
            ["a", "c", "b"],
            "field-3-up",
        ),
        (
            Edit::MoveRow(1, Direction::Down),
            ["b", "a", "c"],
            "field-1-down",
        ),
        (
            Edit::MoveRow(1, Direction::Up),
            ["a", "b", "c"],
            "field-1-up",
        ),
        (
            Edit::MoveRow(3, Direction::Down),
            ["a", "b", "c"],
            "field-3-down",
        ),
    ] {
        let state = on(state.clone(), [Action::Edited(edit)]);
        assert_eq!(names(&state), want);
        assert_eq!(focus(&state), focused);
    }
}

#[test]
fn the_focus_stays_near_a_row_that_is_added_or_removed() {
    let mut state = edits(rows(["a", "b", "c"]));
    assert_eq!(focus(&state), "field-3-name");
    for (remove, want) in [(1, "field-2-remove"), (3, "add-field"), (2, "add-field")] {
        state = on(state, [Action::Edited(Edit::RemoveRow(remove))]);
        assert_eq!(focus(&state), want);
    }
    assert_eq!(names(&state), Vec::<&str>::new());
}

#[test]
fn each_wrong_row_is_named() {
    let title = |id, text: &str| Edit::RowTitle(id, text.to_owned());
    let long = "x".repeat(101);
    for (names, more, want) in [
        (["a", "b", "c"], None, vec![]),
        (
            ["a", "a", "a"],
            None,
            vec![Place::RowName(2), Place::RowName(3)],
        ),
        (
            ["a", "b", "c"],
            Some(title(3, "a")),
            vec![Place::RowTitle(3)],
        ),
        (
            ["a", "a", "c"],
            Some(title(1, "c")),
            vec![Place::RowName(3)],
        ),
        (
            ["user_metadata", " app_metadata", "c"],
            None,
            vec![Place::RowName(1), Place::RowName(2)],
        ),
        (
            [long.as_str(), "b", "c"],
            Some(title(3, &long)),
            vec![Place::RowName(1), Place::RowTitle(3)],
        ),
        (["", "b", " "], None, vec![]),
    ] {
        let state = edits(rows(names).into_iter().chain(more));
        let places: Vec<Place> = state.faults().0.iter().map(|fault| fault.place).collect();
        assert_eq!(places, want, "{names:?}");
    }
}

#[test]
fn the_thirty_first_field_of_csv_is_one_too_many() {
    // 11 default fields and 20 rows.
    let rows = (1..=20).flat_map(|id| [Edit::AddRow, Edit::RowName(id, format!("a{id}"))]);
    let state = edits(rows);
    assert_eq!(state.form.field_count(), 31);
    let faults = state.faults();
    assert_eq!(faults.0.len(), 1);
    let text = faults.at(Place::RowName(20)).unwrap();
    assert_eq!(
        text,
        "CSV takes at most 30 fields: remove some, or export JSON."
    );
    let state = on(state, [Action::Edited(Edit::Format(Format::Json))]);
    assert_eq!(state.faults().0, []);
}

#[test]
fn blank_entries_are_named_once_export_is_asked_for() {
    let state = edits([
        Edit::AddRow,
        Edit::Tenant("x".to_owned()),
        Edit::Limit("1.5".to_owned()),
    ]);
    let places = |state: &State| {
        state
            .faults()
            .0
            .iter()
            .map(|fault| fault.place)
            .collect::<Vec<_>>()
    };
    assert_eq!(places(&state), [Place::Tenant, Place::Limit]);
    let state = on(state, [Action::Refused]);
    assert_eq!(
        places(&state),
        [Place::Files, Place::Tenant, Place::RowName(1), Place::Limit]
    );
    assert_eq!(focus(&state), "files");
}

#[test]
fn limits_are_whole_numbers_from_one_on() {
    for (text, is_right) in [
        ("", true),
        (" 5 ", true),
        ("0", false),
        ("-1", false),
        ("1.5", false),
        ("ten", false),
    ] {
        let state = edits([Edit::Limit(text.to_owned())]);
        assert_eq!(
            state.faults().at(Place::Limit).is_none(),
            is_right,
            "{text}"
        );
        // A sample does not look at the limit.
        let state = on(state, [Action::Edited(Edit::Sample(true))]);
        assert_eq!(state.faults().0, []);
        assert_eq!(state.form.request().limit, Some(10));
    }
}

#[test]
fn the_request_is_what_was_entered() {
    let google = Connection::named("google-oauth2");
    let state = edits([
        Edit::DefaultFields(false),
        Edit::Connection(Some(google.clone())),
        Edit::AddRow,
        Edit::RowName(1, " email ".to_owned()),
        Edit::AddRow,
        Edit::RowName(2, "user_metadata.plan".to_owned()),
        Edit::RowTitle(2, "Plan".to_owned()),
        Edit::Limit("7".to_owned()),
        Edit::CsvProfile(CsvProfile::Excel),
        Edit::Gzip(true),
        Edit::Strict(true),
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
    let options = state.form.options();
    assert_eq!(
        (options.csv_profile, options.gzip, options.strict),
        (CsvProfile::Excel, true, true)
    );
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
        Action::Inspected(Reply::Inspected {
            findings,
            is_whole: true,
        }),
        Action::Edited(Edit::Connection(Some(connection))),
    ]);
    assert_eq!(state.faults().0, []);
    assert_eq!(state.form.summary(), "CSV · c1 · 11 fields");
}
