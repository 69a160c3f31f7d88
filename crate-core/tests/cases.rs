//! Every golden case, with its input cut into chunks of many sizes.

mod exporting;

use exporting::Export;
use libtest_mimic::{Arguments, Failed, Trial};
use rollcall_cases::{CASES, Case};

/// The last one is larger than any input: each file comes whole.
const CHUNK_SIZES: [usize; 7] = [1, 2, 3, 7, 64, 65_536, usize::MAX];

fn main() {
    let trials = CASES
        .iter()
        .map(|case| Trial::test(case.name(), || check(case)))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(case: &Case) -> Result<(), Failed> {
    let export = Export {
        request: case.request(),
        options: serde_json::from_value(case.options())?,
        connections: case.connections().map(serde_json::from_slice).transpose()?,
        inputs: case.inputs().iter().map(|input| input.bytes).collect(),
    };
    for size in CHUNK_SIZES {
        let in_chunks = |what: String| format!("in chunks of {size}: {what}");
        case.check(&export.in_chunks_of(size)).map_err(in_chunks)?;
        if case.lists_connections() {
            let found = export
                .list_connections(size)
                .map_err(|report| in_chunks(report.to_string()))?;
            case.check_connections(&found).map_err(in_chunks)?;
        }
    }
    Ok(())
}
