//! What the page makes of the list of jobs.

use std::rc::Rc;

use rollcall_core::api::{Failure, JobDetails, Reason};
use rollcall_core::{CsvProfile, ExportOptions};
use serde_json::{Value, json};

use super::super::form::{Edit, Wanted};
use super::super::job::{Job, Status};
use super::super::{Action, State};
use super::{after, file, focus, on};

#[test]
fn the_file_that_failed_is_named_where_there_are_several() {
    for (file, want, said) in [
        (Value::Null, None, "Export of acme.csv failed: cut"),
        (
            json!({"index": 1, "name": "two.json"}),
            Some("two.json"),
            "Export of acme.csv failed: two.json: cut",
        ),
        (
            json!({"index": 1, "name": "two\u{202e}.json"}),
            Some("two\u{fffd}.json"),
            "Export of acme.csv failed: two\u{fffd}.json: cut",
        ),
    ] {
        let failure = json!({"error": "io", "byte": 7, "message": "cut", "file": file});
        let mut end = failed("said elsewhere");
        end["failure"] = failure;
        let state = after([one(at(0), 100.0), one(end, 101.0)]);
        let Status::Failed(Failure::Error(error)) = &state.jobs[0].status else {
            panic!("{:?}", state.jobs[0].status);
        };
        assert_eq!(Job::file_of(error).as_deref(), want);
        let announced = state.announcement.trim_matches(['\u{2068}', '\u{2069}']);
        assert_eq!(announced.replace(['\u{2068}', '\u{2069}'], ""), said);
    }
}

/// A job as the list has it, with these keys besides or instead.
fn listed(id: &str, more: Value) -> JobDetails {
    let mut job = json!({
        "type": "users_export",
        "status": "processing",
        "format": "csv",
        "created_at": "2026-01-01T00:00:00.000Z",
        "id": id,
        "file_name": "acme.csv",
        "expires_in": 86_400,
        "input": {"names": ["users.json"], "size": 1000},
        "options": {},
        "percentage_done": 0,
        "progress": {"bytes_in": 0, "read": 0, "exported": 0, "left_out": 0},
    });
    for (key, value) in more.as_object().unwrap() {
        job[key] = value.clone();
    }
    serde_json::from_value(job).unwrap()
}

fn list(jobs: impl IntoIterator<Item = JobDetails>, now: f64) -> Action {
    Action::Listed(jobs.into_iter().collect(), now, None)
}

fn one(more: Value, now: f64) -> Action {
    list([listed("job", more)], now)
}

fn at(percentage: u64) -> Value {
    json!({
        "percentage_done": percentage,
        "progress": {"bytes_in": percentage * 10_000_000, "read": 0, "exported": 0, "left_out": 0},
    })
}

fn completed(totals: Value) -> Value {
    let mut all = json!({
        "read": 0, "exported": 1, "left_out": 0, "other_connections": 0,
        "duplicate_keys": 0, "replaced_surrogates": 0, "long_cells": 0,
    });
    for (key, value) in totals.as_object().unwrap() {
        all[key] = value.clone();
    }
    let export = json!({"totals": all, "bytes_out": 9, "sha256": "00", "duration": 1});
    json!({"status": "completed", "percentage_done": 100, "export": export})
}

fn failed(details: &str) -> Value {
    json!({"status": "failed", "status_details": details})
}

/// Whatever the sentence for people says.
fn ended(reason: &str) -> Value {
    json!({"status": "failed", "reason": reason, "status_details": "lost: cancelled, interrupted"})
}

fn ids(state: &State) -> Vec<&str> {
    state
        .jobs
        .iter()
        .map(|job| job.listed.view.id.as_str())
        .collect()
}

#[test]
fn every_tenth_is_announced_once() {
    let mut state = after([one(at(0), 100.0), Action::Started("job".to_owned())]);
    assert_eq!(state.announcement, "Export of acme.csv started.");
    for (percentage, want) in [
        (5, ""),
        (10, "acme.csv: 10 %"),
        (19, ""),
        (45, "acme.csv: 40 %"),
        (100, "acme.csv: 100 %"),
    ] {
        Rc::make_mut(&mut state).announcement.clear();
        state = on(state, [one(at(percentage), 102.0)]);
        assert_eq!(state.announcement, want, "{percentage}");
    }
}

