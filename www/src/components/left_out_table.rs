//! The records left out of an export.

use std::rc::Rc;

use rollcall_core::LeftOut;
use yew::prelude::*;

use crate::show;

#[derive(Properties, PartialEq)]
pub struct LeftOutTableProps {
    /// Says of which export.
    pub label: String,
    /// The first ones.
    pub left_out: Rc<Vec<LeftOut>>,
    /// How many there are, listed or not.
    pub many: u64,
    /// Names of the input files, which are told apart where there are several.
    pub inputs: Vec<String>,
}

/// Where each record is and why it was left out. The texts are foreign.
#[component]
pub fn LeftOutTable(props: &LeftOutTableProps) -> Html {
    let has_files = props.inputs.len() > 1;
    let row = |left_out: &LeftOut| {
        let file = props.inputs.get(left_out.input).map_or("", String::as_str);
        html! {
            <tr key={left_out.record}>
                if has_files {
                    <td class="file"><bdi>{ show::visible(file) }</bdi></td>
                }
                <td class="number">{ show::number(left_out.record) }</td>
                <td class="number">{ show::number(left_out.line) }</td>
                <td class="number">{ show::number(left_out.byte) }</td>
                <td><bdi>{ show::visible(&left_out.message) }</bdi></td>
            </tr>
        }
    };
    let hidden = props.many.saturating_sub(props.left_out.len() as u64);
    html! {
        <div>
            // Scrolls by itself, so it must be reachable by keyboard.
            <div class="scrolls" role="region" aria-label={props.label.clone()} tabindex="0">
                <table>
                    <thead>
                        <tr>
                            if has_files {
                                <th scope="col">{ "File" }</th>
                            }
                            <th scope="col" class="number">{ "Record" }</th>
                            <th scope="col" class="number">{ "Line" }</th>
                            <th scope="col" class="number">{ "Byte" }</th>
                            <th scope="col">{ "Reason" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for props.left_out.iter().map(row) }</tbody>
                </table>
            </div>
            if hidden > 0 {
                <p>{ format!("And {} more, not listed.", show::number(hidden)) }</p>
            }
        </div>
    }
}
