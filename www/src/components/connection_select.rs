//! Whose users are exported.

use rollcall_core::connection::{Connection, ConnectionCount};
use yew::prelude::*;

use super::choice::Choice;
use super::fault_text::fault_text;
use crate::show;
use crate::state::fault::Place;
use crate::state::inspection::{Inspection, Stage};

#[derive(Properties, PartialEq)]
pub struct ConnectionSelectProps {
    pub inspection: Option<Inspection>,
    pub chosen: Option<Connection>,
    pub fault: Option<String>,
    pub onchange: Callback<Option<Connection>>,
}

/// All connections, or one of those that were found.
#[component]
pub fn ConnectionSelect(props: &ConnectionSelectProps) -> Html {
    let found = props.inspection.as_ref();
    let known: Vec<ConnectionCount> = found
        .map(|i| i.findings.connections.clone())
        .unwrap_or_default();
    let mut options = vec![(AttrValue::from(""), AttrValue::from("All"))];
    options.extend(known.iter().map(|found| {
        let name = show::name(&found.connection.name);
        let text = format!("{name} ({})", show::count(found.users, "user"));
        (found.connection.id.clone().into(), text.into())
    }));
    // What was chosen stays chosen when the files change, and while they are being counted.
    let lost = props
        .chosen
        .as_ref()
        .filter(|chosen| !known.iter().any(|found| found.connection == **chosen));
    if let Some(chosen) = lost {
        let name = show::name(&chosen.name);
        options.push((
            chosen.id.clone().into(),
            format!("{name} (not found)").into(),
        ));
    }
    let onchange = {
        let chosen = props.chosen.clone();
        props.onchange.reform(move |id: AttrValue| {
            let mut connections = known.iter().map(|found| &found.connection).chain(&chosen);
            connections.find(|known| known.id == id).cloned()
        })
    };
    let hint = match found.map(|found| (&found.stage, lost.is_some())) {
        None => "The connections appear here once files are chosen.",
        Some((Stage::Reading, _)) => "Still counting: more connections and users may be found.",
        Some((Stage::Whole, true)) => "No user of these files belongs to the chosen connection.",
        Some((Stage::Whole, false)) => {
            "A user with several linked identities counts in each of them."
        }
        Some((Stage::Failed(_), _)) => "Counted up to where the files could be read.",
    };
    let value = props.chosen.as_ref().map(|chosen| chosen.id.clone());
    html! {
        <div>
            <Choice
                id={Place::Connection.element()}
                label="Connection"
                {options}
                value={value.unwrap_or_default()}
                {onchange}
                describedby="connection-hint connection-fault"
                is_invalid={props.fault.is_some()}
            />
            { fault_text("connection-fault", props.fault.clone()) }
            <small id="connection-hint">{ hint }</small>
        </div>
    }
}
