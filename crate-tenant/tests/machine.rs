//! A tenant's machine, as the JavaScript that runs it sees it.

use js_sys::{Array, JSON, Reflect};
use rollcall_tenant::TenantMachine;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const SETTINGS: &str = r#"{"name":"acme","baseUrl":"http://acme.test"}"#;
const EXPORTS: &str = "/api/v2/jobs/users-exports";
const COMPLETED: &str = r#"{
    "kind": "completed", "bytes_out": 9, "sha256": "00", "duration": 1,
    "totals": {
        "read": 1, "exported": 1, "left_out": 0, "other_connections": 0,
        "duplicate_keys": 0, "replaced_surrogates": 0, "long_cells": 0
    }
}"#;

#[wasm_bindgen_test]
fn a_job_goes_its_way() {
    let mut machine = machine(SETTINGS);
    let id = create(&mut machine, "{}");
    assert_eq!(shown(&machine, &id, "status"), "pending");
    let order = machine.order(&id);
    let [output, name] = ["output", "name"].map(|key| text(&order, key));
    // Random letters between the job and the ending keep its runs apart.
    assert!(
        name.starts_with(&format!("{id}.")) && name.ends_with(".csv"),
        "{name}"
    );
    assert_eq!(output, format!("tenant-{name}"));
    let message = parsed(&text(&order, "message"));
    assert_eq!(get(&message, "kind"), "export");
    assert_eq!(get(&message, "output"), output.as_str());

    let started = machine.started(&id, 1000.0).expect("a job");
    assert_eq!(steps(&started), [format!("save {id}")]);
    assert_eq!(shown(&machine, &id, "status"), "processing");
    let completed = machine.heard(&id, COMPLETED).expect("a reply");
    assert_eq!(steps(&completed), [format!("save {id}")]);
    assert_eq!(machine.jobs_with_file(), [id.as_str()]);
    let answer = call(&mut machine, "GET", &format!("/api/v2/jobs/{id}"), "");
    let location = text(&parsed(&text(&answer, "text")), "location");
    let target = location.strip_prefix("http://acme.test").expect("our link");
    let answer = call(&mut machine, "GET", target, "");
    assert_eq!(get(&answer, "file"), id.as_str());
    assert_eq!(get(&answer, "text"), JsValue::UNDEFINED);

    let lost = machine.lost(&id).expect("a job");
    assert_eq!(steps(&lost), [format!("save {id}")]);
    assert_eq!(shown(&machine, &id, "reason"), "lost");
}

