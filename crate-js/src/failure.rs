//! Failures as JavaScript's `Error`, with their place in the input.

use js_sys::{Array, Error as JsError, Object, Reflect};
use rollcall_core::{Error, ErrorCode};
use wasm_bindgen::JsValue;

/// An `Error` that has `code`, `record`, `line` and `byte`, and `lists` where there are any; what is
/// not known is null.
pub fn js_error(error: &Error) -> JsValue {
    let js = JsError::new(&error.message);
    set(&js, "code", &error.code.as_str().into());
    for (key, place) in [
        ("record", error.record),
        ("line", error.line),
        ("byte", error.byte),
    ] {
        set(&js, key, &number(place));
    }
    if !error.lists.is_empty() {
        let lists = Array::new();
        for list in &error.lists {
            let object = Object::new();
            set(&object, "at", &list.at.as_str().into());
            set(&object, "length", &number(list.length));
            lists.push(&object);
        }
        set(&js, "lists", &lists);
    }
    js.into()
}

fn number(number: Option<u64>) -> JsValue {
    number.map_or(JsValue::NULL, |number| (number as f64).into())
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).expect("a new object takes keys");
}

/// What the caller got wrong; it has no place in an input.
pub fn bad_request(message: impl ToString) -> JsValue {
    js_error(&Error {
        code: ErrorCode::BadRequest,
        ..Error::io(message.to_string())
    })
}
