//! Objects of NDJSON.

use std::collections::{BTreeMap, HashSet};

use rollcall_core::{FieldPath, Segment};

use super::Field;
use super::json::{bytes, compact, decode, elements, members};

/// Root keys that a whole record is exported without.
const HIDDEN: &str = "blocked_for,guardian_authenticators,tenant,password,password_hash,passwordHash,custom_password_hash";

/// Writes a record as it stands, as far as it may be exported; tells whether a key of it stood twice.
pub fn whole(record: &str, out: &mut Vec<u8>) -> bool {
    let mut seen = HashSet::new();
    let mut has_twins = false;
    let hidden: Vec<&[u8]> = HIDDEN.split(',').map(str::as_bytes).collect();
    let mut written = Vec::new();
    for (key, _) in members(record) {
        let name = bytes(key);
        if hidden.contains(&name.as_slice()) {
            continue;
        }
        if !seen.insert(name.clone()) {
            has_twins = true;
            continue;
        }
        let mut same = members(record)
            .into_iter()
            .filter(|(other, _)| bytes(other) == name);
        let last = same.next_back().expect("it is one of them").1;
        let value = without_secrets(&FieldPath::root(&decode(key).0), last);
        written.push(format!("{key}:{value}"));
    }
    out.extend(format!("{{{}}}\n", written.join(",")).bytes());
    has_twins
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

/// The value that a field of this path has, without the secrets in it that it does not name.
pub fn without_secrets(path: &FieldPath, value: &str) -> String {
    let secrets: &[&str] = match path.segments().first() {
        Some(Segment::Name(root)) if root == "identities" => &[
            "access_token",
            "access_token_secret",
            "refresh_token",
            "id_token",
        ],
        Some(Segment::Name(root)) if root == "mfa_factors" || root == "multifactor" => &["secret"],
        _ => &[],
    };
    without(secrets, value)
}

fn without(secrets: &[&str], value: &str) -> String {
    if value.starts_with('[') {
        let items = elements(value)
            .into_iter()
            .map(|item| without(secrets, item));
        return format!("[{}]", items.collect::<Vec<_>>().join(","));
    }
    if !value.starts_with('{') {
        return compact(value);
    }
    let open = members(value)
        .into_iter()
        .filter(|(key, _)| !secrets.iter().any(|name| bytes(key) == name.as_bytes()))
        .map(|(key, value)| format!("{key}:{}", without(secrets, value)));
    format!("{{{}}}", open.collect::<Vec<_>>().join(","))
}
