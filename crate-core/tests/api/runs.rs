//! Jobs that wait, run, end and are cancelled.

use rollcall_core::api::Effect;
use rollcall_core::{Error, ErrorCode, FaultyFile, LeftOut, Progress};
use serde_json::json;

use crate::server::{EXPORTS, SECOND, Server, export, id_of, text};

#[test]
fn two_jobs_run_fifty_wait_and_the_next_one_is_refused() {
    let mut server = Server::new();
    let mut started = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..52 {
        let (answer, effects) = server.call("POST", EXPORTS, "{}");
        ids.push(id_of(&answer));
        started.extend(
            effects
                .into_iter()
                .filter(|e| matches!(e, Effect::Start(_))),
        );
    }
    assert_eq!(
        started,
        [Effect::Start(ids[0].clone()), Effect::Start(ids[1].clone())]
    );
    let (answer, effects) = server.call("POST", EXPORTS, "{}");
    assert_eq!((answer.status, effects.len()), (429, 0));
    assert_eq!(
        text(&answer),
        r#"{"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached","errorCode":"too_many_requests"}"#
    );
    // One that ends makes room for the one that waits longest.
    let effects = server.run(&ids[0]);
    assert_eq!(
        effects,
        [Effect::Save(ids[0].clone()), Effect::Start(ids[2].clone())]
    );
    assert_eq!(server.call("POST", EXPORTS, "{}").0.status, 200);
}

#[test]
fn a_job_goes_from_pending_to_completed() {
    let mut server = Server::new();
    let id = server.create("{}");
    assert_eq!(server.status(&id), "pending");
    server.start(&id, 100);
    server.pass(2 * SECOND);
    let progress = Progress {
        bytes_in: 50,
        read: 5,
        exported: 4,
        left_out: 1,
    };
    let left_out = LeftOut {
        code: ErrorCode::BadRecord,
        record: 3,
        line: 3,
        byte: 40,
        message: "wrong".into(),
        input: 0,
    };
    let now = server.now();
    server.tenant.advanced(&id, progress, vec![left_out], &now);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    assert_eq!(
        (&job["status"], &job["percentage_done"]),
        (&"processing".into(), &50.into())
    );
    assert_eq!(job["time_left_seconds"], 2);
    let effects = server.tenant.completed(&id, export());
    assert_eq!(effects, [Effect::Save(id.clone())]);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    assert_eq!(job["status"], "completed");
    assert_eq!(job["summary"], serde_json::json!({"total": 2, "failed": 1}));
    let errors = server.json("GET", &format!("/api/v2/jobs/{id}/errors"));
    assert_eq!(
        (&errors[0]["record"], &errors[0]["byte"]),
        (&3.into(), &40.into())
    );
    let other = server.create("{}");
    assert_eq!(
        server
            .call("GET", &format!("/api/v2/jobs/{other}/errors"), "")
            .0
            .status,
        204
    );
    let jobs = server.json("GET", "/api/v2/jobs");
    assert_eq!(
        (&jobs[0]["id"], &jobs[1]["id"]),
        (&other.to_string().into(), &id.to_string().into())
    );
}

