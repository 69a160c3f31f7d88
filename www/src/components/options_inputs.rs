//! The choices beside the fields.

use rollcall_core::{ExportOptions, Format};
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
    let options = &form.options;
    let onoption = |change: fn(&mut ExportOptions, bool)| {
        let form = form.clone();
        onedit.reform(move |is_on| form.option(|options| change(options, is_on)))
    };
    let onprofile = {
        let form = form.clone();
        onedit.reform(move |profile| form.option(|options| options.csv_profile = profile))
    };
    html! {
        <div class="options">
            <LimitInput
                limit={form.limit.clone()}
                sample={form.sample}
                fault={limit_fault.clone()}
                onedit={onedit.clone()}
            />
            if form.format == Format::Csv {
                <CsvProfileSelect profile={options.csv_profile} onchange={onprofile} />
            }
            <div class="switches">
                <Switch
                    id="gzip"
                    label="Compress with gzip"
                    is_on={options.gzip}
                    onchange={onoption(|options, is_on| options.gzip = is_on)}
                    hint="A much smaller file that ends in .gz."
                />
                <Switch
                    id="strict"
                    label="Stop at the first broken record"
                    is_on={options.strict}
                    onchange={onoption(|options, is_on| options.strict = is_on)}
                    hint="Otherwise broken records are left out and listed."
                />
            </div>
        </div>
    }
}