#[wasm_bindgen_test]
fn a_run_that_ends_after_a_cancel_frees_its_place() {
    let mut machine = machine(
        r#"{"name":"acme","baseUrl":"http://acme.test","capacity":{"running":1,"waiting":1}}"#,
    );
    let [first, next] = [(); 2].map(|()| create(&mut machine, "{}"));
    let full = call(&mut machine, "POST", EXPORTS, "{}");
    assert_eq!(get(&full, "status"), 429);
    let cancelled = call(
        &mut machine,
        "POST",
        &format!("/api/v2/jobs/{first}/cancel"),
        "",
    );
    let effects = get(&cancelled, "effects");
    assert_eq!(
        steps(&effects),
        [format!("stop {first}"), format!("save {first}")]
    );
    assert_eq!(shown(&machine, &first, "reason"), "cancelled");
    let ended = machine.heard(&first, r#"{"kind":"cancelled"}"#);
    assert_eq!(steps(&ended.expect("a reply")), [format!("start {next}")]);
}

#[wasm_bindgen_test]
fn records_come_back_and_what_ran_was_interrupted() {
    let mut before = machine(SETTINGS);
    let ids = [(); 2].map(|()| create(&mut before, "{}"));
    before.started(&ids[0], 1.0).expect("a job");
    before.heard(&ids[0], COMPLETED).expect("a reply");
    let records: Vec<String> = ids.iter().filter_map(|id| before.record(id)).collect();
    let mut later = machine(SETTINGS);
    set_moment(&mut later, 9);
    let effects = later.restore(ids.to_vec(), records, Vec::new());
    let want = [format!("removeFile {}", ids[1]), format!("save {}", ids[1])];
    assert_eq!(steps(&effects.expect("ids of jobs")), want);
    assert_eq!(later.jobs_with_file(), [ids[0].as_str()]);
    assert_eq!(shown(&later, &ids[1], "reason"), "interrupted");
    assert!(
        later
            .restore(vec!["job".to_owned()], Vec::new(), Vec::new())
            .is_err()
    );
}

#[wasm_bindgen_test]
fn connections_are_known_unknown_or_wrong() {
    let mut machine = machine(SETTINGS);
    let of_one = r#"{"connection_id":"con_0000000000000001"}"#;
    let needs = |machine: &TenantMachine| {
        machine.needs_connections("POST", EXPORTS, bearer(), of_one.as_bytes())
    };
    assert!(needs(&machine));
    let known = parsed(r#"[{"id":"con_0000000000000001","name":"sms","strategy":"sms"}]"#);
    machine.set_connections(&known).expect("connections");
    assert!(!needs(&machine));
    let id = create(&mut machine, of_one);
    assert_eq!(shown(&machine, &id, "connection"), "sms");
    for wrong in [r#"[{"id":5}]"#, "5", r#"["sms"]"#] {
        let Err(error) = machine.set_connections(&parsed(wrong)) else {
            panic!("{wrong} is taken");
        };
        assert_eq!(get(&error, "code"), "bad_request", "{wrong}");
    }
    machine
        .set_connections(&JsValue::UNDEFINED)
        .expect("nobody knows");
    assert!(needs(&machine));
}

#[wasm_bindgen_test]
fn a_limit_that_no_number_shows_exactly_is_shown() {
    let mut machine = machine(SETTINGS);
    let id = create(&mut machine, r#"{"limit":18446744073709551615}"#);
    assert_eq!(
        shown(&machine, &id, "limit"),
        18_446_744_073_709_551_615_f64
    );
    assert_eq!(machine.shown("job_0000000000000000"), Ok(None));
    assert!(machine.shown("job").is_err());
}

#[wasm_bindgen_test]
fn settings_are_read_or_refused() {
    for settings in [
        SETTINGS,
        r#"{"name":"acme","baseUrl":"","tokens":{"t":["read:users"]},"connections":[]}"#,
        r#"{"name":"acme","baseUrl":"","tokens":null,"capacity":{"running":null}}"#,
    ] {
        machine(settings);
    }
    for settings in [
        "{}",
        r#"{"name":"A","baseUrl":""}"#,
        r#"{"name":"acme"}"#,
        r#"{"name":"acme","baseUrl":"","capacity":{"running":0}}"#,
        r#"{"name":"acme","baseUrl":"","capacity":{"waiting":1.5}}"#,
        r#"{"name":"acme","baseUrl":"","tokens":{"t":"read:users"}}"#,
    ] {
        let Err(error) = TenantMachine::new(&parsed(settings)) else {
            panic!("{settings} are taken");
        };
        assert!(error.is_instance_of::<js_sys::Error>(), "{settings}");
        assert_eq!(get(&error, "code"), "bad_request", "{settings}");
    }
}

fn machine(settings: &str) -> TenantMachine {
    let mut machine = TenantMachine::new(&parsed(settings)).expect("settings");
    set_moment(&mut machine, 1);
    machine
}

fn set_moment(machine: &mut TenantMachine, moment: u8) {
    let now = f64::from(moment);
    let moment = machine.set_moment(now, now, &[moment; 32]);
    moment.expect("32 bytes");
}

/// Makes a job at a moment of its own, so that it has an id of its own.
fn create(machine: &mut TenantMachine, body: &str) -> String {
    let list = call(machine, "GET", "/api/v2/jobs", "");
    let jobs: Array = parsed(&text(&list, "text")).unchecked_into();
    set_moment(machine, 2 + jobs.length() as u8);
    let answer = call(machine, "POST", EXPORTS, body);
    assert_eq!(get(&answer, "status"), 200, "{body}");
    text(&parsed(&text(&answer, "text")), "id")
}

fn call(machine: &mut TenantMachine, method: &str, target: &str, body: &str) -> JsValue {
    machine.handle(method, target, bearer(), body.as_bytes())
}

fn bearer() -> Option<String> {
    Some("Bearer t".to_owned())
}

/// A part of a job as the API shows it.
fn shown(machine: &TenantMachine, id: &str, key: &str) -> JsValue {
    let job = machine.shown(id).expect("an id").expect("a job");
    get(&parsed(&job), key)
}

/// Each thing to do, with its job.
fn steps(effects: &JsValue) -> Vec<String> {
    let effects: &Array = effects.dyn_ref().expect("an array");
    let step = |effect| format!("{} {}", text(&effect, "kind"), text(&effect, "job"));
    effects.iter().map(step).collect()
}

fn parsed(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().expect("a text")
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("an object")
}
