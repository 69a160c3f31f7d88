//! The bytes of a request make a plan or an error with a message, and a plan runs.

use rollcall_cases::exporting::Export;
use rollcall_cases::slow::json::is_value;
use rollcall_core::{ExportOptions, ExportRequest, Plan};
use serde_json::Value;

const USERS: &[u8] = br#"{"user_id":"u","identities":[{"connection":"c"}],"a":{"b":[1,{"c":null}]}}
{"user_id":"v","user_metadata":{"x":"=1"},"app_metadata":{}}
"#;

/// The bytes are the body.
pub fn law(data: &[u8]) {
    let request = match ExportRequest::from_json(data) {
        Ok(request) => request,
        Err(error) => {
            // Half a surrogate pair is JSON, and yet no text: either answer is right.
            let is_refused = error.to_string() == "Invalid request payload JSON format";
            if is_refused {
                assert!(serde_json::from_slice::<Value>(data).is_err());
            } else {
                assert!(str::from_utf8(data).is_ok_and(is_value));
            }
            return;
        }
    };
    let again = serde_json::to_vec(&request).expect("a request is JSON");
    assert_eq!(ExportRequest::from_json(&again), Ok(request.clone()));
    for lift_limits in [false, true] {
        let options = ExportOptions {
            lift_limits,
            ..ExportOptions::default()
        };
        let plan = Plan::new(&request, &options);
        let export = Export {
            request: data,
            options,
            inputs: vec![USERS],
            connections: None,
        };
        let outcome = export.whole();
        match plan {
            Err(error) => {
                assert!(!error.to_string().is_empty());
                let report = outcome.result.expect_err("there is no plan");
                assert_eq!(report["message"], error.to_string());
            }
            Ok(_) if request.connection_id.is_some() => {}
            Ok(_) => {
                let totals = outcome.result.expect("it runs").expect("with totals");
                let limit = request.limit.unwrap_or(u64::MAX);
                assert_eq!(totals["exported"], limit.min(2));
            }
        }
    }
}
