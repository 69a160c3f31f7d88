//! The whole page.

use std::time::Duration;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, HtmlElement, Window, window};
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::components::api_panel::ApiPanel;
use crate::components::drop_area::use_drop_area;
use crate::components::export_form::ExportForm;
use crate::components::job_list::JobList;
use crate::components::page_footer::page_footer;
use crate::components::page_header::page_header;
use crate::runner::{Runner, now};
use crate::state::{Action, Ask, State};
use crate::tenant;

/// Holds the state and lays out the page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(State::default);
    let dispatch = {
        let dispatcher = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let runner = {
        let dispatch = dispatch.clone();
        use_memo((), |()| Runner::new(dispatch))
    };
    {
        let runner = runner.clone();
        // Once the page is there: the engine is large.
        use_effect_with((), move |()| runner.open());
    }
    {
        let runner = runner.clone();
        let read = (state.files.clone(), state.reading());
        use_effect_with(read, move |(files, reading)| runner.inspect(files, reading));
    }
    use_effect_with(state.focus.clone(), |focus| {
        if let Some(focus) = focus {
            move_focus(&focus.element);
        }
    });
    use_watch(state.is_busy(), dispatch.clone());

    let onfiles = {
        let runner = runner.clone();
        use_callback((), move |files, ()| runner.add_files(files))
    };
    let is_dragging = use_drop_area(onfiles.clone());
    let onsample = {
        let runner = runner.clone();
        use_callback((), move |(), ()| runner.add_sample())
    };
    let onexport = {
        let (runner, state) = (runner.clone(), state.clone());
        Callback::from(move |()| runner.export(&state.form, &state))
    };
    let onsave = {
        let (runner, state) = (runner.clone(), state.clone());
        Callback::from(move |()| runner.save_directly(&state.form, &state))
    };
    let onask = {
        let (runner, state) = (runner.clone(), state.clone());
        Callback::from(move |asked: Ask| runner.answer(asked, &state))
    };
    let can_save_directly = tenant::can_save_directly();

    html! {
        <>
            { page_header() }
            <main>
                <ExportForm
                    files={state.files.clone()}
                    inspection={state.inspection.clone()}
                    sample_error={state.sample_error.clone()}
                    form={state.form.clone()}
                    faults={state.faults()}
                    {is_dragging}
                    {onfiles}
                    {onsample}
                    {onexport}
                    {onsave}
                    refusal={state.refusal.clone()}
                    remark={state.remark.clone()}
                    storage={state.storage}
                    {can_save_directly}
                    onaction={dispatch.clone()}
                />
                <JobList
                    jobs={state.jobs.clone()}
                    started={state.started.clone()}
                    storage={state.storage}
                    {can_save_directly}
                    {onask}
                />
                <ApiPanel form={state.form.clone()} fault={state.paste_fault.clone()} onaction={dispatch} />
            </main>
            { page_footer(can_save_directly) }
            <div role="status" class="visually-hidden">{ &state.announcement }</div>
        </>
    }
}

/// While a job runs: leaving the page is asked about, and every second is counted.
#[hook]
fn use_watch(is_busy: bool, dispatch: Callback<Action>) {
    use_effect_with(is_busy, move |is_busy| {
        let listener = window()
            .filter(|_| *is_busy)
            .map(|window| ask_before_leaving(&window));
        let is_watched = std::rc::Rc::new(std::cell::Cell::new(*is_busy));
        {
            let is_watched = is_watched.clone();
            spawn_local(async move {
                while is_watched.get() {
                    dispatch.emit(Action::Ticked(now()));
                    sleep(Duration::from_secs(1)).await;
                }
            });
        }
        move || {
            is_watched.set(false);
            drop(listener);
        }
    });
}

fn ask_before_leaving(window: &Window) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "beforeunload", options, |event| {
        // Another tab goes on with its jobs.
        if !tenant::runs_jobs() {
            return;
        }
        event.prevent_default();
        // Older browsers ask only when there is a text, which none of them shows.
        let event: &BeforeUnloadEvent = event.unchecked_ref();
        event.set_return_value("An export is running.");
    })
}

fn move_focus(element: &str) {
    let element = window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(element))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        drop(element.focus());
    }
}
