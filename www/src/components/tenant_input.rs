//! The tenant's name.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::fault_text::fault_text;
use crate::state::form_error::Input;

#[derive(Properties, PartialEq)]
pub struct TenantInputProps {
    pub value: String,
    /// Name of the file that will result.
    pub file_name: Option<String>,
    pub fault: Option<String>,
    pub onchange: Callback<String>,
}

/// Asks for the name that the file gets.
#[component]
pub fn TenantInput(props: &TenantInputProps) -> Html {
    let oninput = props.onchange.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        input.value()
    });
    let id = Input::Tenant.element();
    html! {
        <div>
            <label for={id.clone()}>{ "Tenant name" }</label>
            <input
                type="text"
                {id}
                value={props.value.clone()}
                {oninput}
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="tenant-hint tenant-fault"
                aria-invalid={props.fault.is_some().then_some("true")}
            />
            { fault_text("tenant-fault", props.fault.clone()) }
            if let Some(file_name) = &props.file_name {
                <small id="tenant-hint">{ "The file will be " }<strong>{ file_name }</strong></small>
            }
        </div>
    }
}
