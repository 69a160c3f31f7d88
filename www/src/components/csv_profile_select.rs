//! How CSV cells are written.

use rollcall_core::CsvProfile;
use yew::prelude::*;

use super::choice::Choice;
use super::note::warning;

#[derive(Properties, PartialEq)]
pub struct CsvProfileSelectProps {
    pub profile: CsvProfile,
    pub onchange: Callback<CsvProfile>,
}

/// Asks for the CSV profile, and warns of the one that guards nothing.
#[component]
pub fn CsvProfileSelect(props: &CsvProfileSelectProps) -> Html {
    let profiles = PROFILES
        .map(|(profile, value, text)| (profile, AttrValue::from(value), AttrValue::from(text)));
    let chosen = profiles.iter().find(|known| known.0 == props.profile);
    let value = chosen.map(|known| known.1.clone()).unwrap_or_default();
    let options = profiles
        .iter()
        .map(|known| (known.1.clone(), known.2.clone()))
        .collect::<Vec<_>>();
    let onchange = props.onchange.reform(move |value: AttrValue| {
        let chosen = profiles.iter().find(|known| known.1 == value);
        chosen.map(|known| known.0).unwrap_or_default()
    });
    html! {
        <div>
            <Choice
                id="csv-profile"
                label="CSV profile"
                {options}
                {value}
                {onchange}
                describedby="csv-profile-hint"
            />
            if props.profile == CsvProfile::Plain {
                { warning(html! { <span id="csv-profile-hint">{ hint(props.profile) }</span> }) }
            } else {
                <small id="csv-profile-hint">{ hint(props.profile) }</small>
            }
        </div>
    }
}

const PROFILES: [(CsvProfile, &str, &str); 4] = [
    (CsvProfile::Auth0, "auth0", "Auth0"),
    (CsvProfile::OwaspMinimal, "owasp-minimal", "OWASP minimal"),
    (CsvProfile::Excel, "excel", "Excel"),
    (CsvProfile::Plain, "plain", "Plain"),
];

fn hint(profile: CsvProfile) -> &'static str {
    match profile {
        CsvProfile::Auth0 => {
            "Auth0's format: every string is quoted and starts with ', so no spreadsheet mistakes it for a formula."
        }
        CsvProfile::OwaspMinimal => {
            "A ' is added only to strings that could be mistaken for a formula, and can be removed again."
        }
        CsvProfile::Excel => {
            "OWASP minimal with a byte order mark and Windows line endings, so Excel shows accents correctly."
        }
        CsvProfile::Plain => {
            "No guard against formulas: text that a user typed, such as =HYPERLINK(…), runs when a spreadsheet opens the file. Use it only for programs that read CSV."
        }
    }
}
