//! Whose users are exported.

use rollcall_core::connection::ConnectionCount;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::fault_text::fault_text;
use super::select::Select;
use crate::show;
use crate::state::form::Wanted;
use crate::state::form_error::Input;
use crate::state::inspection::{Inspection, Stage};

/// The option behind which a connection is typed. Ids begin in another way.
const OTHER: &str = "other";

#[derive(Properties, PartialEq)]
pub struct ConnectionSelectProps {
    pub inspection: Option<Inspection>,
    pub chosen: Option<Wanted>,
    pub fault: Option<String>,
    /// What is wrong with the one that is typed.
    pub name_fault: Option<String>,
    pub onchange: Callback<Option<Wanted>>,
}

/// All connections, one of those that were found, or one that is typed where there are too many
/// to list.
#[component]
pub fn ConnectionSelect(props: &ConnectionSelectProps) -> Html {
    let inspection = props.inspection.as_ref();
    let findings = inspection.map(|known| &known.findings);
    let known: Vec<ConnectionCount> = findings
        .map(|findings| findings.connections.clone())
        .unwrap_or_default();
    let count = findings.map_or(0, |findings| findings.connection_count);
    let has_more = count > known.len() as u64;
    let typed = match &props.chosen {
        Some(Wanted::Typed(text)) => Some(text.clone()),
        _ => None,
    };
    // What was chosen stays chosen when the files change, and while they are being counted.
    let lost = props
        .chosen
        .as_ref()
        .and_then(Wanted::found)
        .filter(|chosen| !known.iter().any(|found| found.connection == **chosen));
    let is_gone = lost.is_some() && inspection.is_some_and(Inspection::lists_all);

    let mut options = vec![(AttrValue::from(""), AttrValue::from("All"))];
    options.extend(known.iter().map(|found| {
        let name = show::name(&found.connection.name);
        let text = format!("{name} ({})", show::count(found.users, "user"));
        (found.connection.id.clone().into(), text.into())
    }));
    if let Some(lost) = lost {
        let remark = if is_gone { " (not found)" } else { "" };
        let text = format!("{}{remark}", show::name(&lost.name));
        options.push((lost.id.clone().into(), text.into()));
    }
    if has_more || typed.is_some() {
        options.push((OTHER.into(), "Another one…".into()));
    }
    let value = match &props.chosen {
        None => String::new(),
        Some(Wanted::Found(connection)) => connection.id.clone(),
        Some(Wanted::Typed(_)) => OTHER.to_owned(),
    };
    let onchange = {
        let lost = lost.cloned();
        props.onchange.reform(move |id: AttrValue| {
            if id == OTHER {
                return Some(Wanted::Typed(String::new()));
            }
            let mut connections = known.iter().map(|found| &found.connection).chain(&lost);
            let chosen = connections.find(|known| known.id == id);
            chosen.cloned().map(Wanted::Found)
        })
    };
    let hint = match inspection.map(|known| &known.stage) {
        None => "The connections appear here once files are chosen.".to_owned(),
        Some(Stage::Reading) => {
            "Still counting: more connections and users may be found.".to_owned()
        }
        Some(Stage::Failed(_)) => {
            "Counts cover only the part of the files that could be read.".to_owned()
        }
        Some(Stage::Whole) if is_gone => {
            "No user in these files belongs to the chosen connection.".to_owned()
        }
        Some(Stage::Whole) if has_more => format!(
            "Only the largest of {} are listed. For any other, choose “Another one…”.",
            show::count(count, "connection")
        ),
        Some(Stage::Whole) => {
            "A user with several linked identities counts in each connection.".to_owned()
        }
    };
    html! {
        <div>
            <Select
                id={Input::Connection.element()}
                label="Connection"
                {options}
                {value}
                {onchange}
                describedby="connection-hint connection-fault"
                is_invalid={props.fault.is_some()}
            />
            { fault_text("connection-fault", props.fault.clone()) }
            <small id="connection-hint">{ hint }</small>
            if let Some(typed) = typed {
                { name_input(props, typed) }
            }
        </div>
    }
}

/// Asks for a connection that is not listed.
fn name_input(props: &ConnectionSelectProps, typed: String) -> Html {
    let oninput = props.onchange.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Some(Wanted::Typed(input.value()))
    });
    let id = Input::ConnectionName.element();
    html! {
        <div class="connection-name">
            <label for={id.clone()}>{ "Connection name or id" }</label>
            <input
                type="text"
                {id}
                value={typed}
                {oninput}
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-describedby="connection-name-hint connection-name-fault"
                aria-invalid={props.name_fault.is_some().then_some("true")}
            />
            { fault_text("connection-name-fault", props.name_fault.clone()) }
            <small id="connection-name-hint">{ "The export fails if no user belongs to it." }</small>
        </div>
    }
}
