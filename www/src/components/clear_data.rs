//! Deleting everything that the page keeps.

use rollcall_core::Size;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::state::Storage;

#[derive(Properties, PartialEq)]
pub struct ClearDataProps {
    pub storage: Option<Storage>,
    pub onclear: Callback<()>,
}

/// How much is kept, and a button that deletes it once the person has said so twice.
#[component]
pub fn ClearData(props: &ClearDataProps) -> Html {
    let dialog = use_node_ref();
    let with_dialog = |act: fn(&HtmlDialogElement)| {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                act(&dialog);
            }
        }
    };
    let onask = {
        // Only a dialog that is open already cannot be shown.
        let show = with_dialog(|dialog| drop(dialog.show_modal()));
        Callback::from(move |_: MouseEvent| show())
    };
    let close = with_dialog(HtmlDialogElement::close);
    let onkeep = {
        let close = close.clone();
        Callback::from(move |_: MouseEvent| close())
    };
    let onclear = {
        let onclear = props.onclear.clone();
        Callback::from(move |_: MouseEvent| {
            close();
            onclear.emit(());
        })
    };
    let usage = props.storage.and_then(|storage| storage.usage);
    html! {
        <div class="clear-data">
            if let Some(usage) = usage {
                <small>{ format!("Storage used: {}", Size(usage)) }</small>
            }
            <button type="button" class="secondary outline" onclick={onask}>{ "Clear all data" }</button>
            <dialog ref={dialog} aria-labelledby="clear-heading">
                <article>
                    <h3 id="clear-heading">{ "Delete all exports?" }</h3>
                    <p>
                        { "This deletes all exports and their files from this browser and stops running ones. Files you downloaded are not affected." }
                    </p>
                    <footer>
                        <button type="button" class="secondary outline" onclick={onkeep}>{ "Keep them" }</button>
                        <button type="button" onclick={onclear}>{ "Delete everything" }</button>
                    </footer>
                </article>
            </dialog>
        </div>
    }
}