#[test]
fn each_end_is_told_and_announced() {
    for (end, is_kind, said) in [
        (
            completed(json!({})),
            (|status| matches!(status, Status::Completed(_))) as fn(&Status) -> bool,
            "acme.csv is complete: 1 user exported.",
        ),
        (
            failed("gone"),
            |status| matches!(status, Status::Failed(Failure::Error(error)) if error.message == "gone"),
            "Export of acme.csv failed: gone",
        ),
        (
            ended("cancelled"),
            |status| *status == Status::Failed(Failure::Reason(Reason::Cancelled)),
            "Export of acme.csv cancelled.",
        ),
        (
            ended("interrupted"),
            |status| *status == Status::Failed(Failure::Reason(Reason::Interrupted)),
            "Export of acme.csv was interrupted.",
        ),
        (
            ended("lost"),
            |status| *status == Status::Failed(Failure::Reason(Reason::Lost)),
            "The file of acme.csv is gone.",
        ),
        (
            ended("unreadable"),
            |status| *status == Status::Failed(Failure::Reason(Reason::Unreadable)),
            "Export acme.csv cannot be read.",
        ),
    ] {
        let state = after([one(at(0), 100.0), one(end, 101.0)]);
        assert!(is_kind(&state.jobs[0].status), "{:?}", state.jobs[0].status);
        assert_eq!(state.announcement, said);
        assert!(!state.is_busy());
    }
}

#[test]
fn what_is_saved_directly_goes_by_its_name_and_has_nothing_to_download() {
    let direct = |mut more: Value| {
        more["saved_as"] = json!("mine.csv");
        more
    };
    let running = one(direct(at(0)), 100.0);
    let end = Action::Listed(
        vec![listed("job", direct(completed(json!({}))))],
        101.0,
        Some("job-cancel".to_owned()),
    );
    let state = after([running, end]);
    let job = &state.jobs[0];
    assert_eq!((job.title(), job.has_file()), ("mine.csv", false));
    assert_eq!(job.tenant(), "acme");
    assert_eq!(
        state.announcement,
        "mine.csv is complete: 1 user exported and saved."
    );
    assert_eq!(focus(&state), "job-heading");
}

#[test]
fn a_run_that_begins_again_is_told() {
    let state = after([one(at(40), 100.0), one(at(60), 102.0)]);
    assert!(!state.jobs[0].is_restarted);
    let state = on(state, [one(json!({"status": "pending"}), 103.0)]);
    assert!(state.jobs[0].is_restarted);
    assert_eq!(
        state.announcement,
        "Export of acme.csv runs again from the start."
    );
    let state = on(state, [one(at(0), 104.0), one(at(10), 105.0)]);
    assert_eq!(state.jobs[0].speed().as_deref(), Some("100 MB/s"));
}

#[test]
fn wanting_no_place_is_no_fault() {
    let said = "No location chosen, so nothing was exported.";
    let state = after([Action::NotChosen]);
    assert_eq!(
        (state.remark.as_deref(), &state.refusal),
        (Some(said), &None)
    );
    assert_eq!(state.announcement, said);
    let state = on(
        state,
        [Action::Edited(Edit::Options(ExportOptions {
            gzip: true,
            ..ExportOptions::default()
        }))],
    );
    assert_eq!(state.remark, None);
}

#[test]
fn an_expired_job_goes_by_its_id() {
    let job = listed("job", json!({"status": "expired", "file_name": ""}));
    let state = after([list([job], 100.0)]);
    assert_eq!(state.jobs[0].status, Status::Expired);
    assert_eq!(state.jobs[0].title(), "job");
}

#[test]
fn silence_is_a_stall_until_the_next_word() {
    let mut state = after([one(at(10), 105.0)]);
    for (action, want) in [
        (Action::Ticked(134.9), false),
        (Action::Ticked(135.0), true),
        (one(at(10), 135.5), true),
        (one(at(20), 136.0), false),
        (Action::Ticked(140.0), false),
    ] {
        state = on(state, [action]);
        assert_eq!(state.jobs[0].is_stalled, want);
    }
    // One that waits for its turn is not stalled.
    let state = after([
        one(json!({"status": "pending"}), 100.0),
        Action::Ticked(500.0),
    ]);
    assert!(!state.jobs[0].is_stalled);
}

#[test]
fn speed_is_that_of_the_run_as_it_was_seen() {
    let state = after([one(at(10), 100.0), one(at(30), 102.0)]);
    assert_eq!(state.jobs[0].speed().as_deref(), Some("100 MB/s"));
}

