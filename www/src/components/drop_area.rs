//! Files that are dropped anywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event, File, FileList};
use yew::prelude::*;

use crate::listener::Listener;

/// Hands dropped files over, keeps the browser from opening them, and tells whether files are
/// being dragged over the page. Texts may still be dragged from one input to another.
#[hook]
pub fn use_drop_area(onfiles: Callback<Vec<File>>) -> bool {
    let is_dragging = use_state_eq(|| false);
    {
        let is_dragging = is_dragging.clone();
        use_effect_with((), move |()| {
            let over = {
                let is_dragging = is_dragging.clone();
                Listener::new("dragover", move |event| {
                    if let Some(transfer) = with_files(&event) {
                        event.prevent_default();
                        transfer.set_drop_effect("copy");
                        is_dragging.set(true);
                    }
                })
            };
            let leave = {
                let is_dragging = is_dragging.clone();
                Listener::new("dragleave", move |event| {
                    // Leaving one element for another is not leaving the page.
                    let event: DragEvent = event.unchecked_into();
                    if event.related_target().is_none() {
                        is_dragging.set(false);
                    }
                })
            };
            let drop_ = Listener::new("drop", move |event| {
                if let Some(transfer) = with_files(&event) {
                    event.prevent_default();
                    is_dragging.set(false);
                    onfiles.emit(list(transfer.files()));
                }
            });
            move || drop((over, leave, drop_))
        });
    }
    *is_dragging
}

/// The files of a list, in its order.
pub fn list(files: Option<FileList>) -> Vec<File> {
    let files = files.into_iter();
    files
        .flat_map(|files| (0..files.length()).filter_map(move |index| files.get(index)))
        .collect()
}

/// What is being dragged, if there are files in it.
fn with_files(event: &Event) -> Option<DataTransfer> {
    let transfer = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    let has_files = transfer.types().includes(&"Files".into(), 0);
    has_files.then_some(transfer)
}
