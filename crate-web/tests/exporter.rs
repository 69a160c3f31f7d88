//! An export by hand, as JavaScript sees it.

use js_sys::{JSON, Reflect};
use rollcall::{Exporter, version};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const REQUEST: &str = r#"{"fields":[{"name":"user_id"}]}"#;

#[wasm_bindgen_test]
fn chunks_become_chunks_and_counts() {
    let mut exporter = exporter(REQUEST, "{}");
    let mut out = push(&mut exporter, b"{\"user_id\":\"1\"}\nbro");
    out.extend(push(&mut exporter, b"ken\n"));
    assert_eq!(text_of(&exporter.totals()), None);
    assert_eq!(get(&exporter.progress(), "bytes_in"), 23);
    out.extend(exporter.finish().expect("a whole file"));
    assert_eq!(String::from_utf8_lossy(&out), "user_id\n\"'1\"\n");
    assert!(exporter.is_done());
    let totals = exporter.totals();
    for (key, want) in [
        ("read", 2),
        ("exported", 1),
        ("left_out", 1),
        ("other_connections", 0),
    ] {
        assert_eq!(get(&totals, key), want, "{key}");
    }
    let left_out = Reflect::get_u32(&exporter.take_left_out(), 0).expect("an array");
    for (key, want) in [
        ("error", JsValue::from("bad_record")),
        ("record", 2.into()),
        ("line", 2.into()),
        ("byte", 16.into()),
        ("input", 0.into()),
    ] {
        assert_eq!(get(&left_out, key), want, "{key}");
    }
    assert_eq!(
        text_of(&exporter.take_left_out()).as_deref(),
        Some("[]"),
        "they are taken once"
    );
}

#[wasm_bindgen_test]
fn a_limit_ends_it_early() {
    let mut exporter = exporter(r#"{"limit":1,"fields":[{"name":"user_id"}]}"#, "{}");
    assert!(!exporter.is_done());
    push(&mut exporter, b"{\"user_id\":\"1\"}\n{\"user_id\":\"2\"}\n");
    assert!(exporter.is_done());
    exporter.finish().expect("nothing more is wanted");
    assert_eq!(get(&exporter.totals(), "exported"), 1);
}

#[wasm_bindgen_test]
fn a_broken_rule_is_a_bad_request() {
    for (request, options) in [
        (r#"{"format":"xml"}"#, "{}"),
        (r#"{"limit":0}"#, "{}"),
        (REQUEST, r#"{"csv_profile":"none"}"#),
        ("5", "{}"),
    ] {
        let Err(error) = Exporter::new(&parsed(request), &parsed(options)) else {
            panic!("{request} with {options} is allowed");
        };
        assert_failure(&error, "bad_request", [None; 3]);
    }
    // Options may be missing.
    assert!(Exporter::new(&parsed(REQUEST), &JsValue::UNDEFINED).is_ok());
}

#[wasm_bindgen_test]
fn a_failure_has_its_place() {
    for (options, chunks, code, place) in [
        (
            r#"{"strict":true}"#,
            ["{\"user_id\":\"1\"}\n", "broken\n"],
            "bad_record",
            [Some(2), Some(2), Some(16)],
        ),
        (
            r#"{"strict":true,"max_record_size":15}"#,
            ["\n{\"user_id\":\"1\"}\n", "{\"user_id\":\"12\"}\n"],
            "record_too_large",
            [Some(2), Some(3), Some(17)],
        ),
        (
            "{}",
            ["PK\u{3}\u{4}", ""],
            "bad_encoding",
            [None, None, Some(0)],
        ),
        (
            "{}",
            ["\u{1f}", "\u{8b}"],
            "bad_gzip",
            [None, None, Some(2)],
        ),
    ] {
        let mut exporter = exporter(REQUEST, options);
        let failure = chunks
            .iter()
            // Each character is a byte.
            .map(|chunk| chunk.chars().map(|c| c as u8).collect::<Vec<u8>>())
            .find_map(|chunk| exporter.push(&chunk).err())
            .or_else(|| exporter.finish().err());
        let Some(error) = failure else {
            panic!("{code}: no failure");
        };
        assert_failure(&error, code, place);
        // From then on it says that it has ended.
        assert!(exporter.is_done());
        for again in [
            exporter.push(b"").err(),
            exporter.end_input().err(),
            exporter.finish().err(),
        ] {
            let Some(error) = again else {
                panic!("{code}: it goes on");
            };
            assert_failure(&error, "bad_request", [None; 3]);
        }
    }
}

#[wasm_bindgen_test]
fn it_has_the_version_of_the_package() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
}

fn exporter(request: &str, options: &str) -> Exporter {
    let exporter = Exporter::new(&parsed(request), &parsed(options));
    exporter.unwrap_or_else(|error| panic!("{request}: {error:?}"))
}

fn push(exporter: &mut Exporter, chunk: &[u8]) -> Vec<u8> {
    exporter.push(chunk).expect("good input")
}

/// An `Error` of this code at this record, line and byte.
fn assert_failure(error: &JsValue, code: &str, place: [Option<u32>; 3]) {
    let error: &js_sys::Error = error.dyn_ref().expect("an Error");
    assert_eq!(get(error, "code"), code, "{:?}", error.message());
    assert_ne!(error.message(), "");
    for (key, at) in ["record", "line", "byte"].into_iter().zip(place) {
        let want = at.map_or(JsValue::NULL, JsValue::from);
        assert_eq!(get(error, key), want, "{key}: {:?}", error.message());
    }
}

fn parsed(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

/// The JSON text of a value, unless it is undefined.
fn text_of(value: &JsValue) -> Option<String> {
    JSON::stringify(value).expect("a plain value").as_string()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("an object")
}
