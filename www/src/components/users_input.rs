//! Where the users stand in the files, where that is not plain.

use rollcall_core::{ErrorCode, FoundList};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::fault_text::fault_text;
use super::select::Select;
use crate::show;
use crate::state::form::{Edit, Form};
use crate::state::form_error::Input;
use crate::state::inspection::Inspection;

#[derive(Properties, PartialEq)]
pub struct UsersInputProps {
    pub inspection: Inspection,
    pub form: Form,
    /// What is wrong with the headings.
    pub fault: Option<String>,
    pub onedit: Callback<Edit>,
}

/// Asks for the list of users where there are several, and for headings where a CSV file has none.
#[component]
pub fn UsersInput(props: &UsersInputProps) -> Html {
    let UsersInputProps {
        inspection, form, ..
    } = props;
    let lists = inspection.lists();
    let lacks_headings = inspection.fails_with(ErrorCode::BadLayout) && lists.is_empty();
    html! {
        <>
            if lists.len() > 1 || form.options.users_at.is_some() {
                { list_select(props, lists) }
            }
            if lacks_headings || form.options.csv_headings.is_some() {
                { headings_input(props) }
            }
        </>
    }
}

fn list_select(props: &UsersInputProps, lists: &[FoundList]) -> Html {
    let chosen = props.form.options.users_at.as_deref();
    let own = match &props.inspection.findings.at {
        Some(at) if chosen.is_none() => format!("Found: {}", show::name(at)),
        _ => "Find them".to_owned(),
    };
    let mut options = vec![(AttrValue::from(""), AttrValue::from(own))];
    options.extend(lists.iter().map(|list| {
        let name = show::name(&list.at);
        let text = match list.length {
            Some(length) => format!("{name} ({})", show::number(length)),
            None => name,
        };
        (list.at.clone().into(), text.into())
    }));
    if let Some(chosen) = chosen
        && !lists.iter().any(|list| list.at == chosen)
    {
        options.push((chosen.to_owned().into(), show::name(chosen).into()));
    }
    let onchange = {
        let form = props.form.clone();
        props.onedit.reform(move |at: AttrValue| {
            let users_at = Some(at.to_string()).filter(|at| !at.is_empty());
            form.option(|options| options.users_at = users_at)
        })
    };
    html! {
        <div class="users-input">
            <Select
                id={Input::UsersAt.element()}
                label="List of users"
                {options}
                value={chosen.unwrap_or_default().to_owned()}
                {onchange}
                describedby="users-at-hint"
            />
            <small id="users-at-hint">{ "The file holds more than one list. Choose the one with the users." }</small>
        </div>
    }
}

fn headings_input(props: &UsersInputProps) -> Html {
    let form = props.form.clone();
    // Not at each key: the files are read again.
    let onchange = props.onedit.reform(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let headings = Some(input.value()).filter(|headings| !headings.trim().is_empty());
        form.option(|options| options.csv_headings = headings)
    });
    let id = Input::CsvHeadings.element();
    html! {
        <div class="users-input">
            <label for={id.clone()}>{ "Column headings" }</label>
            <input
                type="text"
                {id}
                value={props.form.options.csv_headings.clone().unwrap_or_default()}
                {onchange}
                placeholder="user_id,email,name"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="csv-headings-hint csv-headings-fault"
                aria-invalid={props.fault.is_some().then_some("true")}
            />
            { fault_text("csv-headings-fault", props.fault.clone()) }
            <small id="csv-headings-hint">{ "One name for each column of the CSV file, in order, with commas between them." }</small>
        </div>
    }
}
