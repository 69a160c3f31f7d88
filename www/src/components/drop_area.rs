//! Files that are dropped anywhere on the page.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event, File, FileList, Window, window};
use yew::prelude::*;

/// Hands dropped files over, keeps the browser from opening them, and tells whether files are
/// being dragged over the page. Texts may still be dragged from one input to another.
#[hook]
pub fn use_drop_area(onfiles: Callback<Vec<File>>) -> bool {
    let is_dragging = use_state_eq(|| false);
    {
        let is_dragging = is_dragging.clone();
        use_effect_with((), move |()| {
            let listeners = window().map(|window| listen(&window, is_dragging, onfiles));
            move || drop(listeners)
        });
    }
    *is_dragging
}

/// Listens until they are dropped.
fn listen(
    window: &Window,
    is_dragging: UseStateHandle<bool>,
    onfiles: Callback<Vec<File>>,
) -> [EventListener; 3] {
    let over = {
        let is_dragging = is_dragging.clone();
        move |event: &Event| {
            if let Some(transfer) = with_files(event) {
                event.prevent_default();
                transfer.set_drop_effect("copy");
                is_dragging.set(true);
            }
        }
    };
    let leave = {
        let is_dragging = is_dragging.clone();
        move |event: &Event| {
            // Leaving one element for another is not leaving the page.
            let event: &DragEvent = event.unchecked_ref();
            if event.related_target().is_none() {
                is_dragging.set(false);
            }
        }
    };
    let dropped = move |event: &Event| {
        if let Some(transfer) = with_files(event) {
            event.prevent_default();
            is_dragging.set(false);
            onfiles.emit(list(transfer.files()));
        }
    };
    let options = EventListenerOptions::enable_prevent_default();
    [
        EventListener::new_with_options(window, "dragover", options, over),
        EventListener::new(window, "dragleave", leave),
        EventListener::new_with_options(window, "drop", options, dropped),
    ]
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
