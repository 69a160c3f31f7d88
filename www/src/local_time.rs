//! Times by the person's clock.

use js_sys::{Date, Object, Reflect};

/// The day and the time of a timestamp, such as `22 Nov 2026, 10:57`: which number is the day
/// and which the month is told apart everywhere.
pub fn local_time(timestamp: &str) -> String {
    let options = Object::new();
    for (part, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &part.into(), &style.into()).expect("an object takes any key");
    }
    Date::new(&timestamp.into())
        .to_locale_string("en-GB", &options)
        .into()
}
