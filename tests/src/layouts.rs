//! Where the users of an object stand, decided a second time, from the whole object.

use serde_json::Value;

/// How an object that is the only value of a file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is a record.
    Record,
    /// The list there holds so many records.
    List(&'static str, usize),
    /// Nobody knows.
    Unclear,
}

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

/// The rules of `docs/behaviour.md`, for an object whose keys are in the order of their bytes.
pub fn reading(object: &Value) -> Reading {
    let length = |value: &Value| {
        let list = value.as_array()?;
        list.first()
            .is_none_or(Value::is_object)
            .then_some(list.len())
    };
    let has = |key: &str| object.get(key).is_some();
    let is_user =
        ["user_id", "email", "_id", "username"].into_iter().any(has) || has("id") && has("name");
    let [capital, small] = ["Users", "users"].map(|key| length(&object[key]));
    // A capital letter comes before all keys of a user, a `users` after them.
    if let Some(users) = capital {
        return match is_user || small.is_some_and(|users| users > 0) {
            true => Reading::Unclear,
            false => Reading::List("Users", users),
        };
    }
    if is_user {
        return Reading::Record;
    }
    if let Some(users) = small {
        return Reading::List("users", users);
    }
    let usual = USUAL.map(|key| (key, &object[key]));
    let hits = [("hits.hits", &object["hits"]["hits"])];
    let mut lists = usual
        .into_iter()
        .chain(hits)
        .filter_map(|(key, value)| Some((key, length(value).filter(|users| *users > 0)?)));
    match (lists.next(), lists.next()) {
        (Some((at, users)), None) => Reading::List(at, users),
        (Some(_), Some(_)) => Reading::Unclear,
        (None, _) => Reading::Record,
    }
}
