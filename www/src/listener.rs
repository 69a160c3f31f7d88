//! Events of the window, which belong to no component's element.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, Window, window};

/// Listens until it is dropped.
pub struct Listener {
    window: Window,
    kind: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Calls `heard` for every event of this kind; `None` where there is no window.
    pub fn new(kind: &'static str, heard: impl Fn(Event) + 'static) -> Option<Self> {
        let window = window()?;
        let closure = Closure::<dyn Fn(Event)>::new(heard);
        window
            .add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref())
            .ok()?;
        Some(Self {
            window,
            kind,
            closure,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        // A listener that is gone already needs nothing more.
        drop(
            self.window
                .remove_event_listener_with_callback(self.kind, function),
        );
    }
}
