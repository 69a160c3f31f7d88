//! Embeds the folders of `cases/`, so that the same bytes run natively and in wasm, where there are no files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Files that a case may hold beside its inputs. A misspelt one would silently test nothing.
const FILES: [&str; 11] = [
    "connections-found.json",
    "connections.json",
    "error.json",
    "error.txt",
    "expected.csv",
    "expected.ndjson",
    "left-out.ndjson",
    "licence.txt",
    "options.json",
    "totals.json",
    "why.txt",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=cases");
    let mut code = String::from("&[\n");
    for folder in sorted(&root.join("cases")) {
        writeln!(code, "{}", case(&folder)).expect("a String takes all");
    }
    code.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("cases.rs"), code).expect("the output folder takes a file");
}

fn case(folder: &Path) -> String {
    let files = sorted(folder);
    for file in &files {
        let name = name_of(file);
        let known = FILES.contains(&name) || name == "request.json" || is_input(name);
        assert!(known, "{}: no file of a case", file.display());
    }
    let find = |name: &str| files.iter().find(|file| name_of(file) == name);
    let optional = |name| match find(name) {
        Some(file) => format!("Some({})", include(file)),
        None => "None".to_owned(),
    };
    let request = find("request.json")
        .unwrap_or_else(|| panic!("{}: request.json is missing", folder.display()));
    let ends = ["expected.csv", "expected.ndjson", "error.txt", "error.json"];
    let ends: Vec<&PathBuf> = ends.iter().filter_map(|name| find(name)).collect();
    let [end] = ends[..] else {
        panic!("{}: exactly one end is wanted", folder.display());
    };
    let end_kind = match name_of(end) {
        "error.txt" => "Refusal",
        "error.json" => "Failure",
        _ => "Output",
    };
    let inputs: String = files
        .iter()
        .filter(|file| is_input(name_of(file)))
        .map(|file| {
            format!(
                "Input {{ file_name: {:?}, bytes: {} }}, ",
                name_of(file),
                include(file)
            )
        })
        .collect();
    format!(
        "Case {{ name: {:?}, why: {}, request: {}, options: {}, connections: {}, inputs: &[{inputs}], \
         expected: Expected::{end_kind}({}), left_out: {}, totals: {}, connections_found: {} }},",
        name_of(folder),
        optional("why.txt"),
        include(request),
        optional("options.json"),
        optional("connections.json"),
        include(end),
        optional("left-out.ndjson"),
        optional("totals.json"),
        optional("connections-found.json"),
    )
}

/// `input.json`, or one of several: `input-1.ndjson`, `input-2.gz` … up to 9, which keeps their order by name.
fn is_input(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let is_numbered = stem
        .strip_prefix("input-")
        .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
    (stem == "input" || is_numbered) && ["ndjson", "json", "csv", "gz", "bin"].contains(&extension)
}

fn include(file: &Path) -> String {
    format!(
        "include_bytes!({:?})",
        file.to_str().expect("paths of the project are UTF-8")
    )
}

fn name_of(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .expect("names of the project are UTF-8")
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder that opens can be read").path())
        .collect();
    paths.sort();
    paths
}
