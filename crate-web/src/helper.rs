//! A worker that helps: it works on slices for the worker of a job.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use rollcall_core::{Error, Plan, Reading, SliceExporter, SliceInspector};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageEvent, MessagePort};

use crate::source::{Bin, Requested};

/// What is done with slices.
pub(crate) enum Work {
    Export(Box<SliceExporter>),
    Inspect(Box<SliceInspector>),
}

impl Work {
    pub(crate) fn export(plan: Plan) -> Self {
        Self::Export(Box::new(SliceExporter::new(plan)))
    }

    pub(crate) fn inspect(reading: &Reading) -> Self {
        Self::Inspect(Box::new(SliceInspector::new(reading)))
    }
}

/// Answers the orders that come through the port, as long as the worker lives.
pub(crate) fn help(work: Work, files: Vec<File>, port: MessagePort) {
    let bench = Rc::new(RefCell::new(Bench {
        work,
        text: Vec::new(),
        rows: Vec::new(),
        bin: Bin::new(),
    }));
    let answers = port.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let order = event.data();
        let get = |key: &str| Reflect::get(&order, &key.into()).unwrap_or_default();
        let number = |key| get(key).as_f64().unwrap_or_default();
        let (place, from, to) = (number("number"), number("from"), number("to"));
        let text = get("text");
        // Asked for now, so that it is read while the slice before it is worked on.
        let requested = text
            .is_undefined()
            .then(|| Requested::new(&files[number("file") as usize], from, to));
        let (bench, answers) = (Rc::clone(&bench), answers.clone());
        spawn_local(async move {
            let bytes = match requested {
                Some(requested) => requested.bytes().await,
                None => Ok(text.unchecked_into()),
            };
            let (answer, transfer) = match bytes {
                Ok(bytes) => bench.borrow_mut().work(&bytes, from as u64),
                Err(error) => fault(&error),
            };
            set(&answer, "number", &place.into());
            answers
                .post_message_with_transferable(&answer, &transfer)
                .expect("bytes can be handed over");
        });
    });
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

/// Memory that is used again for each slice.
struct Bench {
    work: Work,
    text: Vec<u8>,
    rows: Vec<u8>,
    bin: Bin,
}

impl Bench {
    fn work(&mut self, bytes: &Uint8Array, from: u64) -> (Object, Array) {
        self.text.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.text);
        self.bin.take(&bytes.buffer());
        self.rows.clear();
        let (slice, (head, _, tail)) = match &mut self.work {
            Work::Export(exporter) => {
                let slice = exporter.export(&self.text, from, &mut self.rows);
                (slice.to_bytes(), slice.split(&self.text))
            }
            Work::Inspect(inspector) => {
                let slice = inspector.inspect(&self.text, from);
                (slice.to_bytes(), slice.split(&self.text))
            }
        };
        let (answer, transfer) = (Object::new(), Array::new());
        for (key, bytes) in [
            ("slice", slice.as_slice()),
            ("head", head),
            ("tail", tail),
            ("rows", &self.rows),
        ] {
            let bytes = Uint8Array::from(bytes);
            set(&answer, key, &bytes);
            transfer.push(&bytes.buffer());
        }
        (answer, transfer)
    }
}

fn fault(error: &Error) -> (Object, Array) {
    let answer = Object::new();
    set(&answer, "fault", &error.message.as_str().into());
    let byte = error
        .byte
        .map_or(JsValue::NULL, |byte| (byte as f64).into());
    set(&answer, "byte", &byte);
    (answer, Array::new())
}

fn set(object: &Object, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).expect("a new object takes keys");
}
