//! The search for the users in a root object, up to where they begin.

use crate::input::census::{Census, Held, bad_layout, describe, path_of};
use crate::input::record::{Fatal, Place};
use crate::json::check::{Checker, Step, Violation};
use crate::plan::reading::Reading;

/// The keys under which the only list of a file is taken for its users.
const USUAL: [&str; 15] = [
    "members",
    "data",
    "value",
    "values",
    "results",
    "result",
    "items",
    "Items",
    "records",
    "objects",
    "Resources",
    "resources",
    "accounts",
    "rows",
    "entries",
];

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A list under `users` or `Users`.
    Users,
    /// That, or the first list of objects under one of the usual keys.
    Usual,
    /// A list under the keys of the list before it.
    Same(Vec<String>),
    /// What the option `users_at` says.
    Asked(Vec<String>),
}

/// A root object, from its brace up to its users.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub target: Target,
    pub checker: Checker,
    pub census: Census,
}

/// How far a [`Head`] got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadStep {
    /// Nothing yet.
    More,
    /// Before this byte, the first one in the brackets of the users.
    Users(usize),
    /// The object ends before this byte, without users.
    End(usize),
    /// This byte is invalid here.
    Violation(usize, Violation),
}

/// An object that was read as a user, but holds lists or maps and has no key of a user.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    pub held: Vec<Held>,
    /// Whether it has an attribute of Auth0's profiles.
    pub has_attribute: bool,
}

impl Doubt {
    /// The job fails, as this is all that its file holds and nothing asked for is in it.
    pub(crate) fn failure(&self) -> Fatal {
        let message = format!(
            "this file is one object without any of the fields that holds {}; choose the list with the users by users_at",
            describe(&self.held)
        );
        bad_layout(Place::START, message, &self.held)
    }
}

impl Target {
    /// What is looked for in the first object of a file.
    pub(crate) fn of(reading: &Reading) -> Self {
        match &reading.users_at {
            Some(keys) => Self::Asked(keys.clone()),
            None => Self::Users,
        }
    }
}

impl Head {
    pub(crate) fn new(target: Target) -> Self {
        let asked = match &target {
            Target::Asked(keys) => Some(keys.as_slice()),
            Target::Users | Target::Usual | Target::Same(_) => None,
        };
        Self {
            checker: Checker::new(),
            census: Census::new(asked),
            target,
        }
    }

    /// Takes the next bytes of the object. Must not be called after any other step than `More`.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> HeadStep {
        let step = self.checker.feed(bytes);
        if let Some(at) = self.count(step, bytes, Self::has_found) {
            return HeadStep::Users(at);
        }
        match step {
            Step::More => HeadStep::More,
            Step::End(length) => HeadStep::End(length),
            Step::Violation(at, violation) => HeadStep::Violation(at, violation),
        }
    }

    /// Whether the list or map whose inside starts with this byte is looked for.
    fn has_found(&self, first: u8) -> bool {
        let Some((keys, is_map)) = self.census.stopped_at() else {
            return false;
        };
        let is_list = !is_map && matches!(first, b'{' | b']');
        match &self.target {
            Target::Asked(asked) => *asked == keys,
            Target::Same(same) => !is_map && *same == keys,
            Target::Users => is_list && is_users(&keys) && !self.census.is_user(),
            Target::Usual => {
                let is_usual = first == b'{' && is_usual(&keys);
                is_list && (is_users(&keys) || is_usual) && !self.census.is_user()
            }
        }
    }

    /// The lists of objects under usual keys, of which only one may be the users.
    pub(crate) fn usual(&self) -> impl Iterator<Item = &Held> {
        let held = self.census.held().iter();
        held.filter(|held| !held.is_map && held.length != Some(0) && is_usual(&held.keys))
    }

    /// What the object holds, if it is not known to be a user.
    pub(crate) fn doubt(&self) -> Option<Doubt> {
        let held = self.census.held();
        let is_doubtful = !held.is_empty() && !self.census.is_user();
        is_doubtful.then(|| Doubt {
            held: held.to_vec(),
            has_attribute: self.census.has_attribute(),
        })
    }

    /// Goes on behind the list under these keys, up to the end of the object.
    pub(crate) fn take_tail(&mut self, bytes: &[u8]) -> Step {
        let step = self.checker.feed(bytes);
        self.count(step, bytes, |_, _| false);
        step
    }

    /// Counts what the valid bytes hold, up to the first byte inside a list or map that is wanted.
    fn count(
        &mut self,
        step: Step,
        bytes: &[u8],
        is_wanted: impl Fn(&Self, u8) -> bool,
    ) -> Option<usize> {
        let length = match step {
            Step::More => bytes.len(),
            Step::End(length) | Step::Violation(length, _) => length,
        };
        let mut from = 0;
        while let Some(passed) = self.census.take(&bytes[from..length]) {
            from += passed;
            if is_wanted(self, bytes[from]) {
                return Some(from);
            }
        }
        None
    }

    /// Several lists of the object, which starts there, may be the users.
    pub(crate) fn several(&self, place: Place) -> Fatal {
        let held = self.census.held();
        let message = format!(
            "this file is one object that holds lists: {}; choose the one with the users by users_at",
            describe(held)
        );
        bad_layout(place, message, held)
    }

    /// The object, which starts there, has no users where the option says that they are.
    pub(crate) fn not_found(&self, keys: &[String], place: Place) -> Fatal {
        let held = self.census.held();
        let others = match held {
            [] => String::new(),
            held => format!("; there are {}", describe(held)),
        };
        let path = path_of(keys);
        let message = format!("expected a list of users at `{path}`, as users_at says{others}");
        bad_layout(place, message, held)
    }
}

/// Whether a list there is the list of users, whatever else there is.
pub(crate) fn is_users(keys: &[String]) -> bool {
    matches!(keys, [key] if key == "users" || key == "Users")
}

/// Whether the only list of a file may be its users if it is there.
pub(crate) fn is_usual(keys: &[String]) -> bool {
    match keys {
        [key] => USUAL.contains(&key.as_str()),
        // A search by Elasticsearch.
        [outer, inner] => outer == "hits" && inner == "hits",
        _ => false,
    }
}
