//! The form of an export.

use rollcall_core::Size;
use web_sys::File;
use yew::prelude::*;

use super::card::card;
use super::connection_select::ConnectionSelect;
use super::drop_zone::DropZone;
use super::field_table::FieldTable;
use super::file_list::FileList;
use super::findings_view::FindingsView;
use super::format_select::FormatSelect;
use super::note::warning;
use super::options_inputs::OptionsInputs;
use super::switch::Switch;
use super::tenant_input::TenantInput;
use super::users_input::UsersInput;
use crate::show;
use crate::state::form::{Edit, Form};
use crate::state::form_error::{FormErrors, Input};
use crate::state::inspection::Inspection;
use crate::state::{Action, InputFile, Lack, SUBMIT, Storage};

#[derive(Properties, PartialEq)]
pub struct ExportFormProps {
    pub files: Vec<InputFile>,
    pub inspection: Option<Inspection>,
    pub sample_error: Option<String>,
    pub form: Form,
    pub faults: FormErrors,
    /// Files are being dragged over the page.
    pub is_dragging: bool,
    pub onfiles: Callback<Vec<File>>,
    pub onsample: Callback<()>,
    pub onexport: Callback<()>,
    pub onsave: Callback<()>,
    /// Why the last request was not granted.
    pub refusal: Option<String>,
    /// Why the last request was not made.
    pub remark: Option<String>,
    pub storage: Option<Storage>,
    /// Whether the browser can write into a file that the person chooses.
    pub can_save_directly: bool,
    pub onaction: Callback<Action>,
}

/// Everything that is asked before an export. It stays as it is after the export has started.
#[component]
pub fn ExportForm(props: &ExportFormProps) -> Html {
    let ExportFormProps {
        files,
        inspection,
        form,
        faults,
        onaction,
        ..
    } = props;
    let onedit = onaction.reform(Action::Edited);
    let onprimary = {
        let form = form.clone();
        onedit.reform(move |is_on| form.option(|options| options.primary_only = is_on))
    };
    // Enter in an entry starts nothing: an export takes its own button.
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    let paths = inspection
        .as_ref()
        .map(|known| known.findings.paths.clone());
    html! {
        <form novalidate=true {onsubmit} aria-label="Export users">
            { card("users", "Users", html! {<>
                <DropZone
                    is_dragging={props.is_dragging}
                    fault={faults.at(Input::Files)}
                    onfiles={props.onfiles.clone()}
                />
                <FileList
                    files={files.clone()}
                    inspection={inspection.clone()}
                    onaction={onaction.clone()}
                />
                if let Some(inspection) = inspection {
                    <FindingsView
                        inspection={inspection.clone()}
                        file_count={files.len()}
                        bytes_total={files.iter().map(|file| file.size).sum::<u64>()}
                    />
                    <UsersInput
                        inspection={inspection.clone()}
                        form={form.clone()}
                        fault={faults.at(Input::CsvHeadings)}
                        onedit={onedit.clone()}
                    />
                }
                <div class="sample">
                    <button type="button" class="secondary outline" onclick={props.onsample.reform(|_| ())}>
                        { "Try it with sample users" }
                    </button>
                    if let Some(error) = &props.sample_error {
                        <small class="fault">{ error }</small>
                    }
                </div>
            </>}) }
            { card("export", "Export", html! {<>
                <div class="pair">
                    <TenantInput
                        value={form.tenant.clone()}
                        file_name={form.file_name()}
                        fault={faults.at(Input::Tenant)}
                        onchange={onedit.reform(Edit::Tenant)}
                    />
                    <div>
                        <ConnectionSelect
                            inspection={inspection.clone()}
                            chosen={form.connection.clone()}
                            fault={faults.at(Input::Connection)}
                            name_fault={faults.at(Input::ConnectionName)}
                            onchange={onedit.reform(Edit::Connection)}
                        />
                        if form.connection.is_some() {
                            <Switch
                                id="primary-only"
                                label="First identity only"
                                is_on={form.options.primary_only}
                                onchange={onprimary}
                                hint="Leaves out users who belong to this connection through a linked identity."
                            />
                        }
                    </div>
                </div>
                <FormatSelect format={form.format} onchange={onedit.reform(Edit::Format)} />
            </>}) }
            { card("fields", "Export fields", html! {<>
                <FieldTable
                    form={form.clone()}
                    faults={faults.clone()}
                    paths={paths.unwrap_or_default()}
                    onedit={onedit.clone()}
                />
            </>}) }
            { card("options", "Options", html! {<>
                <OptionsInputs form={form.clone()} limit_fault={faults.at(Input::Limit)} {onedit} />
            </>}) }
            // Takes the focus when the last export is deleted.
            <div class="submit" id={SUBMIT} tabindex="-1">
                <div class="submit-buttons">
                    <button type="button" id="export" onclick={props.onexport.reform(|_| ())}>
                        { "Export users" }
                    </button>
                    { save_button(props) }
                </div>
                if faults.0.is_empty() {
                    <small>{ form.summary() }</small>
                } else {
                    <small class="fault">{ need(faults.0.len()) }</small>
                }
                if let Some(remark) = &props.remark {
                    <p class="note">{ remark }</p>
                }
            </div>
            <div>
                if let Some(refusal) = &props.refusal {
                    { warning(html! { <bdi>{ show::visible(refusal) }</bdi> }) }
                }
                { for storage_notes(props).into_iter().map(|note| warning(note.into())) }
            </div>
        </form>
    }
}

