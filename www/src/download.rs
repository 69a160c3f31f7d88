//! Saving a finished export.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url, window};

/// Seconds for which a link works; the next click makes a new one.
pub const LINK_SECONDS: u64 = 60;

/// A link to a file, which works until it is dropped. A download that has begun goes on.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    url: String,
}

impl Link {
    /// Makes a link and has the browser save the file under `name`.
    ///
    /// # Errors
    /// What the browser threw.
    pub fn save(file: &Blob, name: &str) -> Result<Self, JsValue> {
        let link = Self {
            url: Url::create_object_url_with_blob(file)?,
        };
        let document = window().and_then(|window| window.document());
        let document = document.ok_or(JsValue::UNDEFINED)?;
        let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        anchor.set_href(&link.url);
        anchor.set_download(name);
        anchor.click();
        Ok(link)
    }

    /// Tells this link from a later one.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // A URL that is gone already needs nothing more.
        drop(Url::revoke_object_url(&self.url));
    }
}
