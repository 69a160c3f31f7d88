//! Copying a text.

use wasm_bindgen_futures::JsFuture;
use web_sys::window;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    pub label: &'static str,
    pub text: String,
    pub onaction: Callback<Action>,
}

/// A button that copies a text, and beside it what came of that, until the text is another one.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let said = use_state_eq(|| "");
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |_| said.set(""));
    }
    let onclick = {
        let (text, onaction) = (props.text.clone(), props.onaction.clone());
        let said = said.clone();
        Callback::from(move |_: MouseEvent| {
            let (text, onaction, said) = (text.clone(), onaction.clone(), said.clone());
            spawn_local(async move {
                let outcome = copy(&text).await;
                said.set(outcome);
                onaction.emit(Action::Said(outcome.to_owned()));
            });
        })
    };
    html! {
        <>
            <small aria-hidden="true">{ *said }</small>
            <button type="button" class="secondary outline" {onclick}>{ props.label }</button>
        </>
    }
}

async fn copy(text: &str) -> &'static str {
    let copied = match window() {
        Some(window) => JsFuture::from(window.navigator().clipboard().write_text(text))
            .await
            .is_ok(),
        None => false,
    };
    if copied {
        "Copied."
    } else {
        "The browser blocked copying. Select the text and copy it yourself."
    }
}
