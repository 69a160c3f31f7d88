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
    /// How long this while lasts.
    current: Cell<f64>,
    last: Cell<f64>,
}

impl Throttle {
    pub(crate) fn new(milliseconds: f64) -> Self {
        Self {
            milliseconds,
            current: Cell::new(milliseconds),
            last: Cell::new(0.0),
        }
    }

    /// Whether the while has passed since this was last true; the first time it is.
    pub(crate) fn is_due(&self) -> bool {
        let now = js_sys::Date::now();
        // A clock that was set back must not silence anything for longer than the while.
        let is_due = (now - self.last.get()).abs() >= self.current.get();
        if is_due {
            self.last.set(now);
        }
        is_due
    }

    /// Does what was due, and makes the while that has begun long enough for it to take a tenth of
    /// the time at most.
    pub(crate) fn spend(&self, work: impl FnOnce()) {
        let start = steady();
        work();
        let cost = steady() - start;
        self.current.set(self.milliseconds.max(cost * 10.0));
    }
}
