//! Files of completed jobs, and the links to them.

use rollcall_core::api::{Answer, ApiRequest, Body, Effect};

use crate::server::{HOUR, SECOND, Server, records};

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
fn a_file_that_is_gone_fails_its_job() {
    let mut server = Server::new();
    let id = server.create("{}");
    assert_eq!(server.tenant.lost(&id), []);
    server.run(&id);
    let location = server.location(&id);
    assert_eq!(server.tenant.lost(&id), [Effect::Save(id.clone())]);
    let job = server.json("GET", &format!("/api/v2/jobs/{id}"));
    assert_eq!(
        (&job["reason"], &job["status_details"]),
        (&"lost".into(), &"lost: the file no longer exists".into())
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
