//! The machine of one export, for JavaScript.

use std::ops::ControlFlow;

use rollcall_core::{Error, Plan, Totals};
use rollcall_js::{bad_request, js_error};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{text_of, to_js};

/// Turns chunks of input files into chunks of an export file.
#[wasm_bindgen]
pub struct Exporter {
    inner: rollcall_core::Exporter,
    state: State,
    totals: Option<Totals>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Between two files.
    BetweenFiles,
    /// In a file.
    InFile,
    /// The limit is reached.
    Done,
    /// Finished or failed.
    Ended,
}

#[wasm_bindgen]
impl Exporter {
    /// An export of a request, with what stands beside it in `options`.
    ///
    /// # Errors
    /// The first rule that is broken.
    #[wasm_bindgen(constructor)]
    pub fn new(request: &JsValue, options: &JsValue) -> Result<Exporter, JsValue> {
        let [request, options] = [text_of(request)?, text_of(options)?];
        let plan = Plan::from_json(request.as_bytes(), options.as_bytes())
            .map_err(|error| js_error(&error.into()))?;
        Ok(Self {
            inner: rollcall_core::Exporter::new(plan),
            state: State::BetweenFiles,
            totals: None,
        })
    }

    /// Reads the next bytes, cut anywhere, and gives the output that is ready.
    ///
    /// # Errors
    /// The export has failed.
    pub fn push(&mut self, chunk: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.step(State::InFile, |inner, out| inner.push(chunk, out))
    }

    /// Ends a file; the next push begins another one.
    ///
    /// # Errors
    /// The file is cut.
    #[wasm_bindgen(js_name = endInput)]
    pub fn end_input(&mut self) -> Result<Vec<u8>, JsValue> {
        self.step(State::BetweenFiles, rollcall_core::Exporter::end_input)
    }

    /// Ends the export, and the file if that was not done, and gives the last of the output.
    ///
    /// # Errors
    /// The last file is cut, or the connection has no user.
    pub fn finish(&mut self) -> Result<Vec<u8>, JsValue> {
        let mut out = match self.state {
            State::InFile => self.end_input()?,
            State::Ended => return Err(ended()),
            State::BetweenFiles | State::Done => Vec::new(),
        };
        self.state = State::Ended;
        let totals = self.inner.finish(&mut out);
        self.totals = Some(totals.map_err(|error| js_error(&error))?);
        Ok(out)
    }

    /// Whether nothing more needs to be pushed: the limit is reached, or the export has ended.
    #[wasm_bindgen(getter, js_name = isDone)]
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done | State::Ended)
    }

    /// How much has been read and written.
    #[wasm_bindgen(getter)]
    pub fn progress(&self) -> JsValue {
        to_js(&self.inner.progress())
    }

    /// The counts of the finished export; `undefined` before.
    #[wasm_bindgen(getter)]
    pub fn totals(&self) -> JsValue {
        self.totals.as_ref().map_or(JsValue::UNDEFINED, to_js)
    }

    /// Takes the records left out since the last call.
    #[wasm_bindgen(js_name = takeLeftOut)]
    pub fn take_left_out(&mut self) -> JsValue {
        to_js(&self.inner.take_left_out())
    }

    fn step(
        &mut self,
        next: State,
        run: impl FnOnce(&mut rollcall_core::Exporter, &mut Vec<u8>) -> Result<ControlFlow<()>, Error>,
    ) -> Result<Vec<u8>, JsValue> {
        if self.state == State::Ended {
            return Err(ended());
        }
        let mut out = Vec::new();
        match run(&mut self.inner, &mut out) {
            Ok(ControlFlow::Continue(())) => self.state = next,
            Ok(ControlFlow::Break(())) => self.state = State::Done,
            Err(error) => {
                self.state = State::Ended;
                return Err(js_error(&error));
            }
        }
        Ok(out)
    }
}

fn ended() -> JsValue {
    bad_request("The export has ended; make a new Exporter.")
}
