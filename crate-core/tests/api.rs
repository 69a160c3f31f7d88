//! The API of the jobs: exact bodies, and jobs under a clock that the test sets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;

use rollcall_core::api::{Access, Answer, ApiRequest, Body, Capacity, Effect, Tenant};
use rollcall_core::job::{Export, Job, JobId, Status};
use rollcall_core::{Connection, Error, ErrorCode, LeftOut, Moment, Progress, Timestamp, Totals};

/// 2021-09-03T20:16:28.389Z.
const START: u64 = 1_630_700_188_389;
const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;

const EXPORTS: &str = "/api/v2/jobs/users-exports";

/// A tenant and the two clocks that it is shown.
struct Server {
    tenant: Tenant,
    wall: u64,
    monotonic: u64,
    calls: u8,
}

impl Server {
    fn new() -> Self {
        Self::with(Access::AnyToken)
    }

    fn with(access: Access) -> Self {
        let mut tenant = Tenant::new(
            "acme".parse().unwrap(),
            "http://acme.test",
            access,
            Capacity::default(),
        );
        tenant.set_connections(vec![Connection {
            id: "con_0000000000000001".into(),
            name: "google-oauth2".into(),
        }]);
        Self {
            tenant,
            wall: START,
            monotonic: 0,
            calls: 0,
        }
    }

    /// Both clocks go on.
    fn pass(&mut self, milliseconds: u64) {
        self.wall += milliseconds;
        self.monotonic += milliseconds;
    }

    /// Each moment has bytes of its own.
    fn now(&mut self) -> Moment {
        self.calls += 1;
        let (wall, monotonic) = (Timestamp(self.wall), self.monotonic);
        Moment {
            wall,
            monotonic,
            entropy: [self.calls; 32],
        }
    }

    fn call(&mut self, method: &str, target: &str, body: &str) -> (Answer, Vec<Effect>) {
        let authorization = Some("Bearer t");
        let request = ApiRequest {
            method,
            target,
            authorization,
            body: body.as_bytes(),
        };
        let now = self.now();
        self.tenant.handle(&request, &now)
    }

    fn create(&mut self, body: &str) -> JobId {
        let (answer, _) = self.call("POST", EXPORTS, body);
        id_of(&answer)
    }

    fn start(&mut self, id: &JobId, bytes: u64) {
        let now = self.now();
        self.tenant.started(id, bytes, &now);
    }

    fn run(&mut self, id: &JobId) -> Vec<Effect> {
        self.start(id, 100);
        self.tenant.completed(id, export())
    }

    fn json(&mut self, method: &str, target: &str) -> serde_json::Value {
        let (answer, _) = self.call(method, target, "");
        serde_json::from_str(text(&answer)).unwrap()
    }

