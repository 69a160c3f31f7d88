//! Every golden case, with its input cut into chunks of many sizes, and into slices.

use libtest_mimic::{Arguments, Failed, Trial};
use rollcall_cases::exporting::Export;
use rollcall_cases::{CASES, Case};

/// Of chunks and of slices. The last one is larger than any input: each file comes whole.
const SIZES: [usize; 7] = [1, 2, 3, 7, 64, 65_536, usize::MAX];

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
    for size in SIZES {
        let in_chunks = |what: String| format!("in chunks of {size}: {what}");
        let in_slices = |what: String| format!("in slices of {size}: {what}");
        case.check(&export.in_chunks_of(size)).map_err(in_chunks)?;
        case.check(&export.in_slices(|_| size)).map_err(in_slices)?;
        if case.lists_connections() {
            let found = export
                .list_connections(size)
                .map_err(|report| in_chunks(report.to_string()))?;
            case.check_connections(&found).map_err(in_chunks)?;
            let found = export
                .list_connections_in_slices(size)
                .map_err(|report| in_slices(report.to_string()))?;
            case.check_connections(&found).map_err(in_slices)?;
        }
    }
    Ok(())
}
