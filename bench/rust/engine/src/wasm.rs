//! What the workers of the measurement call.

use crate::projector;
use js_sys::Uint8Array;
use peers::{csv, lines, typed};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
use web_sys::FileSystemSyncAccessHandle;

/// Output is written in blocks of at least this size, as Rollcall does.
const BLOCK: usize = 4 << 20;

/// serde_json into a typed struct.
#[wasm_bindgen]
pub struct Typed {
    /// The last, unfinished line, and behind it the new chunk.
    block: Vec<u8>,
    out: Vec<u8>,
    file: FileSystemSyncAccessHandle,
}

#[wasm_bindgen]
impl Typed {
    /// Writes to this file.
    #[wasm_bindgen(constructor)]
    pub fn new(file: FileSystemSyncAccessHandle) -> Self {
        let out = csv::HEADING.to_vec();
        Self {
            block: Vec::new(),
            out,
            file,
        }
    }

    /// Works on a chunk, which is copied once.
    pub fn push(&mut self, chunk: &Uint8Array) -> Result<(), JsError> {
        let start = self.block.len();
        self.block.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut self.block[start..]);
        let whole = self
            .block
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |feed| feed + 1);
        let (out, file) = (&mut self.out, &self.file);
        lines::each(&self.block[..whole], &mut |line| -> Result<(), JsError> {
            typed::row(line, out)?;
            if out.len() >= BLOCK {
                write(file, out)?;
            }
            Ok(())
        })?;
        self.block.drain(..whole);
        Ok(())
    }

    /// Works on what is left.
    pub fn finish(mut self) -> Result<(), JsError> {
        if !self.block.is_empty() {
            typed::row(&self.block, &mut self.out)?;
        }
        write(&self.file, &mut self.out)
    }
}

fn write(file: &FileSystemSyncAccessHandle, out: &mut Vec<u8>) -> Result<(), JsError> {
    file.write_with_u8_array(out)
        .map_err(|error: JsValue| JsError::new(&format!("{error:?}")))?;
    out.clear();
    Ok(())
}

/// Users in wasm memory.
#[wasm_bindgen]
pub struct Users(Vec<u8>);

#[wasm_bindgen]
impl Users {
    /// Copies them there.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &Uint8Array) -> Self {
        Self(bytes.to_vec())
    }

    /// Exports them once by Rollcall's projector, and gives how many rows there were.
    pub fn project(&self, request: &str) -> Result<f64, JsError> {
        Ok(projector::pass(request, &self.0)? as f64)
    }
}
