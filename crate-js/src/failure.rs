//! Failures as JavaScript's `Error`, with their place in the input.

use js_sys::{Error as JsError, Reflect};
use rollcall_core::{Error, ErrorCode};
use wasm_bindgen::JsValue;

/// An `Error` that has `code`, `record`, `line` and `byte`; what is not known is null.
pub fn js_error(error: &Error) -> JsValue {
    let js = JsError::new(&error.message);
    let number = |place: Option<u64>| place.map_or(JsValue::NULL, |place| (place as f64).into());
    for (key, value) in [
        ("code", error.code.as_str().into()),
        ("record", number(error.record)),
        ("line", number(error.line)),
        ("byte", number(error.byte)),
    ] {
        Reflect::set(&js, &key.into(), &value).expect("a new object takes keys");
    }
    js.into()
}

/// What the caller got wrong; it has no place in an input.
pub fn bad_request(message: impl ToString) -> JsValue {
    js_error(&Error {
        code: ErrorCode::BadRequest,
        ..Error::io(message.to_string())
    })
}
