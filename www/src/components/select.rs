//! One of several options.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SelectProps {
    pub id: AttrValue,
    pub label: AttrValue,
    /// Value and text of each option.
    pub options: Vec<(AttrValue, AttrValue)>,
    pub value: AttrValue,
    pub onchange: Callback<AttrValue>,
    #[prop_or_default]
    pub describedby: Option<AttrValue>,
    #[prop_or_default]
    pub is_invalid: bool,
}

/// A select whose options may change while it is on the page.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let select = use_node_ref();
    {
        // The browser forgets what is selected when it has set it itself and the options change.
        let (select, value) = (select.clone(), props.value.clone());
        use_effect(move || {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(&value);
            }
        });
    }
    let onchange = props.onchange.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        AttrValue::from(select.value())
    });
    let options = props.options.iter().map(
        |(value, text)| html! { <option key={value.to_string()} value={value}>{ text }</option> },
    );
    html! {
        <div>
            <label for={&props.id}>{ &props.label }</label>
            <select
                ref={select}
                id={&props.id}
                {onchange}
                aria-describedby={props.describedby.clone()}
                aria-invalid={props.is_invalid.then_some("true")}
            >
                { for options }
            </select>
        </div>
    }
}
