//! What is wrong with an entry.

use yew::prelude::*;

use crate::show;

/// The sentence beside an entry, or nothing. The entry names `id` in its `aria-describedby`.
pub fn fault_text(id: impl Into<AttrValue>, text: Option<String>) -> Html {
    html! {
        if let Some(text) = text {
            <small id={id.into()} class="fault"><bdi>{ show::visible(&text) }</bdi></small>
        }
    }
}
