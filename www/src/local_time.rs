//! Times by the person's clock.

use js_sys::Date;
use rollcall_js::to_js;
use serde::Serialize;
use wasm_bindgen::JsCast;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Styles {
    date_style: &'static str,
    time_style: &'static str,
}

/// The day and the time of a timestamp, such as `22 Nov 2026, 10:57`: which number is the day
/// and which the month is told apart everywhere.
pub fn local_time(timestamp: &str) -> String {
    let styles = to_js(&Styles {
        date_style: "medium",
        time_style: "short",
    });
    Date::new(&timestamp.into())
        .to_locale_string("en-GB", styles.unchecked_ref())
        .into()
}
