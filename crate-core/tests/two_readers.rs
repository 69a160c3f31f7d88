//! Requests are read twice: by what serde derives, where jobs are kept, and by a smaller reader that
//! is written out, which the engine carries. Both know the same keys.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use rollcall_core::message::Command;
use rollcall_core::{ExportOptions, ExportRequest, FieldSpec};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The keys of a request, of a field and of the options, each with a value that is no default.
fn examples() -> [(Object, Vec<(&'static str, Value)>); 3] {
    [
        (
            Object::Request,
            vec![
                ("connection_id", json!("con_0000000000000001")),
                ("format", json!("json")),
                ("limit", json!(7)),
                ("fields", json!([{ "name": "email" }])),
            ],
        ),
        (
            Object::Field,
            vec![("name", json!("email")), ("export_as", json!("E-mail"))],
        ),
        (
            Object::Options,
            vec![
                ("csv_profile", json!("owasp-minimal")),
                ("gzip", json!(true)),
                ("strict", json!(true)),
                ("max_record_size", json!(7)),
                ("lift_limits", json!(true)),
                ("primary_only", json!(true)),
                ("connection", json!("sms")),
                ("users_at", json!("data")),
                ("csv_headings", json!("id,email")),
            ],
        ),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Object {
    Request,
    Field,
    Options,
}

impl Object {
    /// The request and the options of which the object is a part.
    fn read_by_hand(self, object: &Value) -> Result<(ExportRequest, ExportOptions), String> {
        let (mut request, mut options) = (json!({}), json!({}));
        match self {
            Self::Request => request = object.clone(),
            Self::Field => request = json!({ "fields": [object] }),
            Self::Options => options = object.clone(),
        }
        let command =
            json!({ "kind": "export", "request": request, "options": options, "output": "" });
        match Command::from_json(command.to_string().as_bytes()) {
            Ok(Command::Export {
                request, options, ..
            }) => Ok((request, options)),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    fn read_by_serde(self, object: &Value) -> Result<(ExportRequest, ExportOptions), String> {
        let (mut request, mut options) = (ExportRequest::default(), ExportOptions::default());
        match self {
            Self::Request => request = read(object)?,
            Self::Field => request.fields = Some(vec![read(object)?]),
            Self::Options => options = read(object)?,
        }
        Ok((request, options))
    }

    /// All keys that serde knows: it lists them beside one that it does not know.
    fn keys(self) -> Vec<String> {
        let error = self.read_by_serde(&json!({ "?": 0 })).unwrap_err();
        let (_, known) = error.split_once("expected ").unwrap();
        let quoted = known.split('`').skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    }
}

fn read<T: DeserializeOwned>(object: &Value) -> Result<T, String> {
    T::deserialize(object).map_err(|error| error.to_string())
}

#[test]
fn both_read_every_key_alike() {
    for (object, examples) in examples() {
        let mut keys: Vec<&str> = examples.iter().map(|(key, _)| *key).collect();
        let mut known = object.keys();
        keys.sort_unstable();
        known.sort_unstable();
        assert_eq!(keys, known, "{object:?}");
        let all: Value = examples
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let read = object.read_by_hand(&all).unwrap();
        assert_eq!(Ok(&read), object.read_by_serde(&all).as_ref());
        // A key that is passed over in silence would not change what is read.
        for (key, _) in &examples {
            let mut rest = all.clone();
            rest.as_object_mut().unwrap().remove(*key);
            let by_hand = object.read_by_hand(&rest);
            assert_ne!(by_hand.as_ref().ok(), Some(&read), "{object:?} {key}");
            assert_eq!(
                by_hand.ok(),
                object.read_by_serde(&rest).ok(),
                "{object:?} {key}"
            );
        }
    }
}

#[test]
fn neither_knows_a_key_that_the_other_does_not() {
    let words = ["connections", "output", "users", "Name", ""];
    for (object, examples_of_it) in examples() {
        let own: Vec<&str> = examples_of_it.iter().map(|(key, _)| *key).collect();
        let examples = examples();
        let others = examples.iter().flat_map(|(_, all)| all.iter());
        let keys = others.map(|(key, _)| *key).chain(words);
        for key in keys.filter(|key| !own.contains(key)) {
            let strange = json!({ "name": "email", key: 0 });
            let strange = match object {
                Object::Field => strange,
                _ => json!({ key: 0 }),
            };
            for error in [
                object.read_by_hand(&strange).unwrap_err(),
                object.read_by_serde(&strange).unwrap_err(),
            ] {
                let says_so = error.contains("unknown field") || error.contains("not allowed");
                assert!(says_so, "{object:?} {key}: {error}");
            }
        }
    }
}

#[test]
fn both_demand_the_name_of_a_field() {
    for object in [json!({}), json!({ "export_as": "E-mail" })] {
        assert!(read::<FieldSpec>(&object).is_err(), "{object}");
        assert!(Object::Field.read_by_hand(&object).is_err(), "{object}");
    }
}
