//! What JavaScript sees of values, and Rust of JavaScript's.

use std::collections::{BTreeMap, HashMap};

use js_sys::{Array, JSON, Map, Object, Reflect};
use rollcall_js::{bad_request, from_js, to_js};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The largest whole number up to which JavaScript's numbers are exact.
const MAX_SAFE: u64 = (1 << 53) - 1;

#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
struct Plain {
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<u64>,
    #[serde(default)]
    many: u64,
}

#[wasm_bindgen_test]
fn values_are_those_of_json() {
    let plain = Plain {
        many: MAX_SAFE,
        ..Plain::default()
    };
    let names = BTreeMap::from([("b", [1, 2])]);
    for (value, text) in [
        (to_js(&plain), r#"{"name":null,"many":9007199254740991}"#),
        (to_js(&names), r#"{"b":[1,2]}"#),
        (to_js(&("a", 1.5, false, ())), r#"["a",1.5,false,null]"#),
    ] {
        let Ok(json) = JSON::stringify(&value) else {
            panic!("{text}: no JSON");
        };
        assert_eq!(json, text);
    }
    // An object as `{}` makes them, not a `Map`, and a number, not a `BigInt`.
    let object = to_js(&names);
    assert!(!object.is_instance_of::<Map>());
    assert!(to_js(&MAX_SAFE).as_f64().is_some());
}

#[wasm_bindgen_test]
fn what_is_not_given_is_undefined_null_or_absent() {
    for (text, want) in [
        ("{}", Plain::default()),
        (r#"{"name":null,"other":[]}"#, Plain::default()),
        (
            r#"{"name":"a","skipped":9007199254740991,"many":5}"#,
            Plain {
                name: Some("a".to_owned()),
                skipped: Some(MAX_SAFE),
                many: 5,
            },
        ),
    ] {
        assert_eq!(from_js::<Plain>(&parsed(text)), Ok(want), "{text}");
    }
    let object = Object::new();
    Reflect::set(&object, &"name".into(), &JsValue::UNDEFINED).expect("a new object takes keys");
    assert_eq!(from_js::<Plain>(&object), Ok(Plain::default()));
    for nothing in [JsValue::UNDEFINED, JsValue::NULL] {
        assert_eq!(from_js::<Option<Vec<u64>>>(&nothing), Ok(None));
    }
}

#[wasm_bindgen_test]
fn objects_are_maps_and_arrays_lists() {
    let want = HashMap::from([("token".to_owned(), vec!["read:users".to_owned()])]);
    let read = from_js::<HashMap<String, Vec<String>>>(&parsed(r#"{"token":["read:users"]}"#));
    assert_eq!(read, Ok(want));
    let lists: Array = [1, 2].map(JsValue::from).into_iter().collect();
    assert_eq!(from_js::<Vec<u64>>(&lists), Ok(vec![1, 2]));
}

#[wasm_bindgen_test]
fn a_wrong_value_is_a_bad_request() {
    for (text, want) in [
        (r#"{"many":-1}"#, "-1"),
        (r#"{"many":1.5}"#, "1.5"),
        (r#"{"many":9007199254740994}"#, "9007199254740994"),
        (r#"{"name":5}"#, "expected a string"),
        ("5", "struct Plain"),
    ] {
        let Err(error) = from_js::<Plain>(&parsed(text)) else {
            panic!("{text} is read");
        };
        assert_eq!(get(&error, "code"), "bad_request", "{text}");
        let message = get(&error, "message").as_string().unwrap_or_default();
        assert!(message.contains(want), "{text}: {message}");
    }
}

#[wasm_bindgen_test]
fn a_failure_is_an_error_whose_unknown_places_are_null() {
    let error = bad_request("no");
    assert!(error.is_instance_of::<js_sys::Error>());
    for (key, want) in [
        ("message", "no".into()),
        ("code", "bad_request".into()),
        ("record", JsValue::NULL),
        ("line", JsValue::NULL),
        ("byte", JsValue::NULL),
    ] {
        assert_eq!(get(&error, key), want, "{key}");
    }
}

fn parsed(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("an object")
}
