//! However an input is cut into chunks, or into slices that are exported apart, the same comes of it.

use rollcall_cases::exporting::Export;
use rollcall_core::ExportOptions;

use crate::head::split;

const REQUESTS: [&str; 4] = [
    r#"{"format":"json"}"#,
    "{}",
    r#"{"limit":2,"fields":[{"name":"user_id"},{"name":"a.b"},{"name":"a.1"}]}"#,
    r#"{"format":"json","fields":[{"name":"a[1]"},{"name":"a.b"},{"name":"user_id"}]}"#,
];

/// The first line chooses the request, the options and the sizes; the rest is one file or, cut at
/// a form feed, two.
pub fn law(data: &[u8]) {
    let (head, input) = split(data);
    let [choice, sizes @ ..] = head else { return };
    let options = ExportOptions {
        strict: choice & 4 != 0,
        max_record_size: if choice & 8 != 0 { 20 } else { 1 << 20 },
        connection: (choice & 48 == 48).then(|| "c".to_owned()),
        gzip: choice & 64 != 0,
        ..ExportOptions::default()
    };
    let export = Export {
        inputs: input.splitn(2, |&byte| byte == 0x0c).collect(),
        options,
        ..Export::of(REQUESTS[usize::from(choice & 3)], b"")
    };
    let mut sizes = sizes.iter().cycle();
    let whole = export.however_cut(|_| sizes.next().map_or(1, |&size| usize::from(size)));
    if let Ok(Some(totals)) = &whole.result {
        let count = |key: &str| totals[key].as_u64().expect("a count");
        assert_eq!(
            count("read"),
            count("exported") + count("left_out") + count("other_connections")
        );
        assert_eq!(count("left_out"), whole.left_out.len() as u64);
    }
}
