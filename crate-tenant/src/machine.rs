//! A tenant with its jobs, for the JavaScript that runs it.

use rollcall_core::api::{ApiRequest, Effect, Reason, Tenant};
use rollcall_core::job::Input;
use rollcall_core::message::{Command, Reply};
use rollcall_core::{Connection, Job, JobId, Moment, Timestamp};
use rollcall_js::{bad_request, from_js, to_js};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::settings::Settings;
use crate::step::{Answered, steps};

/// What the names of outputs begin with that still grow: by it a later visit knows, in
/// `private-files.js`, what no record speaks of.
const UNFINISHED: &str = "tenant-";

/// A tenant. Each call happens at the moment that was set last.
#[wasm_bindgen]
pub struct TenantMachine {
    tenant: Tenant,
    now: Moment,
}

/// How to start a job's worker.
#[derive(Serialize)]
struct Order {
    message: String,
    /// Name of the output while it grows.
    output: String,
    /// Its name once it is complete.
    name: String,
}

#[wasm_bindgen]
impl TenantMachine {
    /// A tenant from its settings.
    ///
    /// # Errors
    /// A setting is not what it should be.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue) -> Result<TenantMachine, JsValue> {
        let tenant = from_js::<Settings>(settings)?.tenant()?;
        let now = Moment {
            wall: Timestamp(0),
            monotonic: 0,
            entropy: [0; 32],
        };
        Ok(Self { tenant, now })
    }

    /// Sets the moment at which the next call happens: both clocks in milliseconds, and 32 bytes
    /// that nobody can guess.
    #[wasm_bindgen(js_name = setMoment)]
    pub fn set_moment(&mut self, wall: f64, monotonic: f64, entropy: &[u8]) -> Result<(), JsValue> {
        self.now = Moment {
            wall: Timestamp(wall as u64),
            monotonic: monotonic as u64,
            entropy: entropy.try_into().map_err(bad_request)?,
        };
        Ok(())
    }

    /// Takes over the jobs that were kept: their ids, and in the same order their records. Those
    /// of `again` are run again if they were left unfinished.
    ///
    /// # Errors
    /// An id is none.
    pub fn restore(
        &mut self,
        ids: Vec<String>,
        records: Vec<String>,
        again: Vec<String>,
    ) -> Result<JsValue, JsValue> {
        let (ids, again) = (job_ids(&ids)?, job_ids(&again)?);
        let records: Vec<_> = ids.into_iter().zip(records).collect();
        Ok(steps_to_js(
            self.tenant.restore(&records, &again, &self.now),
        ))
    }

    /// The jobs that have a file.
    #[wasm_bindgen(js_name = jobsWithFile)]
    pub fn jobs_with_file(&self) -> Vec<String> {
        let jobs = self.tenant.jobs().filter(|job| job.has_file());
        jobs.map(|job| job.id.to_string()).collect()
    }

    /// The file of a job is gone.
    pub fn lost(&mut self, job: &str) -> Result<JsValue, JsValue> {
        Ok(steps_to_js(self.tenant.lost(&id(job)?)))
    }

    /// Tells which connections there are; `undefined` that nobody knows.
    ///
    /// # Errors
    /// It is not a list of connections.
    #[wasm_bindgen(js_name = setConnections)]
    pub fn set_connections(&mut self, connections: &JsValue) -> Result<(), JsValue> {
        self.tenant
            .set_connections(from_js::<Option<Vec<Connection>>>(connections)?);
        Ok(())
    }

    /// Tells what the next jobs read and whose name their files bear: `names` and `size` are those
    /// of the input files.
    ///
    /// # Errors
    /// It is no tenant's name.
    #[wasm_bindgen(js_name = setInput)]
    pub fn set_input(&mut self, name: &str, names: Vec<String>, size: f64) -> Result<(), JsValue> {
        let name = name.parse().map_err(bad_request)?;
        let size = size as u64;
        self.tenant.set_input(name, Input { names, size });
        Ok(())
    }

    /// Tells the name of the file that the next jobs write directly; `undefined` if they write none.
    #[wasm_bindgen(js_name = setSavedAs)]
    pub fn set_saved_as(&mut self, name: Option<String>) {
        self.tenant.set_saved_as(name);
    }

    /// Whether the connections must be told before this request is handled.
    #[wasm_bindgen(js_name = needsConnections)]
    pub fn needs_connections(
        &self,
        method: &str,
        target: &str,
        authorization: Option<String>,
        body: &[u8],
    ) -> bool {
        let authorization = authorization.as_deref();
        self.tenant.needs_connections(&ApiRequest {
            method,
            target,
            authorization,
            body,
        })
    }

    /// Answers a request.
    pub fn handle(
        &mut self,
        method: &str,
        target: &str,
        authorization: Option<String>,
        body: &[u8],
    ) -> JsValue {
        let request = ApiRequest {
            method,
            target,
            authorization: authorization.as_deref(),
            body,
        };
        let (answer, effects) = self.tenant.handle(&request, &self.now);
        to_js(&Answered::new(answer, effects))
    }

    /// The message that starts a job's worker, and the names of its output; `undefined` for a job
    /// that is gone.
    pub fn order(&self, job: &str) -> JsValue {
        let Some(job) = self.job(job) else {
            return JsValue::UNDEFINED;
        };
        // Tenant names have no dot.
        let extension = job
            .file_name
            .split_once('.')
            .map_or("", |(_, extension)| extension);
        // What an interrupted run has left may still be in the way, or about to be removed, when the
        // job runs again.
        let run: String = self.now.entropy[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let name = format!("{}.{run}.{extension}", job.id);
        let output = format!("{UNFINISHED}{name}");
        let command = Command::Export {
            request: job.request.clone(),
            options: job.options.clone(),
            // The tenant's may have changed since.
            connections: job.connection.as_deref().map(|name| {
                let Connection { id, name } = Connection::named(name);
                let id = job.request.connection_id.clone().unwrap_or(id);
                vec![Connection { id, name }]
            }),
            output: output.clone(),
        };
        let message = serde_json::to_string(&command).expect("a command is plain data");
        to_js(&Order {
            message,
            output,
            name,
        })
    }

    /// A job's worker has begun on an input of this size.
    pub fn started(&mut self, job: &str, bytes_total: f64) -> Result<JsValue, JsValue> {
        let effects = self
            .tenant
            .started(&id(job)?, bytes_total as u64, &self.now);
        Ok(steps_to_js(effects))
    }

    /// Takes what a job's worker said, a reply as JSON text.
    ///
    /// # Errors
    /// It is no reply.
    pub fn heard(&mut self, job: &str, reply: &str) -> Result<JsValue, JsValue> {
        let job = id(job)?;
        let effects = match serde_json::from_str(reply).map_err(bad_request)? {
            Reply::Progress { progress, left_out } => {
                self.tenant.advanced(&job, progress, left_out, &self.now);
                Vec::new()
            }
            Reply::Inspected { .. } | Reply::Completing => Vec::new(),
            Reply::Completed(export) => self.tenant.completed(&job, export),
            Reply::Failed { error } => self.tenant.failed(&job, error),
            // The job says so already; this frees its place.
            Reply::Cancelled => self.tenant.failed(&job, Reason::Cancelled),
        };
        Ok(steps_to_js(effects))
    }

    /// Lets time pass.
    pub fn tick(&mut self) -> JsValue {
        steps_to_js(self.tenant.tick(&self.now))
    }

    /// A job as the body of an answer has it, JSON text, without a link; `undefined` for one that
    /// is gone.
    pub fn shown(&self, job: &str) -> Result<Option<String>, JsValue> {
        Ok(self.tenant.shown(&id(job)?))
    }

    /// A job's record as JSON text, to be kept; `undefined` for one that is gone.
    pub fn record(&self, job: &str) -> Option<String> {
        let job = self.job(job)?;
        Some(serde_json::to_string(job).expect("a job is plain data"))
    }

    fn job(&self, job: &str) -> Option<&Job> {
        self.tenant.job(&job.parse().ok()?)
    }
}

fn job_ids(texts: &[String]) -> Result<Vec<JobId>, JsValue> {
    texts.iter().map(|text| id(text)).collect()
}

fn id(text: &str) -> Result<JobId, JsValue> {
    text.parse().map_err(bad_request)
}

fn steps_to_js(effects: Vec<Effect>) -> JsValue {
    to_js(&steps(effects))
}
