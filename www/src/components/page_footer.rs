//! The foot of the page.

use yew::prelude::*;

/// How it stays private, and what the limits are: others where the person can save directly.
pub fn page_footer(can_save_directly: bool) -> Html {
    html! {
        <footer class="page-footer">
            <section>
                <h2>{ "How it stays private" }</h2>
                <p>
                    { "This page reads your files on this device. It loads nothing from elsewhere, and its security policy keeps it from connecting to any other address." }
                </p>
                <p>
                    { "Exports and their list stay in the browser's private storage for 24 hours, even if you close the page. “Delete job” and “Clear all data” delete them at once." }
                </p>
            </section>
            <section>
                <h2>{ "Limits" }</h2>
                <ul>
                    <li>{ "CSV allows up to 30 fields and takes metadata one key at a time. JSON allows any number of fields, and whole objects." }</li>
                    <li>{ "A record that is larger than 16 MiB or not valid JSON is left out and reported." }</li>
                    <li>
                        { "An export can be as large as the storage the browser grants, or 200 MiB without such storage, as in some private windows." }
                        if can_save_directly {
                            { " Saving directly has no limit." }
                        }
                    </li>
                </ul>
            </section>
        </footer>
    }
}
