//! Where files are dropped or chosen.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::drop_area::list;
use super::fault_text::fault_text;
use super::icon::{Glyph, icon};
use crate::state::form_error::Input;

#[derive(Properties, PartialEq)]
pub struct DropZoneProps {
    /// Files are being dragged over the page.
    pub is_dragging: bool,
    pub fault: Option<String>,
    pub onfiles: Callback<Vec<File>>,
}

/// A file input whose label is a zone to drop on; the drop itself is seen to by the page.
#[component]
pub fn DropZone(props: &DropZoneProps) -> Html {
    let onchange = props.onfiles.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = list(input.files());
        // So that a file that was removed from the list can be chosen again.
        input.set_value("");
        files
    });
    let id = Input::Files.element();
    html! {
        <div class={classes!("drop-zone", props.is_dragging.then_some("is-over"), props.fault.is_some().then_some("is-faulty"))}>
            <input
                type="file"
                multiple=true
                id={id.clone()}
                {onchange}
                aria-describedby="files-hint files-fault"
                aria-invalid={props.fault.is_some().then_some("true")}
            />
            <label for={id}>
                { icon(Glyph::Upload) }
                <span>{ "Drop your users here, or " }<span class="as-link">{ "choose files" }</span></span>
            </label>
            <small id="files-hint">
                { "CSV, NDJSON or JSON, plain or gzip. Several files are read as one." }
            </small>
            { fault_text("files-fault", props.fault.clone()) }
        </div>
    }
}
