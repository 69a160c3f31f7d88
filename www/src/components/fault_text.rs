//! What is wrong with an entry.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FaultTextProps {
    /// The entry names it in its `aria-describedby`.
    pub id: AttrValue,
    pub text: Option<String>,
}

/// The sentence beside an entry, or nothing.
#[component]
pub fn FaultText(props: &FaultTextProps) -> Html {
    html! {
        if let Some(text) = &props.text {
            <small id={&props.id} class="fault">{ text }</small>
        }
    }
}
