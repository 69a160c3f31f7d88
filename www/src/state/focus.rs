//! Where the focus goes.

use super::State;

/// `id` of what is around the buttons that start an export.
pub const SUBMIT: &str = "submit";

/// `id` of the button that adds a row.
pub const ADD_BUTTON: &str = "add-field";

/// Where the focus goes next. Two requests for the same element differ by their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    pub element: String,
    number: u32,
}

impl State {
    pub(super) fn focus(&mut self, element: impl Into<String>) {
        let number = self.focus.as_ref().map_or(0, |focus| focus.number + 1);
        let element = element.into();
        self.focus = Some(Focus { element, number });
    }
}
