//! The head of the page.

use yew::prelude::*;

/// Name and promise.
pub fn page_header() -> Html {
    html! {
        <header class="page-header">
            <svg class="logo" viewBox="0 0 48 48" aria-hidden="true">
                <rect class="logo-ground" x="2" y="2" width="44" height="44" rx="12" />
                <path class="logo-lines" d="M13 15l3 3 5-6M13 30l3 3 5-6M26 17h9M26 32h9" />
            </svg>
            <div>
                <h1>{ "Rollcall" }</h1>
                <p>{ "Bulk user export. Your users never leave this browser." }</p>
            </div>
        </header>
    }
}
