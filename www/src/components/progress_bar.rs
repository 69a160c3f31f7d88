//! How far something is.

use yew::prelude::*;

/// A labelled bar with its percentage, from 0 to 100.
pub fn progress_bar(id: impl Into<AttrValue>, label: &'static str, percentage_done: u8) -> Html {
    let id = id.into();
    html! {
        <div class="progress">
            <label for={id.clone()}>{ label }</label>
            <span class="percentage">{ format!("{percentage_done} %") }</span>
            <progress {id} max="100" value={percentage_done.to_string()} />
        </div>
    }
}
