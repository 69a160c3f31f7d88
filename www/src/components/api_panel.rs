//! The request that the form makes, for those who make it by the API.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::fault_text::fault_text;
use crate::state::Action;
use crate::state::api_call;
use crate::state::form::Form;

#[derive(Properties, PartialEq)]
pub struct ApiPanelProps {
    pub form: Form,
    /// What is wrong with the body that was pasted.
    pub fault: Option<String>,
    pub onaction: Callback<Action>,
}

/// The request as JSON, curl and SDK call, and a place to paste a body.
#[component]
pub fn ApiPanel(props: &ApiPanelProps) -> Html {
    let form = &props.form;
    let text = use_state(String::new);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlTextAreaElement = event.target_unchecked_into();
            text.set(input.value());
        })
    };
    let onfill = {
        let text = text.clone();
        props
            .onaction
            .reform(move |_: MouseEvent| Action::Pasted((*text).clone()))
    };
    html! {
        <section class="card" aria-labelledby="api-heading">
            <details class="api-panel">
                <summary><h2 id="api-heading">{ "API" }</h2></summary>
                <p>
                    { "The form builds the request body for a bulk user export with Auth0's Management API. Use it there, or with Rollcall's npm package." }
                </p>
                { snippet("JSON body", "Copy JSON", api_call::body(form), &props.onaction) }
                { snippet("curl", "Copy as API call", api_call::curl(form), &props.onaction) }
                { snippet("SDK", "Copy SDK code", api_call::sdk(form), &props.onaction) }
                <div>
                    <label for="json-body">{ "Paste a JSON body" }</label>
                    <textarea
                        id="json-body"
                        rows="4"
                        spellcheck="false"
                        value={(*text).clone()}
                        {oninput}
                        aria-invalid={props.fault.is_some().then_some("true")}
                        aria-describedby="json-body-fault"
                    />
                    { fault_text("json-body-fault", props.fault.clone()) }
                    <button type="button" class="secondary outline" onclick={onfill}>{ "Fill in the form" }</button>
                </div>
            </details>
        </section>
    }
}

fn snippet(
    title: &'static str,
    button: &'static str,
    code: String,
    onaction: &Callback<Action>,
) -> Html {
    html! {
        <div class="snippet">
            <div class="snippet-head">
                <h3>{ title }</h3>
                <CopyButton label={button} text={code.clone()} onaction={onaction.clone()} />
            </div>
            // Scrolls by itself, so it must be reachable by keyboard.
            <pre tabindex="0" role="region" aria-label={title}><code>{ code }</code></pre>
        </div>
    }
}
