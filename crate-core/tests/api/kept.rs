//! What is kept from one visit to the next.

use rollcall_core::api::{Effect, Failure, Reason};
use rollcall_core::job::{JobId, Status};
use rollcall_core::{ErrorCode, LeftOut, Progress};

use crate::server::{HOUR, SECOND, START, Server, records};

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
    let status = later.tenant.job(&ids[1]).map(|job| &job.status);
    let interrupted = Status::Failed(Failure::Reason(Reason::Interrupted));
    assert_eq!(status, Some(&interrupted));
    // And stays so from visit to visit.
    let mut last = Server::new();
    last.pass(HOUR);
    let now = last.now();
    assert_eq!(last.tenant.restore(&records(&later), &[], &now), []);
    let job = last.json("GET", &format!("/api/v2/jobs/{}", ids[1]));
    assert_eq!(job["reason"], "interrupted");
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
        assert_eq!(job["reason"], "unreadable");
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

/// A tenant that opens what another has kept, `wall` being the time.
fn reopened(kept: &[(JobId, String)], wall: u64) -> (Server, Vec<Effect>) {
    let mut server = Server::new();
    server.wall = wall;
    let now = server.now();
    let effects = server.tenant.restore(kept, &[], &now);
    (server, effects)
}

fn expires_in(server: &mut Server, id: &JobId) -> u64 {
    let list = server.json("GET", "/api/v2/jobs");
    let mut jobs = list.as_array().unwrap().iter();
    let job = jobs.find(|job| job["id"] == id.to_string());
    job.map_or(0, |job| job["expires_in"].as_u64().unwrap() * SECOND)
}

const YEAR: u64 = 365 * 24 * HOUR;

#[test]
fn a_job_of_a_clock_that_was_ahead_ends_a_day_after_the_clock_is_right() {
    let mut ahead = Server::new();
    ahead.wall = START + 4 * YEAR;
    let first = ahead.create("{}");
    ahead.run(&first);

    let (mut right, effects) = reopened(&records(&ahead), START);
    assert_eq!(effects, [Effect::Save(first.clone())]);
    assert_eq!(expires_in(&mut right, &first), 24 * HOUR);
    // Nor is a job kept for longer that is made after it.
    right.pass(HOUR);
    let second = right.create("{}");
    right.run(&second);

    // From visit to visit, what is left only becomes less.
    let (mut next, effects) = reopened(&records(&right), START + 2 * HOUR);
    assert_eq!(effects, []);
    assert_eq!(expires_in(&mut next, &first), 22 * HOUR);
    assert_eq!(expires_in(&mut next, &second), 23 * HOUR);

    let (mut last, effects) = reopened(&records(&next), START + 24 * HOUR);
    let wanted = [
        Effect::RemoveFile(first.clone()),
        Effect::Save(first.clone()),
    ];
    assert_eq!(effects, wanted);
    assert_eq!(last.status(&second), "completed");
}

#[test]
fn jobs_of_before_a_clock_was_set_back_keep_their_distances() {
    let mut server = Server::new();
    let first = server.create("{}");
    server.run(&first);
    server.pass(10 * HOUR);
    let second = server.create("{}");
    server.run(&second);
    for back in [SECOND, 8 * HOUR, YEAR] {
        let (mut later, _) = reopened(&records(&server), server.wall - back);
        assert_eq!(expires_in(&mut later, &first), 14 * HOUR, "{back}");
        assert_eq!(expires_in(&mut later, &second), 24 * HOUR, "{back}");
    }
}

#[test]
fn a_clock_that_was_ahead_for_a_while_keeps_no_job_of_that_visit_longer() {
    let mut server = Server::new();
    server.wall += 4 * YEAR;
    let now = server.now();
    server.tenant.tick(&now);
    server.wall = START;
    let id = server.create("{}");
    server.run(&id);
    let (mut later, effects) = reopened(&records(&server), START + 23 * HOUR);
    assert_eq!(effects, [Effect::Save(id.clone())]);
    assert_eq!(expires_in(&mut later, &id), HOUR);
}

#[test]
fn a_record_that_cannot_be_read_is_kept_for_no_more_than_a_day_and_moves_no_other_job() {
    let mut server = Server::new();
    let good = server.create("{}");
    server.run(&good);
    let far = START + 4 * YEAR;
    let mut kept = records(&server);
    for (index, times) in [
        format!(r#""created_at":{far},"expires_at":{far}"#),
        format!(r#""created_at":{START},"expires_at":{far}"#),
        format!(r#""expires_at":{}"#, u64::MAX),
        format!(r#""created_at":{}"#, u64::MAX),
    ]
    .iter()
    .enumerate()
    {
        let id: JobId = format!("job_000000000000000{index}").parse().unwrap();
        kept.push((id, format!("{{{times}}}")));
    }
    let (mut later, _) = reopened(&kept, START + HOUR);
    let again = records(&later);
    assert_eq!(again.len(), 5);
    for (id, _) in &again {
        let left = expires_in(&mut later, id);
        assert!((1..=24 * HOUR).contains(&left), "{id}: {left}");
    }
    assert_eq!(expires_in(&mut later, &good), 23 * HOUR);
    let (mut last, _) = reopened(&again, START + 25 * HOUR);
    for (id, _) in &again {
        assert_eq!(last.status(id), "expired");
    }
}
