//! Objects of NDJSON.

use std::collections::{BTreeMap, HashSet};

use rollcall_core::{FieldPath, Segment};

use super::Field;
use super::json::{compact, decode, elements, members};

/// Writes a record as it stands, as far as it may be exported.
pub fn whole(record: &str, out: &mut Vec<u8>) {
    let mut seen = HashSet::new();
    let members: Vec<String> = members(record)
        .into_iter()
        .filter(|(key, _)| seen.insert(decode_kept(key)))
        .filter_map(|(key, _)| {
            let name = decode(key).0;
            if ["blocked_for", "guardian_authenticators", "tenant"].contains(&name.as_str()) {
                return None;
            }
            let last = self::members(record)
                .into_iter()
                .rfind(|(other, _)| decode_kept(other) == decode_kept(key))?
                .1;
            let value = without_secrets(&FieldPath::root(&name), last);
            Some(format!("{key}:{value}"))
        })
        .collect();
    out.extend(format!("{{{}}}\n", members.join(",")).bytes());
}

/// Keys are equal once their escapes are decoded.
fn decode_kept(key: &str) -> String {
    decode(key).0
}

/// A value of the output before it is known what is there.
#[derive(Default)]
struct Place {
    value: Option<String>,
    /// In the order in which fields name them.
    names: Vec<(String, Place)>,
    items: BTreeMap<usize, Place>,
}

/// Writes the fields of a record in their rebuilt shape.
pub fn fields(fields: &[Field], record: &str, out: &mut Vec<u8>) {
    let mut root = Place::default();
    for field in fields {
        let found = field.find(record);
        let value = found.map(|(value, _)| without_secrets(&field.path, value));
        let is_key = found.is_some_and(|found| found.1);
        match &field.title {
            Some(title) => root.name(title).put(value),
            // Both places are kept in order, whichever is filled.
            None => {
                let (key, path) = match is_key {
                    true => (value.clone(), None),
                    false => (None, value.clone()),
                };
                root.name(&field.name).put(key);
                let is_root = field.path.as_root() == Some(&field.name);
                let path = if is_root { value } else { path };
                let place = field
                    .path
                    .segments()
                    .iter()
                    .fold(&mut root, |place, segment| match segment {
                        Segment::Name(name) => place.name(name),
                        Segment::Index(index) => place.items.entry(*index).or_default(),
                    });
                place.put(path);
            }
        }
    }
    out.extend(root.text().unwrap_or_else(|| "{}".to_owned()).bytes());
    out.push(b'\n');
}

impl Place {
    fn name(&mut self, name: &str) -> &mut Self {
        let position = self.names.iter().position(|(known, _)| known == name);
        let position = position.unwrap_or_else(|| {
            self.names.push((name.to_owned(), Self::default()));
            self.names.len() - 1
        });
        &mut self.names[position].1
    }

    fn put(&mut self, value: Option<String>) {
        self.value = self.value.take().or(value);
    }

    fn text(&self) -> Option<String> {
        if self.value.is_some() {
            return self.value.clone();
        }
        let members: Vec<String> = self
            .names
            .iter()
            .filter_map(|(name, place)| {
                let key = serde_json::to_string(name).expect("a string is JSON");
                Some(format!("{key}:{}", place.text()?))
            })
            .collect();
        if !members.is_empty() {
            return Some(format!("{{{}}}", members.join(",")));
        }
        let items: BTreeMap<usize, String> = self
            .items
            .iter()
            .filter_map(|(index, place)| Some((*index, place.text()?)))
            .collect();
        let last = *items.last_key_value()?.0;
        let null = "null".to_owned();
        let items: Vec<&str> = (0..=last)
            .map(|index| items.get(&index).unwrap_or(&null).as_str())
            .collect();
        Some(format!("[{}]", items.join(",")))
    }
}

/// The value that a field of this path has, without the tokens of identities that it does not name.
pub fn without_secrets(path: &FieldPath, value: &str) -> String {
    match path.segments() {
        [Segment::Name(root)] if root == "identities" && value.starts_with('[') => {
            let identities: Vec<String> = elements(value).into_iter().map(identity).collect();
            format!("[{}]", identities.join(","))
        }
        [Segment::Name(root), Segment::Index(_)] if root == "identities" => identity(value),
        _ => compact(value),
    }
}

fn identity(value: &str) -> String {
    if !value.starts_with('{') {
        return compact(value);
    }
    let members: Vec<String> = members(value)
        .into_iter()
        .filter(|(key, _)| {
            let name = decode(key).0;
            name != "access_token" && name != "refresh_token"
        })
        .map(|(key, value)| format!("{key}:{}", compact(value)))
        .collect();
    format!("{{{}}}", members.join(","))
}
