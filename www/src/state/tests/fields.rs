//! The rows of fields.

use super::{edits, focus, names, on, rows};
use crate::state::Action;
use crate::state::form::{Direction, Edit};

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
