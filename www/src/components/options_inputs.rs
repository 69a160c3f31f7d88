//! The choices beside the fields.

use rollcall_core::Format;
use yew::prelude::*;

use super::csv_profile_select::CsvProfileSelect;
use super::limit_input::LimitInput;
use super::switch::Switch;
use crate::state::form::{Edit, Form};

#[derive(Properties, PartialEq)]
pub struct OptionsInputsProps {
    pub form: Form,
    pub limit_fault: Option<String>,
    pub onedit: Callback<Edit>,
}

/// Limit, sample, CSV profile, gzip and the strict switch.
#[component]
pub fn OptionsInputs(props: &OptionsInputsProps) -> Html {
    let OptionsInputsProps {
        form,
        limit_fault,
        onedit,
    } = props;
    html! {
        <div class="options">
            <LimitInput
                limit={form.limit.clone()}
                sample={form.sample}
                fault={limit_fault.clone()}
                onedit={onedit.clone()}
            />
            if form.format == Format::Csv {
                <CsvProfileSelect profile={form.csv_profile} onchange={onedit.reform(Edit::CsvProfile)} />
            }
            <div class="switches">
                <Switch
                    id="gzip"
                    label="Compress with gzip"
                    is_on={form.gzip}
                    onchange={onedit.reform(Edit::Gzip)}
                    hint="A much smaller file that ends in .gz."
                />
                <Switch
                    id="strict"
                    label="Stop at the first broken record"
                    is_on={form.strict}
                    onchange={onedit.reform(Edit::Strict)}
                    hint="Otherwise broken records are left out and listed."
                />
            </div>
        </div>
    }
}