/// Offered where the browser can do it, and more plainly where room is scarce.
fn save_button(props: &ExportFormProps) -> Html {
    if !props.can_save_directly {
        return Html::default();
    }
    let class = if is_scarce(props) {
        ""
    } else {
        "secondary outline"
    };
    html! {
        <button
            type="button"
            id="save-directly"
            {class}
            aria-describedby="save-directly-hint"
            onclick={props.onsave.reform(|_| ())}
        >
            { "Save directly…" }
            <small id="save-directly-hint">{ "to a file you choose; no copy is kept" }</small>
        </button>
    }
}

fn is_scarce(props: &ExportFormProps) -> bool {
    let size = props.files.iter().map(|file| file.size).sum();
    let is_scarce =
        |storage: Storage| storage.lacks == Some(Lack::Files) || storage.is_scarce(size);
    props.storage.is_some_and(is_scarce)
}

/// What to know of the storage before an export starts.
fn storage_notes(props: &ExportFormProps) -> Vec<String> {
    let Some(storage) = props.storage else {
        return Vec::new();
    };
    let saves = props.can_save_directly;
    let mut notes = Vec::new();
    match storage.lacks {
        Some(Lack::Files) => notes.push(format!(
            "This window cannot store data: exports are lost on reload and limited to 200 MiB each.{}",
            if saves { " Saving directly has no size limit." } else { "" }
        )),
        Some(Lack::List) => notes.push(
            "This browser does not let the page store its list: exports are lost on reload. Download them first.".to_owned(),
        ),
        None => {}
    }
    let size = props.files.iter().map(|file| file.size).sum::<u64>();
    if storage.is_scarce(size) {
        let room = match storage.free().filter(|free| *free < size) {
            Some(free) => format!("only {} left for exports", Size(free)),
            None => "less space than that for exports".to_owned(),
        };
        notes.push(format!(
            "The files total {}, but the browser has {room}. A large export may not fit: {}turn on gzip, choose fewer fields or delete earlier exports.",
            Size(size),
            if saves { "save directly, which needs no space in the browser, " } else { "" }
        ));
    }
    notes
}

fn need(many: usize) -> String {
    match many {
        1 => "1 entry above needs a change.".to_owned(),
        many => format!("{many} entries above need a change."),
    }
}
