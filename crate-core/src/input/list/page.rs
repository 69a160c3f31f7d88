//! A root object that holds the list of users.

use crate::input::census::{Held, bad_layout, path_of};
use crate::input::head::{Head, Target, is_users, is_usual};
use crate::input::record::{Fatal, Place};
use crate::json::check::Checker;

/// What is known of the object around a list.
#[derive(Debug)]
pub(crate) struct Page {
    /// Where its brace is.
    start: Place,
    /// It stopped where the users begin.
    pub(super) head: Head,
    keys: Vec<String>,
    /// Whether the users are the values of an object.
    pub(super) is_map: bool,
    /// Whether the pages are elements of an array.
    pub(super) is_in_array: bool,
}

impl Page {
    /// The page that starts there and whose head has found its users.
    pub(crate) fn new(start: Place, head: Head, is_in_array: bool) -> Self {
        let (keys, is_map) = head.census.stopped_at().unwrap_or_default();
        Self {
            start,
            head,
            keys,
            is_map,
            is_in_array,
        }
    }

    /// Where the list of users is, as a field path.
    pub(crate) fn at(&self) -> String {
        path_of(&self.keys)
    }

    /// The lists and maps of the object, as far as it was read.
    pub(crate) fn held(&self) -> &[Held] {
        self.head.census.held()
    }

    /// The closing bracket of the users has been taken.
    pub(super) fn leave_users(&mut self) {
        self.head.census.pass(self.is_map);
        self.head.checker = Checker::after_member(self.keys.len());
    }

    /// Starts with the next root object.
    pub(super) fn next_head(&self) -> Head {
        Head::new(match &self.head.target {
            Target::Asked(keys) => Target::Asked(keys.clone()),
            _ => Target::Same(self.keys.clone()),
        })
    }

    /// Whether another page may follow: the only list of a file has nothing behind it.
    pub(super) fn may_have_another(&self) -> bool {
        matches!(self.head.target, Target::Asked(_)) || is_users(&self.keys)
    }

    /// Whether the keys around the list raise no doubt that it holds the users.
    ///
    /// # Errors
    /// They do.
    pub(super) fn check(&self) -> Result<(), Fatal> {
        let census = &self.head.census;
        if matches!(self.head.target, Target::Asked(_)) {
            return Ok(());
        }
        if census.is_user() {
            let message = format!(
                "this object looks like a user, but holds a list of users at `{}`; choose the list by users_at",
                self.at()
            );
            return Err(bad_layout(self.start, message, census.held()));
        }
        let may_be_users = match is_users(&self.keys) {
            true => is_users,
            false => is_usual,
        };
        let is_list = |held: &&Held| !held.is_map && held.length != Some(0);
        let mut others = census.held().iter().filter(is_list);
        match others.any(|other| other.keys != self.keys && may_be_users(&other.keys)) {
            true => Err(self.head.several(self.start)),
            false => Ok(()),
        }
    }
}
