//! Figures and what they are.

use yew::prelude::*;

/// A list of names with their values.
pub fn facts(figures: &[(&str, String)]) -> Html {
    let fact =
        |(name, value): &(&str, String)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! { <dl class="facts">{ for figures.iter().map(fact) }</dl> }
}