    fn status(&mut self, id: &JobId) -> String {
        self.json("GET", &format!("/api/v2/jobs/{id}"))["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    fn location(&mut self, id: &JobId) -> String {
        let job = self.json("GET", &format!("/api/v2/jobs/{id}"));
        job["location"]
            .as_str()
            .unwrap()
            .strip_prefix("http://acme.test")
            .unwrap()
            .to_owned()
    }
}

fn export() -> Export {
    let totals = Totals {
        read: 3,
        exported: 2,
        left_out: 1,
        ..Totals::default()
    };
    Export {
        totals,
        bytes_out: 10,
        sha256: "00".repeat(32),
        duration: 1,
    }
}

fn text(answer: &Answer) -> &str {
    match &answer.body {
        Body::Json(text) => text,
        other => panic!("{other:?}"),
    }
}

fn id_of(answer: &Answer) -> JobId {
    let job: serde_json::Value = serde_json::from_str(text(answer)).unwrap();
    job["id"].as_str().unwrap().parse().unwrap()
}

#[test]
fn a_new_job_is_answered_with_what_was_sent_in_the_recorded_order() {
    let mut server = Server::new();
    let body = r#"{"limit":5,"connection_id":"con_0000000000000001","fields":[{"name":"email","export_as":"E"},{"name":"user_id"}],"format":"csv"}"#;
    let (answer, effects) = server.call("POST", EXPORTS, body);
    let id = id_of(&answer);
    assert_eq!(answer.status, 200);
    assert_eq!(
        text(&answer),
        format!(
            r#"{{"type":"users_export","status":"pending","connection_id":"con_0000000000000001","format":"csv","limit":5,"fields":[{{"name":"email","export_as":"E"}},{{"name":"user_id"}}],"connection":"google-oauth2","created_at":"2021-09-03T20:16:28.389Z","id":"{id}"}}"#
        )
    );
    assert_eq!(effects, [Effect::Save(id.clone()), Effect::Start(id)]);

    let (answer, _) = server.call("POST", EXPORTS, "{}");
    let id = id_of(&answer);
    assert_eq!(
        text(&answer),
        format!(
            r#"{{"type":"users_export","status":"pending","created_at":"2021-09-03T20:16:28.389Z","id":"{id}"}}"#
        )
    );
}

#[test]
fn refusals_have_the_exact_bodies() {
    let mut server = Server::new();
    for (method, target, body, status, wanted) in [
        (
            "POST",
            EXPORTS,
            r#"{"limit":0}"#,
            400,
            r#"{"statusCode":400,"error":"Bad Request","message":"Payload validation error: 'Value 0 is less than minimum 1' on property limit (Limit the number of records.).","errorCode":"invalid_body"}"#,
        ),
        (
            "POST",
            EXPORTS,
            r#"{"connection_id":"con_000000000000000X"}"#,
            400,
            r#"{"statusCode":400,"error":"Bad Request","message":"The connection does not exist.","errorCode":"inexistent_connection"}"#,
        ),
        (
            "GET",
            "/api/v2/jobs/job_0000000000000000",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"The job does not exist.","errorCode":"inexistent_job"}"#,
        ),
        (
            "GET",
            "/api/v2/jobs/job_0000000000000000/errors",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"The job does not exist.","errorCode":"inexistent_job"}"#,
        ),
        (
            "GET",
            "/api/v2/users",
            "",
            404,
            r#"{"statusCode":404,"error":"Not Found","message":"Not Found"}"#,
        ),
    ] {
        let (answer, effects) = server.call(method, target, body);
        assert_eq!(
            (answer.status, text(&answer)),
            (status, wanted),
            "{method} {target}"
        );
        assert!(effects.is_empty(), "{method} {target}");
    }
}

#[test]
fn without_a_token_401_and_without_the_scope_403() {
    let tokens = [("good", "read:users"), ("other", "read:clients")];
    let tokens = tokens.map(|(token, scope)| (token.to_owned(), vec![scope.to_owned()]));
    let mut server = Server::with(Access::Tokens(HashMap::from(tokens)));
    let missing = r#"{"statusCode":401,"error":"Unauthorized","message":"Missing authentication"}"#;
    for (authorization, status, body) in [
        (None, 401, missing),
        (Some("Basic good"), 401, missing),
        (Some("Bearer "), 401, missing),
        (
            Some("Bearer bad"),
            401,
            r#"{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}"#,
        ),
        (
            Some("Bearer other"),
            403,
            r#"{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:users","errorCode":"insufficient_scope"}"#,
        ),
        (Some("bearer good"), 200, "[]"),
    ] {
        let now = server.now();
        let request = ApiRequest {
            method: "GET",
            target: "/api/v2/jobs",
            authorization,
            body: b"",
        };
        let (answer, _) = server.tenant.handle(&request, &now);
        assert_eq!(
            (answer.status, text(&answer)),
            (status, body),
            "{authorization:?}"
        );
    }
}

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
        (&json(&other), &json(&id))
    );
}

fn json(id: &JobId) -> serde_json::Value {
    id.to_string().into()
}

