//! How many users are exported.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::fault_text::fault_text;
use super::switch::Switch;
use crate::state::form::Edit;
use crate::state::form_error::Input;

#[derive(Properties, PartialEq)]
pub struct LimitInputProps {
    pub limit: String,
    pub sample: bool,
    pub fault: Option<String>,
    pub onedit: Callback<Edit>,
}

/// Asks for the highest number of users; empty means all, a sample is ten.
#[component]
pub fn LimitInput(props: &LimitInputProps) -> Html {
    let oninput = props.onedit.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Edit::Limit(input.value())
    });
    let id = Input::Limit.element();
    html! {
        <>
            <div>
                <label for={id.clone()}>{ "Limit" }</label>
                <input
                    type="text"
                    inputmode="numeric"
                    {id}
                    value={props.limit.clone()}
                    {oninput}
                    placeholder="All users"
                    autocomplete="off"
                    disabled={props.sample}
                    aria-describedby="limit-hint limit-fault"
                    aria-invalid={props.fault.is_some().then_some("true")}
                />
                { fault_text("limit-fault", props.fault.clone()) }
                <small id="limit-hint">{ "Users of other connections do not count." }</small>
            </div>
            <Switch
                id="sample"
                label="Export as sample (10 users)"
                is_on={props.sample}
                onchange={props.onedit.reform(Edit::Sample)}
                hint="The first ten, to see what the file will look like."
            />
        </>
    }
}
