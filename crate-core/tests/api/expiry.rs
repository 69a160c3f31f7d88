//! The end of jobs: by time, and by request.

use rollcall_core::api::{Body, Effect};

use crate::server::{HOUR, SECOND, Server};

#[test]
fn jobs_expire_after_a_day_however_the_wall_clock_is_set() {
    // A clock that is set forth may as well have slept: that counts as time, towards deletion.
    for (back, forth) in [(0, 0), (25 * HOUR, 0), (25 * HOUR, 23 * HOUR)] {
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
fn time_that_one_clock_sleeps_through_counts_by_the_other() {
    for (is_wall, back) in [(true, 0), (true, 25 * HOUR), (false, 0), (false, 25 * HOUR)] {
        let mut server = Server::new();
        let id = server.create("{}");
        server.run(&id);
        server.wall -= back;
        let now = server.now();
        server.tenant.tick(&now);
        let clock = if is_wall {
            &mut server.wall
        } else {
            &mut server.monotonic
        };
        *clock += 24 * HOUR;
        assert_eq!(server.status(&id), "expired", "{is_wall} {back}");
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
