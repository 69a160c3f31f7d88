//! Plain values: objects, arrays, texts, numbers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use crate::bad_request;

/// Reads a plain value. `undefined` and null are values that are not given.
///
/// # Errors
/// A bad request that tells what was found and what is expected.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value.clone()).map_err(|error| {
        let error: js_sys::Error = JsValue::from(error).unchecked_into();
        bad_request(String::from(error.message()))
    })
}

/// The value that JSON would have: maps are objects, `None` is null unless serde skips it, and all
/// numbers are numbers.
///
/// # Panics
/// For a whole number above 2^53, which no number of JavaScript shows exactly.
pub fn to_js(value: &(impl Serialize + ?Sized)) -> JsValue {
    let serializer = Serializer::json_compatible();
    value.serialize(&serializer).expect("a plain value")
}
