//! Saving a finished export.

use gloo_file::ObjectUrl;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, window};

/// Seconds for which a link works; the next click makes a new one.
pub const LINK_SECONDS: u64 = 60;

/// Has the browser save a file under `name`, by a link that works until it is dropped. A download
/// that has begun goes on.
///
/// # Errors
/// What the browser threw.
pub fn save(file: Blob, name: &str) -> Result<ObjectUrl, JsValue> {
    let link = ObjectUrl::from(file);
    let document = window().and_then(|window| window.document());
    let document = document.ok_or(JsValue::UNDEFINED)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&link);
    anchor.set_download(name);
    anchor.click();
    Ok(link)
}
