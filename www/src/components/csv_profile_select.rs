//! How CSV cells are written.

use rollcall_core::{Choice as _, CsvProfile};
use yew::prelude::*;

use super::note::warning;
use super::select::Select;

#[derive(Properties, PartialEq)]
pub struct CsvProfileSelectProps {
    pub profile: CsvProfile,
    pub onchange: Callback<CsvProfile>,
}

/// Asks for the CSV profile, and warns of the one that guards nothing.
#[component]
pub fn CsvProfileSelect(props: &CsvProfileSelectProps) -> Html {
    let options = CsvProfile::ALL
        .iter()
        .map(|&(profile, word)| (word.into(), title(profile).into()))
        .collect::<Vec<(AttrValue, AttrValue)>>();
    let value = props.profile.word();
    let onchange = props
        .onchange
        .reform(|word: AttrValue| CsvProfile::of_word(&word).unwrap_or_default());
    html! {
        <div>
            <Select
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

fn title(profile: CsvProfile) -> &'static str {
    match profile {
        CsvProfile::Auth0 => "Auth0",
        CsvProfile::OwaspMinimal => "OWASP minimal",
        CsvProfile::Excel => "Excel",
        CsvProfile::Plain => "Plain",
    }
}

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
