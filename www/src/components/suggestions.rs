//! The attributes to pick from.

use std::collections::HashSet;

use rollcall_core::Format;
use rollcall_core::profile::{ATTRIBUTES, METADATA};
use yew::prelude::*;

/// `id` of the list.
pub const SUGGESTIONS: &str = "attributes";

#[derive(Properties, PartialEq)]
pub struct SuggestionsProps {
    /// Paths that the files hold.
    pub paths: Vec<String>,
    pub format: Format,
}

/// The list that the rows' inputs suggest from.
#[component]
pub fn Suggestions(props: &SuggestionsProps) -> Html {
    let option = |path: &str| html! { <option value={path.to_owned()} /> };
    html! {
        <datalist id={SUGGESTIONS}>
            { for suggestions(&props.paths, props.format).into_iter().map(option) }
        </datalist>
    }
}

/// The known attributes, then what else the files hold; without what CSV does not take.
fn suggestions(paths: &[String], format: Format) -> Vec<&str> {
    let mut seen = HashSet::new();
    let is_taken = |path: &&str| format == Format::Json || !METADATA.contains(path);
    ATTRIBUTES
        .into_iter()
        .chain(paths.iter().map(String::as_str))
        .filter(is_taken)
        .filter(|path| seen.insert(*path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_attributes_come_first_and_once() {
        let paths = ["email", "user_metadata", "user_metadata.plan"].map(str::to_owned);
        let csv = suggestions(&paths, Format::Csv);
        assert_eq!(csv.len(), ATTRIBUTES.len() - METADATA.len() + 1);
        assert_eq!(csv.last(), Some(&"user_metadata.plan"));
        let json = suggestions(&paths, Format::Json);
        assert_eq!(json.len(), ATTRIBUTES.len() + 1);
    }
}
