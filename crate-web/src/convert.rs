//! Between JavaScript's values and the core's, by way of JSON text: the worker speaks it anyway, and
//! every worker would load the 2 KB that `rollcall_js::to_js` takes.

use js_sys::JSON;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// The JSON text of a value; `undefined` is an empty object.
pub(crate) fn text_of(value: &JsValue) -> Result<String, JsValue> {
    if value.is_undefined() {
        return Ok("{}".to_owned());
    }
    Ok(JSON::stringify(value)?.as_string().unwrap_or_default())
}

/// The JSON text of a plain value.
pub(crate) fn json(value: &impl Serialize) -> String {
    // Not `expect`, which would bring all that an error can say.
    let Ok(text) = serde_json::to_string(value) else {
        unreachable!("the core's values are plain data")
    };
    text
}

/// A plain value of arrays, objects, numbers and texts.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    JSON::parse(&json(value)).expect("what serde writes is JSON")
}
