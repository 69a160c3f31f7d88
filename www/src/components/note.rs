//! Notes that warn.

use yew::prelude::*;

use super::icon::{Glyph, icon};

/// A warning. Foreign texts in it stand in elements of their own.
pub fn warning(content: Html) -> Html {
    html! { <p class="note is-warning">{ icon(Glyph::Warning) }<span>{ content }</span></p> }
}
