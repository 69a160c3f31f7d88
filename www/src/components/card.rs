//! A part of the page with a heading.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CardProps {
    pub id: AttrValue,
    pub title: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

/// A card that is named by its heading.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let heading = format!("{}-heading", props.id);
    html! {
        <section class="card" aria-labelledby={heading.clone()}>
            <h2 id={heading}>{ &props.title }</h2>
            { props.children.clone() }
        </section>
    }
}
