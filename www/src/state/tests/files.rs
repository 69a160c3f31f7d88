//! The chosen files.

use rollcall_core::Findings;

use super::{after, file, focus, looked_into, on};
use crate::state::Action;
use crate::state::inspection::Stage;

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
        looked_into(findings),
    ]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (3, &Stage::Whole));
    let state = on(state, [Action::FilesAdded(vec![file(1, "b")])]);
    let found = state.inspection.as_ref().unwrap();
    assert_eq!((found.users(), &found.stage), (0, &Stage::Reading));
}
