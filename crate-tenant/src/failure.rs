//! What the caller got wrong, as JavaScript's `Error`.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

/// An `Error` whose `code` is `bad_request`, as the engine's are; it has no place in an input.
pub(crate) fn bad_request(message: impl ToString) -> JsValue {
    let error = Error::new(&message.to_string());
    for (key, value) in [
        ("code", "bad_request".into()),
        ("record", JsValue::NULL),
        ("line", JsValue::NULL),
        ("byte", JsValue::NULL),
    ] {
        Reflect::set(&error, &key.into(), &value).expect("a new object takes keys");
    }
    error.into()
}
