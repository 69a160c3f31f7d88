//! The chosen files.

use rollcall_core::message::Reply;
use rollcall_core::{Error, ErrorCode, FaultyFile, Findings, FoundList, Progress};

use super::{after, file, focus, looked_into, on};
use crate::state::form::Edit;
use crate::state::form_error::Input;
use crate::state::inspection::Stage;
use crate::state::{Action, State};

#[test]
fn files_keep_their_order_and_come_once() {
    let state = after([
        Action::FilesAdded(vec![file(0, "b"), file(1, "a")]),
        Action::FilesAdded(vec![file(2, "b"), file(3, "c")]),
    ]);
    let names: Vec<&str> = state.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["b", "a", "c"]);
    // The later choice counts: it is looked into again.
    assert_eq!(state.files[0].id, 2);
}

#[test]
fn a_file_that_cannot_be_read_is_not_exported() {
    let failed = |code, byte, index| Error {
        code,
        byte,
        file: Some(Box::new(FaultyFile {
            index,
            name: "b.zip".to_owned(),
        })),
        ..Error::io("no")
    };
    let read = |read| Reply::Progress {
        progress: Progress {
            read,
            ..Progress::default()
        },
        left_out: Vec::new(),
    };
    let whole = "Remove or replace b.zip: it cannot be read.";
    let end = "Remove or replace b.zip: it cannot be read. Or set a limit to export only users before the error.";
    for (error, users, limit, want) in [
        (
            failed(ErrorCode::BadEncoding, Some(0), 1),
            0,
            "",
            Some(whole),
        ),
        (
            failed(ErrorCode::BadEncoding, Some(0), 1),
            0,
            "5",
            Some(whole),
        ),
        (failed(ErrorCode::BadGzip, Some(9), 1), 8, "", Some(end)),
        (failed(ErrorCode::BadGzip, Some(9), 1), 8, "5", None),
        (failed(ErrorCode::Io, Some(9), 1), 0, "", Some(whole)),
        // The engine could not be started, say.
        (failed(ErrorCode::Io, None, 1), 0, "", None),
    ] {
        let state = after([
            Action::FilesAdded(vec![file(0, "a.json"), file(1, "b.zip")]),
            Action::Inspected(read(users)),
            Action::Inspected(Reply::Failed {
                error: error.clone(),
            }),
            Action::Edited(Edit::Limit(limit.to_owned())),
        ]);
        assert!(
            state.announcement.ends_with("b.zip: no"),
            "{}",
            state.announcement
        );
        // It is said beside the file already.
        assert_eq!(state.faults().0, []);
        let state = on(state, [Action::Refused]);
        assert_eq!(
            state.faults().at(Input::Files).as_deref(),
            want,
            "{error:?}"
        );
        let state = on(state, [Action::FileRemoved(1)]);
        assert_eq!(state.faults().0, []);
    }
}

#[test]
fn files_without_users_are_told() {
    for (read, left_out, is_empty, said) in [
        (0, 0, true, "Found no users."),
        (1, 0, false, "Found 1 user of 0 connections."),
        (2, 1, false, "Found 1 user of 0 connections."),
        (1, 1, false, "The only record cannot be read."),
        (3, 3, false, "None of the 3 records can be read."),
    ] {
        let findings = Findings {
            read,
            left_out,
            ..Findings::default()
        };
        let state = after([
            Action::FilesAdded(vec![file(0, "a")]),
            looked_into(findings),
        ]);
        let inspection = state.inspection.as_ref().unwrap();
        assert_eq!(inspection.is_empty(), is_empty);
        assert_eq!(inspection.is_unreadable(), read > 0 && read == left_out);
        assert_eq!(state.announcement, said);
    }
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
        looked_into(findings),
    ]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (3, &Stage::Whole));
    let state = on(state, [Action::FilesAdded(vec![file(1, "b")])]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (0, &Stage::Reading));
}

#[test]
fn of_several_lists_the_likely_one_is_read() {
    let list = |at: &str, length| FoundList {
        at: at.to_owned(),
        length: Some(length),
    };
    let lists = [
        list("data", 9),
        list("org.members", 2),
        list("roles", 50),
        list("users", 0),
    ];
    let failed = Reply::Failed {
        error: Error {
            code: ErrorCode::BadLayout,
            lists: lists.clone().into(),
            ..Error::io("this file is one object that holds lists")
        },
    };
    let state = after([
        Action::FilesAdded(vec![file(0, "a")]),
        Action::Inspected(failed.clone()),
    ]);
    let chosen = |state: &State| state.form.options.users_at.clone();
    assert_eq!(chosen(&state).as_deref(), Some("org.members"));
    assert_eq!(state.announcement, "Reading the list org.members.");
    assert!(state.inspection.as_ref().unwrap().is_reading());

    // Whatever was chosen stays.
    let state = on(state, [Action::Inspected(failed)]);
    assert_eq!(chosen(&state).as_deref(), Some("org.members"));
    let choice = state.form.option(|options| options.users_at = None);
    let state = on(state, [Action::Edited(choice)]);
    assert!(state.inspection.as_ref().unwrap().is_reading());

    // One object that is no user for sure may hold the users.
    let findings = Findings {
        read: 1,
        lists: vec![list("response.people", 3)],
        ..Findings::default()
    };
    let state = on(state, [looked_into(findings.clone())]);
    assert_eq!(chosen(&state).as_deref(), Some("response.people"));
    let state = on(state, [Action::FileRemoved(0)]);
    assert_eq!(chosen(&state), None);

    // A list that was found needs no choice.
    let findings = Findings {
        at: Some("users".to_owned()),
        ..findings
    };
    let state = on(
        state,
        [
            Action::FilesAdded(vec![file(1, "b")]),
            looked_into(findings),
        ],
    );
    assert_eq!(chosen(&state), None);
}
