//! The list of jobs, and what is not in it.

use rollcall_core::Error;
use rollcall_core::api::Effect;

use crate::server::{SECOND, Server, export};

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
