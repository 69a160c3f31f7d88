//! A part of the page with a heading.

use yew::prelude::*;

/// A card that is named by its heading.
pub fn card(id: &str, title: &'static str, children: Html) -> Html {
    let heading = format!("{id}-heading");
    html! {
        <section class="card" aria-labelledby={heading.clone()}>
            <h2 id={heading}>{ title }</h2>
            { children }
        </section>
    }
}
