//! The fields that "Include default fields" stands for.

use rollcall_core::profile::DASHBOARD_FIELDS;
use yew::prelude::*;

/// The default fields with their names in the file.
pub fn default_fields() -> Html {
    let field = |(name, title): &(&'static str, &'static str)| {
        html! { <tr key={*name}><td><code>{ name }</code></td><td>{ title }</td></tr> }
    };
    html! {
        <details class="default-fields">
            <summary>{ format!("The {} default fields", DASHBOARD_FIELDS.len()) }</summary>
            <table>
                <thead>
                    <tr><th scope="col">{ "User attribute" }</th><th scope="col">{ "Field name" }</th></tr>
                </thead>
                <tbody>{ for DASHBOARD_FIELDS.iter().map(field) }</tbody>
            </table>
        </details>
    }
}
