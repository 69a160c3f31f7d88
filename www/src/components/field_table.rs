//! The fields to export.

use rollcall_core::Format;
use rollcall_core::plan::MAX_CSV_FIELDS;
use yew::prelude::*;

use super::default_fields::default_fields;
use super::field_row::FieldRow;
use super::icon::{Glyph, icon};
use super::suggestions::Suggestions;
use super::switch::Switch;
use crate::show;
use crate::state::ADD_BUTTON;
use crate::state::form::{Edit, Form, Row};
use crate::state::form_error::{FormErrors, Input};

#[derive(Properties, PartialEq)]
pub struct FieldTableProps {
    pub form: Form,
    pub faults: FormErrors,
    /// Paths that the files hold.
    pub paths: Vec<String>,
    pub onedit: Callback<Edit>,
}

/// The default fields by a switch, and a row for each further field.
#[component]
pub fn FieldTable(props: &FieldTableProps) -> Html {
    let FieldTableProps {
        form,
        faults,
        paths,
        onedit,
    } = props;
    let row = |(index, row): (usize, &Row)| {
        html! {
            <FieldRow
                key={row.id}
                row={row.clone()}
                number={index + 1}
                count={form.rows.len()}
                name_fault={faults.at(Input::RowName(row.id))}
                title_fault={faults.at(Input::RowTitle(row.id))}
                onedit={onedit.clone()}
            />
        }
    };
    let many = form.field_count();
    let is_csv = form.format == Format::Csv;
    let count = if is_csv {
        format!("{many} of {MAX_CSV_FIELDS}")
    } else {
        show::count(many as u64, "field")
    };
    let is_over = is_csv && many > MAX_CSV_FIELDS;
    html! {
        <div class="fields">
            <Switch
                id="default-fields"
                label="Include default fields"
                is_on={form.default_fields}
                onchange={onedit.reform(Edit::DefaultFields)}
            />
            if form.default_fields {
                { default_fields() }
            }
            if many == 0 {
                <p class="note">{ empty_note(form.format) }</p>
            }
            if !form.rows.is_empty() {
                <ol class="field-rows" aria-label="Fields">
                    { for form.rows.iter().enumerate().map(row) }
                </ol>
            }
            <Suggestions paths={paths.clone()} format={form.format} />
            <div class="fields-end">
                <button
                    type="button"
                    class="secondary outline"
                    id={ADD_BUTTON}
                    onclick={onedit.reform(|_| Edit::AddRow)}
                >
                    { icon(Glyph::Plus) }
                    { "Add field" }
                </button>
                <span class={classes!("field-count", is_over.then_some("fault"))}>
                    { count }<span class="visually-hidden">{ if is_csv { " fields" } else { "" } }</span>
                </span>
            </div>
            if form.has_bare_first_column() {
                <p class="note">
                    { "The first column may be empty or unquoted in some rows. A spreadsheet that separates at semicolons splits such rows in the wrong places, and part of a string may run as a formula. Put " }<code>{ "user_id" }</code>{ " first, or choose comma as the separator." }
                </p>
            }
        </div>
    }
}

fn empty_note(format: Format) -> &'static str {
    match format {
        Format::Csv => {
            "With no fields chosen, the file has the 21 default columns, from user_id to multifactor_last_modified."
        }
        Format::Json => {
            "With no fields chosen, each user is exported with all attributes except access tokens and internal ones."
        }
    }
}
