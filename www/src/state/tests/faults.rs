//! Entries that are wrong.

use rollcall_core::Format;

use super::{edits, focus, on, rows};
use crate::state::form::Edit;
use crate::state::form_error::Input;
use crate::state::{Action, State};

#[test]
fn each_wrong_row_is_named() {
    let title = |id, text: &str| Edit::RowTitle(id, text.to_owned());
    let long = "x".repeat(101);
    for (names, more, want) in [
        (["a", "b", "c"], None, vec![]),
        (
            ["a", "a", "a"],
            None,
            vec![Input::RowName(2), Input::RowName(3)],
        ),
        (
            ["a", "b", "c"],
            Some(title(3, "a")),
            vec![Input::RowTitle(3)],
        ),
        (
            ["a", "a", "c"],
            Some(title(1, "c")),
            vec![Input::RowName(3)],
        ),
        (
            ["user_metadata", " app_metadata", "c"],
            None,
            vec![Input::RowName(1), Input::RowName(2)],
        ),
        (
            [long.as_str(), "b", "c"],
            Some(title(3, &long)),
            vec![Input::RowName(1), Input::RowTitle(3)],
        ),
        (["", "b", " "], None, vec![]),
    ] {
        let state = edits(rows(names).into_iter().chain(more));
        let inputs: Vec<Input> = state.faults().0.iter().map(|fault| fault.input).collect();
        assert_eq!(inputs, want, "{names:?}");
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
    let text = faults.at(Input::RowName(20)).unwrap();
    assert_eq!(
        text,
        "CSV allows at most 30 fields: remove some, or export JSON."
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
    let inputs = |state: &State| {
        state
            .faults()
            .0
            .iter()
            .map(|fault| fault.input)
            .collect::<Vec<_>>()
    };
    assert_eq!(inputs(&state), [Input::Tenant, Input::Limit]);
    let state = on(state, [Action::Refused]);
    assert_eq!(
        inputs(&state),
        [Input::Files, Input::Tenant, Input::RowName(1), Input::Limit]
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
            state.faults().at(Input::Limit).is_none(),
            is_right,
            "{text}"
        );
        // A sample does not look at the limit.
        let state = on(state, [Action::Edited(Edit::Sample(true))]);
        assert_eq!(state.faults().0, []);
        assert_eq!(state.form.request().limit, Some(10));
    }
}
