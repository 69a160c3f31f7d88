//! The field paths that occur in users, to suggest them.

use crate::json::read::{Elements, Kind, Members};
use crate::json::text::text_of;
use crate::plan::MAX_NAME_LENGTH;
use crate::plan::path::{FieldPath, Segment};
use crate::protect::Secrets;
use crate::tally::Tally;

/// The most paths that are kept.
const MAX_PATHS: usize = 500;

/// The most steps of a path that is suggested.
const MAX_STEPS: usize = 5;

/// Field paths in the order in which they appeared.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    names: Vec<String>,
    known: Tally,
}

impl Paths {
    /// Adds the paths of a checked record.
    pub(crate) fn add(&mut self, record: &[u8]) {
        self.walk(record, Secrets::OfRecord, &mut Vec::new());
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn walk(&mut self, value: &[u8], secrets: Secrets, path: &mut Vec<Segment>) {
        if self.names.len() == MAX_PATHS || path.len() == MAX_STEPS {
            return;
        }
        match Kind::of(value) {
            Kind::Object => {
                for member in Members::new(value, 0) {
                    let Some(name) = text_of(&value[member.key]) else {
                        continue;
                    };
                    if secrets.has(|secret| secret == name) {
                        continue;
                    }
                    let below = secrets.below(|holder| holder == name);
                    path.push(Segment::Name(name));
                    self.keep(path);
                    self.walk(&value[member.value], below, path);
                    path.pop();
                }
            }
            // One element shows the shape of the others.
            Kind::Array => {
                let first = Elements::new(value, 0)
                    .next()
                    .map(|element| &value[element]);
                if let Some(first) = first.filter(|first| Kind::of(first) == Kind::Object) {
                    path.push(Segment::Index(0));
                    self.walk(first, secrets, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, path: &[Segment]) {
        let Some(path) = FieldPath::new(path.to_vec()) else {
            return;
        };
        let name = path.to_string();
        let is_usable = name.chars().count() <= MAX_NAME_LENGTH && self.names.len() < MAX_PATHS;
        if is_usable && self.known.add(&name, 1) == 1 {
            self.names.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_once_in_their_order() {
        let mut paths = Paths::default();
        for record in [
            &br#"{"user_id":"1","identities":[{"connection":"c","access_token":"x"}],"a.b":{"c":1}}"#[..],
            br#"{"password_hash":"x","multifactor":{"secret":"x"},"\ud800":1}"#,
            br#"{"user_id":"2","email":null,"user_metadata":{"password":"x"}}"#,
        ] {
            paths.add(record);
        }
        let wanted = [
            "user_id",
            "identities",
            "identities[0].connection",
            r#"["a.b"]"#,
            r#"["a.b"].c"#,
            "multifactor",
            "email",
            "user_metadata",
            "user_metadata.password",
        ];
        assert_eq!(paths.names(), wanted);
    }
}
