//! A choice between yes and no.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SwitchProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub is_on: bool,
    pub onchange: Callback<bool>,
    /// What it means, in a few words.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

/// A switch with its label behind it.
#[component]
pub fn Switch(props: &SwitchProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.checked()
    });
    let hint_id = props.hint.as_ref().map(|_| format!("{}-hint", props.id));
    html! {
        <div class="switch">
            <input
                type="checkbox"
                role="switch"
                id={&props.id}
                checked={props.is_on}
                {onchange}
                aria-describedby={hint_id.clone()}
            />
            <div>
                <label for={&props.id}>{ &props.label }</label>
                if let Some(hint) = &props.hint {
                    <small id={hint_id}>{ hint }</small>
                }
            </div>
        </div>
    }
}
