//! The helpers of a job's worker: who gets which slice, and what has come back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use rollcall_core::Error;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort};

use crate::error::JobError;

/// How many slices a helper may have: it works on one while the next is read.
const AT_ONCE: usize = 2;

/// A slice that is to be worked on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    /// Index of its file.
    pub file: usize,
    pub from: f64,
    pub to: f64,
}

/// What is to come of an order.
pub(crate) struct Pending(JsFuture);

/// What has come of an order.
pub(crate) enum Done {
    Worked(Worked),
    /// The slice cannot be read.
    Failed(JobError),
    /// The helper is gone.
    Lost,
}

/// A slice as a helper has left it.
pub(crate) struct Worked {
    /// What the core says of its whole lines.
    pub slice: Uint8Array,
    /// The bytes before its whole lines.
    pub head: Uint8Array,
    /// The bytes behind them.
    pub tail: Uint8Array,
    pub rows: Uint8Array,
}

/// The workers that help.
pub(crate) struct Pool {
    helpers: Vec<Helper>,
    orders: u32,
}

struct Helper {
    port: MessagePort,
    state: Rc<State>,
    /// Called by the port, so kept as long as it may call.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

#[derive(Default)]
struct State {
    /// The orders that it has, by their numbers, with the functions that take what comes of them.
    orders: RefCell<Vec<(u32, Function)>>,
    is_lost: Cell<bool>,
}

impl Pool {
    /// Of the workers at the other ends of these ports.
    pub(crate) fn new(ports: &Array) -> Self {
        Self {
            helpers: ports
                .iter()
                .map(|port| Helper::new(port.unchecked_into()))
                .collect(),
            orders: 0,
        }
    }

    /// Whether any helper can take an order.
    pub(crate) fn has_room(&self) -> bool {
        self.helpers.iter().any(Helper::has_room)
    }

    /// Gives the order to the helper that has least to do, if any has room for it.
    pub(crate) fn order(&mut self, order: &Order) -> Option<Pending> {
        let numbers = [
            ("file", order.file as f64),
            ("from", order.from),
            ("to", order.to),
        ];
        self.post(&numbers, None)
    }

    /// The same for text that was unpacked, which begins at this byte of its file's text.
    pub(crate) fn order_text(&mut self, from: u64, text: &[u8]) -> Option<Pending> {
        self.post(&[("from", from as f64)], Some(text))
    }

    fn post(&mut self, numbers: &[(&str, f64)], text: Option<&[u8]>) -> Option<Pending> {
        let helper = self
            .helpers
            .iter()
            .filter(|helper| helper.has_room())
            .min_by_key(|helper| helper.state.orders.borrow().len())?;
        self.orders += 1;
        let number = self.orders;
        let promise = Promise::new(&mut |resolve, _| {
            helper.state.orders.borrow_mut().push((number, resolve));
        });
        let (message, transfer) = (Object::new(), Array::new());
        let set = |key: &str, value: &JsValue| {
            Reflect::set(&message, &key.into(), value).expect("a new object takes keys");
        };
        set("number", &number.into());
        for (key, number) in numbers {
            set(key, &(*number).into());
        }
        if let Some(text) = text {
            let bytes = Uint8Array::from(text);
            set("text", &bytes);
            transfer.push(&bytes.buffer());
        }
        helper
            .port
            .post_message_with_transferable(&message, &transfer)
            .expect("bytes can be handed over");
        Some(Pending(JsFuture::from(promise)))
    }
}

impl Helper {
    fn new(port: MessagePort) -> Self {
        let state = Rc::new(State::default());
        let on_message = {
            let state = Rc::clone(&state);
            Closure::new(move |event: MessageEvent| state.receive(&event.data()))
        };
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Self {
            port,
            state,
            _on_message: on_message,
        }
    }

    fn has_room(&self) -> bool {
        !self.state.is_lost.get() && self.state.orders.borrow().len() < AT_ONCE
    }
}

impl Drop for Helper {
    /// What it still says of its slices is for nobody: the job has ended.
    fn drop(&mut self) {
        self.port.set_onmessage(None);
    }
}

impl State {
    fn receive(&self, data: &JsValue) {
        let number = get(data, "number").as_f64();
        let mut orders = self.orders.borrow_mut();
        let place = orders
            .iter()
            .position(|(known, _)| Some(f64::from(*known)) == number);
        let (done, data) = match place {
            Some(place) => (vec![orders.swap_remove(place)], data),
            // It has broken down.
            None => {
                self.is_lost.set(true);
                (std::mem::take(&mut *orders), &JsValue::UNDEFINED)
            }
        };
        drop(orders);
        for (_, resolve) in done {
            resolve
                .call1(&JsValue::UNDEFINED, data)
                .expect("a promise takes any value");
        }
    }
}

impl Pending {
    pub(crate) async fn done(self) -> Done {
        let data = self.0.await.unwrap_or_default();
        if data.is_undefined() {
            return Done::Lost;
        }
        if let Some(message) = get(&data, "fault").as_string() {
            let byte = get(&data, "byte").as_f64().map(|byte| byte as u64);
            return Done::Failed(JobError::new(Error {
                byte,
                ..Error::io(message)
            }));
        }
        let bytes = |key| get(&data, key).unchecked_into();
        Done::Worked(Worked {
            slice: bytes("slice"),
            head: bytes("head"),
            tail: bytes("tail"),
            rows: bytes("rows"),
        })
    }
}

fn get(data: &JsValue, key: &str) -> JsValue {
    Reflect::get(data, &key.into()).unwrap_or_default()
}
