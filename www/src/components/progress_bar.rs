//! How far something is.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProgressBarProps {
    pub id: AttrValue,
    pub label: AttrValue,
    /// From 0 to 100.
    pub percentage_done: u8,
}

/// A labelled bar with its percentage.
#[component]
pub fn ProgressBar(props: &ProgressBarProps) -> Html {
    let percentage = props.percentage_done.to_string();
    html! {
        <div class="progress">
            <label for={&props.id}>{ &props.label }</label>
            <span class="percentage">{ format!("{percentage} %") }</span>
            <progress id={&props.id} max="100" value={percentage} />
        </div>
    }
}
