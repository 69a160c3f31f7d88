//! CSV or JSON.

use rollcall_core::Format;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FormatSelectProps {
    pub format: Format,
    pub onchange: Callback<Format>,
}

/// Asks for the format of the file.
#[component]
pub fn FormatSelect(props: &FormatSelectProps) -> Html {
    let option = |format: Format, id: &'static str, title: &'static str, hint: &'static str| {
        let onchange = props.onchange.reform(move |_: Event| format);
        html! {
            <div class="tile">
                <input
                    type="radio"
                    name="format"
                    {id}
                    checked={props.format == format}
                    {onchange}
                    aria-describedby={format!("{id}-hint")}
                />
                <label for={id}>{ title }</label>
                <small id={format!("{id}-hint")}>{ hint }</small>
            </div>
        }
    };
    html! {
        <fieldset class="tiles">
            <legend>{ "Export format" }</legend>
            { option(Format::Csv, "format-csv", "CSV", "A table for spreadsheets, up to 30 fields") }
            { option(Format::Json, "format-json", "JSON", "One user per line (NDJSON), nested values preserved") }
        </fieldset>
    }
}