#[test]
fn a_failed_job_keeps_what_was_left_out() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    let left_out = LeftOut {
        code: ErrorCode::BadRecord,
        record: 1,
        line: 1,
        byte: 0,
        message: "wrong".into(),
        input: 0,
    };
    let why = Error {
        message: "the only record could not be read: wrong".into(),
        ..left_out.clone().into()
    };
    let now = server.now();
    server
        .tenant
        .advanced(&id, Progress::default(), vec![left_out], &now);
    server.tenant.failed(&id, why);
    let errors = server.json("GET", &format!("/api/v2/jobs/{id}/errors"));
    assert_eq!(errors[0]["message"], "wrong");
    let jobs = server.json("GET", "/api/v2/jobs");
    assert_eq!(
        (&jobs[0]["left_out"], &jobs[0]["failure"]["record"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_complete_job_says_what_to_know_about_its_file() {
    let mut server = Server::new();
    let id = server.create(r#"{"fields":[{"name":"user_id"},{"name":"Email"}]}"#);
    server.start(&id, 100);
    let mut export = export();
    export.totals.found = vec![2, 0];
    server.tenant.completed(&id, export);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    let remark = "No exported user has the field `Email`: did you mean `email`?";
    let summary = serde_json::json!({"total": 2, "failed": 1, "remarks": [remark]});
    assert_eq!(job["summary"], summary);
}

#[test]
fn a_cancelled_job_has_failed_and_stays_so() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    let (answer, effects) = server.call("POST", &format!("/api/v2/jobs/{id}/cancel"), "");
    let job: serde_json::Value = serde_json::from_str(text(&answer)).unwrap();
    assert_eq!(
        (&job["status"], &job["reason"], &job["status_details"]),
        (&"failed".into(), &"cancelled".into(), &"Cancelled".into())
    );
    assert_eq!(
        effects,
        [Effect::Stop(id.clone()), Effect::Save(id.clone())]
    );
    // The run had come to its end meanwhile.
    assert_eq!(
        server.tenant.completed(&id, export()),
        [Effect::RemoveFile(id.clone())]
    );
    assert_eq!(server.status(&id), "failed");
    assert_eq!(
        server
            .call("POST", &format!("/api/v2/jobs/{id}/cancel"), "")
            .0
            .status,
        409
    );
}

#[test]
fn a_job_that_waits_is_cancelled_without_a_run() {
    let mut server = Server::new();
    let ids = [(); 3].map(|()| server.create("{}"));
    let (_, effects) = server.call("POST", &format!("/api/v2/jobs/{}/cancel", ids[2]), "");
    assert_eq!(effects, [Effect::Save(ids[2].clone())]);
}

#[test]
fn a_failed_run_tells_why() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    let error = Error {
        byte: Some(7),
        ..Error::io("the file was changed")
    };
    assert_eq!(server.tenant.failed(&id, error), [Effect::Save(id.clone())]);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    assert_eq!(job["status_details"], "the file was changed");
}

#[test]
fn a_failed_run_names_its_file_where_there_are_several() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    let file = FaultyFile {
        index: 1,
        name: "users-2.json".to_owned(),
    };
    let error = Error {
        file: Some(Box::new(file)),
        ..Error::io("the file was changed")
    };
    server.tenant.failed(&id, error);
    let job = &server.json("GET", "/api/v2/jobs")[0];
    assert_eq!(job["status_details"], "users-2.json: the file was changed");
    assert_eq!(job.get("reason"), None);
    assert_eq!(job["failure"]["message"], "the file was changed");
    assert_eq!(
        job["failure"]["file"],
        json!({"index": 1, "name": "users-2.json"})
    );
}

#[test]
fn a_cancel_that_comes_when_the_chosen_file_has_its_content_is_too_late() {
    for (saved_as, wanted) in [(None, "failed"), (Some("mine.csv"), "completed")] {
        let mut server = Server::new();
        server.tenant.set_saved_as(saved_as.map(str::to_owned));
        let id = server.create("{}");
        server.start(&id, 100);
        let (answer, effects) = server.call("POST", &format!("/api/v2/jobs/{id}/cancel"), "");
        assert_eq!(answer.status, 200);
        let stop = Effect::Stop(id.clone());
        assert_eq!(effects, [stop, Effect::Save(id.clone())]);
        // The worker had closed the file before it heard of it.
        let effects = server.tenant.completed(&id, export());
        let effect = if saved_as.is_some() {
            Effect::Save
        } else {
            Effect::RemoveFile
        };
        assert_eq!(effects, [effect(id.clone())]);
        assert_eq!(server.status(&id), wanted);
    }
}
