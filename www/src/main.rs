//! The Rollcall page: the form, and the jobs that it starts in workers.

mod app;
mod components;
mod download;
mod local_time;
mod runner;
mod show;
mod state;
mod tenant;

fn main() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has an element `app`");
    yew::Renderer::<app::App>::with_root(root).render();
}
