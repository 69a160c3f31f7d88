//! One field to export.

use rollcall_core::FieldPath;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::fault_text::fault_text;
use super::icon::{Glyph, icon};
use super::suggestions::SUGGESTIONS;
use crate::show;
use crate::state::form::{Direction, Edit, Row};
use crate::state::form_error::Input;

#[derive(Properties, PartialEq)]
pub struct FieldRowProps {
    pub row: Row,
    /// Place among the rows, from 1.
    pub number: usize,
    /// How many rows there are.
    pub count: usize,
    pub name_fault: Option<String>,
    pub title_fault: Option<String>,
    pub onedit: Callback<Edit>,
}

/// Attribute and name of a field, and the buttons that move or remove it.
#[component]
pub fn FieldRow(props: &FieldRowProps) -> Html {
    let FieldRowProps {
        row,
        number,
        count,
        name_fault,
        title_fault,
        onedit,
    } = props;
    let id = row.id;
    let typed = |event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value();
    let onname = onedit.reform(move |event| Edit::RowName(id, typed(event)));
    let ontitle = onedit.reform(move |event| Edit::RowTitle(id, typed(event)));
    let onremove = onedit.reform(move |_| Edit::RemoveRow(id));
    let name_id = Input::RowName(id).element();
    let title_id = Input::RowTitle(id).element();
    // Says which row it is, by its number and by what is in it.
    let whole_name = match row.name.trim() {
        "" => format!("field {number}"),
        name => format!("field {number}, {}", show::foreign(name)),
    };
    let mover = |direction: Direction, glyph: Glyph, word: &'static str, is_at_end: bool| {
        let onclick = onedit.reform(move |_| Edit::MoveRow(id, direction));
        html! {
            // Not `disabled`, which would take the focus away when the row arrives at the end.
            <button
                type="button"
                class="icon-button"
                id={format!("field-{id}-{word}")}
                aria-label={format!("Move {word} {whole_name}")}
                aria-disabled={is_at_end.then_some("true")}
                {onclick}
            >
                { icon(glyph) }
            </button>
        }
    };
    let is_typed = !row.name.trim().is_empty();
    let hint = path_hint(row.name.trim()).filter(|_| is_typed && name_fault.is_none());
    html! {
        <li class="field-row">
            <div class="field-name">
                <label for={name_id.clone()}>{ "User attribute" }<span class="visually-hidden">{ format!(" {number}") }</span></label>
                <input
                    type="text"
                    id={name_id.clone()}
                    value={row.name.clone()}
                    oninput={onname}
                    list={SUGGESTIONS}
                    placeholder="user_metadata.plan"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby={format!("{name_id}-fault {name_id}-hint")}
                    aria-invalid={name_fault.is_some().then_some("true")}
                />
                { fault_text(format!("{name_id}-fault"), name_fault.clone()) }
                if let Some(hint) = hint {
                    <small id={format!("{name_id}-hint")}>{ hint }</small>
                }
            </div>
            <div class="field-title">
                <label for={title_id.clone()}>{ "Field name" }<span class="visually-hidden">{ format!(" {number}") }</span></label>
                <input
                    type="text"
                    id={title_id.clone()}
                    value={row.title.clone()}
                    oninput={ontitle}
                    placeholder={if is_typed { show::visible(row.name.trim()) } else { "Same as the attribute".to_owned() }}
                    autocomplete="off"
                    aria-describedby={format!("{title_id}-fault")}
                    aria-invalid={title_fault.is_some().then_some("true")}
                />
                { fault_text(format!("{title_id}-fault"), title_fault.clone()) }
            </div>
            <div class="field-buttons">
                { mover(Direction::Up, Glyph::Up, "up", *number == 1) }
                { mover(Direction::Down, Glyph::Down, "down", number == count) }
                <button
                    type="button"
                    class="icon-button"
                    id={format!("field-{id}-remove")}
                    aria-label={format!("Remove {whole_name}")}
                    onclick={onremove}
                >
                    { icon(Glyph::Cross) }
                </button>
            </div>
        </li>
    }
}

/// What becomes of a name that is no path: it may still be a key of the profile.
fn path_hint(name: &str) -> Option<String> {
    let error = name.parse::<FieldPath>().err()?;
    Some(format!(
        "Not a valid path ({}); treated as a key with this exact name.",
        show::foreign(&error.to_string())
    ))
}