#[test]
fn a_link_lives_sixty_seconds_and_each_get_gives_a_fresh_one() {
    let mut server = Server::new();
    let id = server.create(r#"{"format":"json"}"#);
    server.run(&id);
    let first = server.location(&id);
    assert!(first.ends_with("/acme.json"), "{first}");
    let fetch = |server: &mut Server, link: &str| {
        let now = server.now();
        let request = ApiRequest {
            method: "GET",
            target: link,
            authorization: None,
            body: b"",
        };
        server.tenant.handle(&request, &now).0
    };
    server.pass(59 * SECOND);
    let file = Body::File {
        job: id.clone(),
        name: "acme.json".into(),
    };
    assert_eq!(
        fetch(&mut server, &first),
        Answer {
            status: 200,
            body: file.clone()
        }
    );
    let second = server.location(&id);
    server.pass(2 * SECOND);
    assert_eq!(fetch(&mut server, &first).status, 403);
    assert_eq!(
        fetch(&mut server, &second),
        Answer {
            status: 200,
            body: file
        }
    );
    // A wall clock that is set back does not lengthen its life.
    server.wall -= HOUR;
    server.monotonic += 60 * SECOND;
    assert_eq!(fetch(&mut server, &second).status, 403);
    let guessed = format!("/exports/{id}/guessed/acme.json");
    assert_eq!(fetch(&mut server, &guessed).status, 403);
}

#[test]
fn a_cancelled_job_has_failed_and_stays_so() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    let (answer, effects) = server.call("POST", &format!("/api/v2/jobs/{id}/cancel"), "");
    let job: serde_json::Value = serde_json::from_str(text(&answer)).unwrap();
    assert_eq!(
        (&job["status"], &job["status_details"]),
        (&"failed".into(), &"Cancelled".into())
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
fn jobs_expire_after_a_day_however_the_wall_clock_is_set() {
    for (back, forth) in [(0, 0), (25 * HOUR, 0), (25 * HOUR, 25 * HOUR)] {
        let mut server = Server::new();
        let id = server.create("{}");
        server.run(&id);
        server.wall -= back;
        server.pass(24 * HOUR - SECOND);
        assert_eq!(server.status(&id), "completed", "{back} {forth}");
        server.wall += forth;
        server.pass(SECOND);
        let now = server.now();
        let effects = server.tenant.tick(&now);
        let wanted = [Effect::RemoveFile(id.clone()), Effect::Save(id.clone())];
        assert_eq!(effects, wanted, "{back} {forth}");
        let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
        assert_eq!(job["status"], "expired");
        assert_eq!(
            server
                .call("GET", &format!("/api/v2/jobs/{id}/errors"), "")
                .0
                .status,
            404
        );
        server.pass(24 * HOUR);
        let now = server.now();
        assert_eq!(server.tenant.tick(&now), [Effect::Forget(id.clone())]);
        assert_eq!(
            server
                .call("GET", &format!("/api/v2/jobs/{id}"), "")
                .0
                .status,
            404
        );
    }
}

#[test]
fn a_running_job_never_expires() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.start(&id, 100);
    server.wall += 1000 * HOUR;
    assert_eq!(server.status(&id), "processing");
}

#[test]
fn jobs_come_back_after_a_visit_and_what_ran_was_interrupted() {
    let mut server = Server::new();
    let ids = [(); 2].map(|()| server.create("{}"));
    server.run(&ids[0]);
    server.start(&ids[1], 100);
    let mut later = Server::new();
    later.pass(HOUR);
    let now = later.now();
    let effects = later.tenant.restore(&records(&server), &[], &now);
    let wanted = [
        Effect::RemoveFile(ids[1].clone()),
        Effect::Save(ids[1].clone()),
    ];
    assert_eq!(effects, wanted);
    assert_eq!(later.status(&ids[0]), "completed");
    let Some(Status::Failed { details, .. }) = later.tenant.job(&ids[1]).map(|job| &job.status)
    else {
        panic!("not failed");
    };
    assert!(details.starts_with("interrupted"), "{details}");
}

#[test]
fn a_job_whose_users_are_brought_again_is_run_again() {
    let mut server = Server::new();
    let ids = [(); 4].map(|()| server.create("{}"));
    server.run(&ids[0]);
    server.start(&ids[1], 100);
    server.start(&ids[2], 100);
    let left_out = LeftOut {
        code: ErrorCode::BadRecord,
        record: 1,
        line: 1,
        byte: 0,
        message: "broken".to_owned(),
        input: 0,
    };
    let progress = Progress {
        bytes_in: 50,
        ..Progress::default()
    };
    let now = server.now();
    server
        .tenant
        .advanced(&ids[1], progress, vec![left_out], &now);
    let mut later = Server::new();
    let now = later.now();
    let again = [ids[0].clone(), ids[1].clone(), ids[3].clone()];
    let effects = later.tenant.restore(&records(&server), &again, &now);
    let wanted = [
        Effect::Save(ids[1].clone()),
        Effect::RemoveFile(ids[2].clone()),
        Effect::Save(ids[2].clone()),
        Effect::Save(ids[3].clone()),
        Effect::Start(ids[1].clone()),
        Effect::Start(ids[3].clone()),
    ];
    assert_eq!(effects, wanted);
    let statuses = ids.clone().map(|id| later.status(&id));
    assert_eq!(statuses, ["completed", "pending", "failed", "pending"]);
    assert_eq!(later.tenant.job(&ids[1]).unwrap().left_out, []);
    later.run(&ids[1]);
    assert_eq!(later.status(&ids[1]), "completed");
}

/// What is kept of all jobs.
fn records(server: &Server) -> Vec<(JobId, String)> {
    let record = |job: &Job| (job.id.clone(), serde_json::to_string(job).unwrap());
    server.tenant.jobs().map(record).collect()
}

#[test]
fn a_record_that_cannot_be_read_leaves_the_others_alone() {
    let mut server = Server::new();
    let good = server.create("{}");
    server.run(&good);
    let ids: Vec<JobId> = ["0", "1", "2"]
        .map(|end| format!("job_000000000000000{end}").parse().unwrap())
        .into();
    let (now, later) = (START + HOUR, START + 2 * HOUR);
    let another = format!(r#"{{"id":"x","created_at":{START},"expires_at":{later},"status":5}}"#);
    let of_another_job = records(&server)[0].1.clone();
    let mut kept = records(&server);
    kept.extend([
        (ids[0].clone(), another),
        (ids[1].clone(), "{\"id\":".to_owned()),
        (ids[2].clone(), of_another_job),
    ]);
    let mut next = Server::new();
    next.pass(HOUR);
    let moment = next.now();
    let effects = next.tenant.restore(&kept, &[], &moment);
    // Only where nothing tells how long it is to be kept.
    assert_eq!(effects, [Effect::Save(ids[1].clone())]);
    assert_eq!(next.status(&good), "completed");
    for id in &ids {
        let job = next.json("GET", &format!("/api/v2/jobs/{id}"));
        assert_eq!(job["status"], "failed");
        let details = job["status_details"].as_str().unwrap();
        assert!(details.starts_with("unreadable: "), "{details}");
    }
    let list = next.json("GET", "/api/v2/jobs");
    let expires_in = |id: &JobId| {
        let jobs = list.as_array().unwrap();
        let job = jobs.iter().find(|job| job["id"] == id.to_string());
        job.unwrap()["expires_in"].as_u64().unwrap() * SECOND
    };
    assert_eq!(expires_in(&ids[0]), later - now);
    assert_eq!(expires_in(&ids[1]), 24 * HOUR);

    next.pass(HOUR);
    let moment = next.now();
    let effects = next.tenant.tick(&moment);
    assert_eq!(
        effects,
        [
            Effect::RemoveFile(ids[0].clone()),
            Effect::Save(ids[0].clone())
        ]
    );
    let (answer, effects) = next.call("DELETE", &format!("/api/v2/jobs/{}", ids[1]), "");
    assert_eq!(answer.status, 204);
    assert_eq!(
        effects,
        [
            Effect::RemoveFile(ids[1].clone()),
            Effect::Forget(ids[1].clone())
        ]
    );
}

#[test]
fn a_file_that_is_gone_fails_its_job() {
    let mut server = Server::new();
    let id = server.create("{}");
    assert_eq!(server.tenant.lost(&id), []);
    server.run(&id);
    let location = server.location(&id);
    assert_eq!(server.tenant.lost(&id), [Effect::Save(id.clone())]);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    assert_eq!(
        job["status_details"],
        "lost: the file is not there any more"
    );
    assert_eq!(job.get("location"), None);
    assert_eq!(server.call("GET", &location, "").0.status, 404);
}

#[test]
fn a_file_that_is_saved_directly_has_no_link() {
    let mut server = Server::new();
    server.tenant.set_saved_as(Some("mine.csv".to_owned()));
    let direct = server.create("{}");
    server.tenant.set_saved_as(None);
    let usual = server.create("{}");
    server.run(&direct);
    server.run(&usual);
    let job = server.json("GET", &format!("/api/v2/jobs/{direct}"));
    assert_eq!(job["status"], "completed");
    assert_eq!(job.get("location"), None);
    let list = server.json("GET", "/api/v2/jobs");
    assert_eq!(list[1]["saved_as"], "mine.csv");
    assert_eq!(list[1]["file_name"], "acme.csv");
    assert_eq!(list[0].get("saved_as"), None);
    // There is nothing that could be lost.
    assert_eq!(server.tenant.lost(&direct), []);

    let mut later = Server::new();
    let now = later.now();
    assert_eq!(later.tenant.restore(&records(&server), &[], &now), []);
    assert_eq!(later.json("GET", "/api/v2/jobs")[1]["saved_as"], "mine.csv");
    later.pass(24 * HOUR);
    let list = later.json("GET", "/api/v2/jobs");
    assert_eq!(list[1]["status"], "expired");
    assert_eq!(list[1].get("saved_as"), None);
}

#[test]
fn jobs_are_deleted_one_by_one_and_all_at_once() {
    let mut server = Server::new();
    let ids = [(); 3].map(|()| server.create("{}"));
    server.run(&ids[0]);
    let (answer, effects) = server.call("DELETE", &format!("/api/v2/jobs/{}", ids[0]), "");
    assert_eq!((answer.status, answer.body), (204, Body::Empty));
    assert_eq!(
        effects,
        [
            Effect::RemoveFile(ids[0].clone()),
            Effect::Forget(ids[0].clone())
        ]
    );
    let (_, effects) = server.call("DELETE", "/api/v2/jobs", "");
    assert!(
        effects.contains(&Effect::Stop(ids[1].clone())),
        "{effects:?}"
    );
    assert_eq!(
        effects
            .iter()
            .filter(|e| matches!(e, Effect::Forget(_)))
            .count(),
        2
    );
    assert_eq!(server.json("GET", "/api/v2/jobs"), serde_json::json!([]));
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
fn what_stands_beside_the_body_comes_in_the_query() {
    let mut server = Server::new();
    let (answer, _) = server.call(
        "POST",
        &format!("{EXPORTS}?csv_profile=excel&gzip=true"),
        "{}",
    );
    let id = id_of(&answer);
    server.run(&id);
    assert!(server.location(&id).ends_with("/acme.csv.gz"));
    let (answer, _) = server.call("POST", &format!("{EXPORTS}?colour=red"), "{}");
    assert_eq!(answer.status, 400);
}

#[test]
fn answers_have_the_exact_headers() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.run(&id);
    let location = server.location(&id);
    let (json, _) = server.call("GET", "/api/v2/jobs", "");
    let (file, _) = server.call("GET", &location, "");
    let (empty, _) = server.call("GET", &format!("/api/v2/jobs/{id}/errors"), "");
    for (answer, wanted) in [
        (
            json,
            &[
                ("content-type", "application/json; charset=utf-8"),
                ("cache-control", "no-cache"),
            ][..],
        ),
        (
            file,
            &[
                ("content-type", "text/csv; charset=utf-8"),
                (
                    "content-disposition",
                    "attachment; filename=\"acme.csv\"; filename*=UTF-8''acme.csv",
                ),
                ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"),
            ],
        ),
        (empty, &[]),
    ] {
        let headers = answer.headers();
        let headers: Vec<_> = headers.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(headers, wanted);
    }
}

#[test]
fn the_type_of_a_file_follows_its_format() {
    let mut server = Server::new();
    for (query, body, wanted) in [
        ("", "{}", "text/csv; charset=utf-8"),
        ("", r#"{"format":"json"}"#, "application/x-ndjson"),
        ("?gzip=true", r#"{"format":"json"}"#, "application/gzip"),
    ] {
        let (answer, _) = server.call("POST", &format!("{EXPORTS}{query}"), body);
        let id = id_of(&answer);
        server.run(&id);
        let location = server.location(&id);
        let (file, _) = server.call("GET", &location, "");
        assert_eq!(file.headers()[0], ("content-type", wanted.to_owned()));
    }
}

#[test]
fn requests_that_depend_on_the_connections_wait_for_them() {
    let name = || "acme".parse().unwrap();
    let mut tenant = Tenant::new(name(), "", Access::AnyToken, Capacity::default());
    let needs = |tenant: &Tenant, method, target, authorization, body: &str| {
        tenant.needs_connections(&ApiRequest {
            method,
            target,
            authorization,
            body: body.as_bytes(),
        })
    };
    let (token, id) = (
        Some("Bearer t"),
        r#"{"connection_id":"con_0000000000000001"}"#,
    );
    let by_name = format!("{EXPORTS}?connection=c1");
    for (method, target, authorization, body, wanted) in [
        ("GET", "/api/v2/connections", token, "", true),
        ("GET", "/api/v2/connections", None, "", false),
        ("POST", EXPORTS, token, id, true),
        ("POST", by_name.as_str(), token, "{}", true),
        ("POST", EXPORTS, token, "{}", false),
        ("POST", EXPORTS, token, "{", false),
        ("GET", "/api/v2/jobs", token, "", false),
    ] {
        assert_eq!(
            needs(&tenant, method, target, authorization, body),
            wanted,
            "{method} {target} {body}"
        );
    }
    tenant.set_connections(Vec::new());
    assert!(!needs(&tenant, "POST", EXPORTS, token, id));
}

#[test]
fn a_job_is_shown_without_a_link() {
    let mut server = Server::new();
    let id = server.create("{}");
    server.run(&id);
    let shown: serde_json::Value =
        serde_json::from_str(&server.tenant.shown(&id).unwrap()).unwrap();
    assert_eq!(shown["status"], "completed");
    assert!(shown.get("location").is_none());
}

#[test]
fn the_jobs_are_listed_newest_first_and_what_is_not_there_is_not_found() {
    let mut server = Server::new();
    let first = server.create("{}");
    server.pass(SECOND);
    let second = server.create(r#"{"format":"json"}"#);
    let ids: Vec<_> = server.tenant.jobs().map(|job| job.id.clone()).collect();
    assert_eq!(ids, [second, first.clone()]);
    let job = server.tenant.job(&first).unwrap().clone();
    assert_eq!(
        server.tenant.plan(&job).unwrap().format(),
        rollcall_core::Format::Csv
    );
    for (method, target) in [
        ("GET", "/api/v2/jobs/job_0000000000000000"),
        ("DELETE", "/api/v2/jobs/job_0000000000000000"),
        ("POST", "/api/v2/jobs/job_0000000000000000/cancel"),
        ("PUT", "/api/v2/connections"),
        ("GET", "/api/v2/users"),
        ("GET", "/"),
    ] {
        let (answer, effects) = server.call(method, target, "");
        assert_eq!(
            (answer.status, effects.len()),
            (404, 0),
            "{method} {target}"
        );
    }
    let (answer, _) = server.call("PUT", &format!("/api/v2/jobs/{first}"), "");
    assert_eq!(answer.status, 404);
    let nobody = "job_0000000000000000".parse().unwrap();
    let now = server.now();
    assert!(server.tenant.started(&nobody, 1, &now).is_empty());
    // The file of a job that was deleted while it ran.
    let removal = [Effect::RemoveFile(nobody.clone())];
    assert_eq!(server.tenant.completed(&nobody, export()), removal);
    assert!(server.tenant.failed(&nobody, Error::io("x")).is_empty());
}
