//! A tenant under a clock that the test sets.

use rollcall_core::api::{Access, Answer, ApiRequest, Body, Capacity, Effect, Tenant};
use rollcall_core::job::{Export, Job, JobId};
use rollcall_core::{Connection, Moment, Timestamp, Totals};

/// 2021-09-03T20:16:28.389Z.
pub const START: u64 = 1_630_700_188_389;
pub const SECOND: u64 = 1000;
pub const HOUR: u64 = 3600 * SECOND;

pub const EXPORTS: &str = "/api/v2/jobs/users-exports";

/// A tenant and the two clocks that it is shown.
pub struct Server {
    pub tenant: Tenant,
    pub wall: u64,
    pub monotonic: u64,
    calls: u8,
}

impl Server {
    pub fn new() -> Self {
        Self::with(Access::AnyToken)
    }

    pub fn with(access: Access) -> Self {
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
    pub fn pass(&mut self, milliseconds: u64) {
        self.wall += milliseconds;
        self.monotonic += milliseconds;
    }

    /// Each moment has bytes of its own.
    pub fn now(&mut self) -> Moment {
        self.calls += 1;
        let (wall, monotonic) = (Timestamp(self.wall), self.monotonic);
        Moment {
            wall,
            monotonic,
            entropy: [self.calls; 32],
        }
    }

    pub fn call(&mut self, method: &str, target: &str, body: &str) -> (Answer, Vec<Effect>) {
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

    pub fn create(&mut self, body: &str) -> JobId {
        let (answer, _) = self.call("POST", EXPORTS, body);
        id_of(&answer)
    }

    pub fn start(&mut self, id: &JobId, bytes: u64) {
        let now = self.now();
        self.tenant.started(id, bytes, &now);
    }

    pub fn run(&mut self, id: &JobId) -> Vec<Effect> {
        self.start(id, 100);
        self.tenant.completed(id, export())
    }

    pub fn json(&mut self, method: &str, target: &str) -> serde_json::Value {
        let (answer, _) = self.call(method, target, "");
        serde_json::from_str(text(&answer)).unwrap()
    }

    pub fn status(&mut self, id: &JobId) -> String {
        self.json("GET", &format!("/api/v2/jobs/{id}"))["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub fn location(&mut self, id: &JobId) -> String {
        let job = self.json("GET", &format!("/api/v2/jobs/{id}"));
        job["location"]
            .as_str()
            .unwrap()
            .strip_prefix("http://acme.test")
            .unwrap()
            .to_owned()
    }
}

pub fn export() -> Export {
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

pub fn text(answer: &Answer) -> &str {
    match &answer.body {
        Body::Json(text) => text,
        other => panic!("{other:?}"),
    }
}

pub fn id_of(answer: &Answer) -> JobId {
    let job: serde_json::Value = serde_json::from_str(text(answer)).unwrap();
    job["id"].as_str().unwrap().parse().unwrap()
}

/// What is kept of all jobs.
pub fn records(server: &Server) -> Vec<(JobId, String)> {
    let record = |job: &Job| (job.id.clone(), serde_json::to_string(job).unwrap());
    server.tenant.jobs().map(record).collect()
}
