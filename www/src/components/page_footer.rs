//! The foot of the page.

use yew::prelude::*;

/// How it stays private, and what the limits are: others where the person can save directly.
pub fn page_footer(can_save_directly: bool) -> Html {
    html! {
        <footer class="page-footer">
            <section>
                <h2>{ "How it stays private" }</h2>
                <p>
                    { "Your files are read by this page, on this device. The page loads nothing from elsewhere, and its \
                       security policy keeps it from connecting to any other address." }
                </p>
                <p>
                    { "Exports and the list of them are kept in the browser's private storage for 24 hours, also \
                       when the page is closed. “Delete job” and “Clear all data” delete them at once." }
                </p>
            </section>
            <section>
                <h2>{ "Limits" }</h2>
                <ul>
                    <li>{ "CSV takes 30 fields, and metadata key by key. JSON takes any number and whole objects." }</li>
                    <li>{ "A record of more than 16 MiB is left out and reported, and so is one that is not valid JSON." }</li>
                    <li>
                        { "A finished export may be as large as the storage that the browser grants; without such \
                           storage, as in some private windows, 200 MiB." }
                        if can_save_directly {
                            { " What is saved directly has no limit." }
                        }
                    </li>
                </ul>
            </section>
        </footer>
    }
}