#[test]
fn the_list_decides_which_jobs_there_are_and_in_which_order() {
    let job = |id| listed(id, at(0));
    let state = after([list([job("one")], 1.0), list([job("two"), job("one")], 2.0)]);
    assert_eq!(ids(&state), ["two", "one"]);
    let removed = on(state.clone(), [Action::JobRemoved("two".to_owned())]);
    assert_eq!(ids(&removed), ["one"]);
    assert_eq!(focus(&removed), "one-heading");
    let removed = on(state.clone(), [Action::JobRemoved("one".to_owned())]);
    assert_eq!(focus(&removed), "two-heading");
    let removed = on(removed, [Action::JobRemoved("two".to_owned())]);
    assert_eq!(focus(&removed), "submit");
    // The list may come before the word of the deletion.
    for (ids, want) in [(vec!["one"], "one-heading"), (vec![], "submit")] {
        let jobs = ids.iter().map(|id| job(id)).collect();
        let listed = Action::Listed(jobs, 3.0, Some("two-remove".to_owned()));
        let removed = on(
            state.clone(),
            [listed, Action::JobRemoved("two".to_owned())],
        );
        assert_eq!(focus(&removed), want);
        assert_eq!(removed.announcement, "Export deleted.");
    }
    let cleared = on(state, [Action::Cleared]);
    assert_eq!(ids(&cleared), Vec::<&str>::new());
    assert_eq!(focus(&cleared), "submit");
}

#[test]
fn the_focus_goes_from_a_button_that_goes_to_where_the_next_key_does_no_harm() {
    for (end, focused, want) in [
        (completed(json!({})), "job-cancel", "job-download"),
        (completed(json!({})), "job-check", "job-download"),
        (ended("cancelled"), "job-cancel", "job-heading"),
        (failed("gone"), "job-cancel", "job-heading"),
        (failed("gone"), "job-check", "job-heading"),
        (failed("gone"), "limit", ""),
    ] {
        let end = Action::Listed(vec![listed("job", end)], 101.0, Some(focused.to_owned()));
        let state = after([one(at(0), 100.0), end]);
        assert_eq!(focus(&state), want, "{focused}");
    }
}

#[test]
fn a_complete_file_is_warned_about() {
    let mut job = completed(json!({}));
    job["summary"] = json!({"total": 1, "failed": 0, "remarks": ["one", "field `a\u{202e}`"]});
    let state = after([one(job, 101.0)]);
    assert_eq!(state.jobs[0].warnings(), ["one", "field `a\u{fffd}`"]);
    let state = after([one(completed(json!({"read": 1})), 101.0)]);
    assert_eq!(state.jobs[0].warnings(), Vec::<String>::new());
}

#[test]
fn a_job_fills_the_form_as_it_was() {
    let mut job = completed(json!({}));
    job["file_name"] = json!("other.json.gz");
    job["format"] = json!("json");
    job["limit"] = json!(7);
    job["fields"] = json!([{"name": "email"}, {"name": "user_metadata.plan", "export_as": "Plan"}]);
    job["connection_id"] = json!("con_0000000000000001");
    job["connection"] = json!("google-oauth2");
    job["options"] = json!({"csv_profile": "excel", "gzip": true, "strict": true});
    let state = after([one(job, 1.0)]);
    let form = state.form.repeated(&state.jobs[0]);
    assert_eq!(form.request(), state.jobs[0].request());
    assert_eq!(form.tenant, "other");
    assert_eq!(
        form.options,
        ExportOptions {
            csv_profile: CsvProfile::Excel,
            gzip: true,
            strict: true,
            ..ExportOptions::default()
        }
    );
    assert_eq!(form.summary(), state.jobs[0].summary());

    for (more, want) in [
        (
            json!({"connection_id": "con_0000000000000001"}),
            "con_0000000000000001",
        ),
        (json!({"options": {"connection": "sms"}}), "sms"),
    ] {
        let state = after([one(more, 1.0)]);
        let form = state.form.repeated(&state.jobs[0]);
        assert_eq!(form.connection, Some(Wanted::Typed(want.to_owned())));
        let summary = format!("CSV · {want} · default set of fields");
        assert_eq!(state.jobs[0].summary(), summary);
    }

    let asked = on(state.clone(), [Action::Repeated(form.clone())]);
    assert_eq!(focus(&asked), "files");
    assert!(asked.refusal.is_some());
    let with_files = on(
        state,
        [
            Action::FilesAdded(vec![file(0, "a")]),
            Action::Repeated(form),
        ],
    );
    assert_eq!(with_files.refusal, None);
}
