//! What the state becomes.

mod api;
mod faults;
mod fields;
mod files;
mod jobs;
mod request;

use std::rc::Rc;

use rollcall_core::Findings;
use rollcall_core::message::Reply;
use yew::Reducible;

use super::form::Edit;
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

/// All users were looked into.
fn looked_into(findings: Findings) -> Action {
    Action::Inspected(Reply::Inspected {
        findings,
        is_whole: true,
    })
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
