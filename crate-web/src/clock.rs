//! The only clocks.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Milliseconds by the worker's clock that never goes back.
pub(crate) fn steady() -> f64 {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let performance = scope.performance();
    performance.map_or(0.0, |performance| performance.now())
}

/// Lets something happen at most once in a while.
pub(crate) struct Throttle {
    milliseconds: f64,
    last: Cell<f64>,
}

impl Throttle {
    pub(crate) fn new(milliseconds: f64) -> Self {
        Self {
            milliseconds,
            last: Cell::new(0.0),
        }
    }

    /// Whether the while has passed since this was last true; the first time it is.
    pub(crate) fn is_due(&self) -> bool {
        let now = js_sys::Date::now();
        // A clock that was set back must not silence anything for longer than the while.
        let is_due = (now - self.last.get()).abs() >= self.milliseconds;
        if is_due {
            self.last.set(now);
        }
        is_due
    }
}
