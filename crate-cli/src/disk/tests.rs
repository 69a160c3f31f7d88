//! Every step that the command asks of the system fails once, in every way it can.
//!
//! As SQLite does it: the first read fails, then the second, and so on until a run has no read
//! left to fail; then the same with writes and all other steps.

mod faulty;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::sync::Arc;

use clap::Parser;
use flate2::{Compression, write::GzEncoder};
use rollcall_core::ErrorCode;
use tempfile::TempDir;

use super::{Disk, RealDisk};
use crate::args::{Cli, Command};
use crate::failure::Failure;
use crate::{connections, export};
use faulty::{Fault, FaultyDisk, Step};

/// What each step may answer: numbers of errors as Linux has them.
const FAULTS: [(Step, &[Fault]); 6] = [
    (Step::Open, &[Fault::Os(13), Fault::Os(24), Fault::Os(5)]),
    (
        Step::Read,
        &[
            Fault::Os(5),
            Fault::Os(11),
            Fault::Os(116),
            Fault::Interrupted,
            Fault::Short,
        ],
    ),
    (Step::Create, &[Fault::Os(13), Fault::Os(28), Fault::Os(30)]),
    (
        Step::Write,
        &[
            Fault::Os(28),
            Fault::Os(5),
            Fault::Os(122),
            Fault::Os(27),
            Fault::Os(11),
            Fault::Nothing,
            Fault::Interrupted,
            Fault::Short,
        ],
    ),
    (Step::Sync, &[Fault::Os(5), Fault::Os(28), Fault::Os(122)]),
    (
        Step::Rename,
        &[Fault::Os(13), Fault::Os(18), Fault::Os(28), Fault::Os(5)],
    ),
];

/// Each with `OUT` for the file that it writes, if any.
const COMMANDS: [&str; 9] = [
    "export users.json -o OUT --field user_id --chunk 200 --threads 1",
    "export users.json -o OUT --rejects rejects --field user_id --chunk 200 --threads 1",
    "export users.json -o OUT --format json --gzip --chunk 200 --threads 2 --rejects rejects",
    "export users.gz -o OUT --format json --chunk 100 --threads 1",
    "export array.json users.gz -o OUT --request request.json --connections list.json --threads 2 --chunk 300",
    "export array.json -o OUT --default-fields --chunk 200 --threads 1",
    "export - --field user_id --chunk 150 --threads 1",
    "export users.json -o OUT --summary summary --rejects rejects --field user_id --chunk 200 --threads 1",
    "connections users.json array.json --json --chunk 500 --threads 1",
];

const OLDER: &str = "an older file";

/// A folder with inputs, in which a command runs again and again.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let user = |number| {
            format!(
                r#"{{"user_id":"auth0|{number}","identities":[{{"connection":"db"}}],"name":"Ána {number}"}}"#
            )
        };
        let users: Vec<String> = (0..30).map(user).collect();
        let lines = users.join("\n") + "\n{\"broken\":\n";
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(lines.as_bytes()).unwrap();
        folder.put("users.json", lines.as_bytes());
        folder.put("users.gz", &packer.finish().unwrap());
        folder.put("array.json", format!("[{}]", users.join(",\n")).as_bytes());
        folder.put(
            "request.json",
            br#"{"fields":[{"name":"name"}],"connection_id":"con_0123456789abcdef"}"#,
        );
        folder.put(
            "list.json",
            br#"[{"id":"con_0123456789abcdef","name":"db"}]"#,
        );
        folder
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.path().join(name), bytes).unwrap();
    }

    fn get(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.path().join(name)).ok()
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.0.path().join(name)).ok();
    }

    /// Runs a command in this process, with paths of this folder.
    fn run(&self, command: &str, disk: &Arc<dyn Disk>) -> Result<(), Failure> {
        let is_file = |word: &str| {
            let names = [
                "OUT",
                "rejects",
                "summary",
                "users.json",
                "users.gz",
                "array.json",
                "request.json",
                "list.json",
            ];
            names.contains(&word)
        };
        let words = command.split(' ').map(|word| match is_file(word) {
            true => self.0.path().join(word).to_str().unwrap().to_owned(),
            false => word.to_owned(),
        });
        let args = std::iter::once("rollcall".to_owned()).chain(words);
        match Cli::try_parse_from(args).unwrap().command {
            Command::Export(args) => export::run(&args, disk),
            Command::Connections(args) => connections::run(&args, disk),
        }
    }

    fn names(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

#[test]
fn every_step_fails_once_in_every_way() {
    let mut faults = 0;
    let mut survived = 0;
    for command in COMMANDS {
        let folder = Folder::new();
        let stdin = folder.get("users.json").unwrap();
        let whole = FaultyDisk::without_fault(stdin.clone());
        folder.run(command, &whole.shared()).unwrap();
        let wanted = (folder.get("OUT"), folder.get("rejects"), whole.stdout());
        let names = folder.names();
        for (step, kinds) in FAULTS {
            for &fault in kinds {
                for number in 1.. {
                    // Every other time there is no older file.
                    match number % 2 {
                        1 => folder.put("OUT", OLDER.as_bytes()),
                        _ => folder.remove("OUT"),
                    }
                    folder.remove("rejects");
                    folder.remove("summary");
                    let before = folder.get("OUT");
                    let disk = FaultyDisk::new(stdin.clone(), step, fault, number);
                    let result = folder.run(command, &disk.shared());
                    let what = format!("{command}: {step:?} {number}: {fault:?}");
                    if !disk.has_fired() {
                        assert!(result.is_ok(), "{what}: {result:?}");
                        break;
                    }
                    faults += 1;
                    if fault.is_harmless() {
                        assert!(result.is_ok(), "{what}: {result:?}");
                        let found = (folder.get("OUT"), folder.get("rejects"), disk.stdout());
                        assert!(
                            found == wanted || !command.contains("OUT") && found.2 == wanted.2,
                            "{what}"
                        );
                        survived += 1;
                        continue;
                    }
                    let Err(Failure::Report(report)) = result else {
                        panic!("{what}: {result:?}");
                    };
                    assert_eq!(report.code, ErrorCode::Io, "{what}");
                    assert!(
                        report.message.contains(&fault.cause()),
                        "{what}: {}",
                        report.message
                    );
                    // The summary gets its name last, once the export has its own.
                    let is_unsaid = step == Step::Rename && report.message.contains("summary:");
                    let want = if is_unsaid { &wanted.0 } else { &before };
                    assert_eq!(&folder.get("OUT"), want, "{what}");
                    let summary = folder.get("summary").unwrap_or_default();
                    let summary = String::from_utf8(summary).unwrap();
                    assert!(!summary.contains("totals"), "{what}: {summary}");
                    let rejects = folder.get("rejects");
                    assert!(
                        rejects.is_none() || rejects == wanted.1 || rejects == Some(Vec::new()),
                        "{what}"
                    );
                    let part = folder
                        .names()
                        .into_iter()
                        .find(|name| name.ends_with(".part"));
                    assert_eq!(part, None, "{what}");
                    next_one_works(&folder, command, &stdin, &wanted, &names);
                }
            }
        }
    }
    println!("{faults} faults: {survived} went unnoticed as they should, the others ended the run");
    assert!(faults >= 500, "{faults}");
}

fn next_one_works(
    folder: &Folder,
    command: &str,
    stdin: &[u8],
    wanted: &(Option<Vec<u8>>, Option<Vec<u8>>, Vec<u8>),
    names: &BTreeSet<String>,
) {
    let disk = FaultyDisk::without_fault(stdin.to_vec());
    if !command.contains("OUT") {
        folder.remove("OUT");
    }
    folder.run(command, &disk.shared()).unwrap();
    let found = (folder.get("OUT"), folder.get("rejects"), disk.stdout());
    assert!(&found == wanted, "{command}");
    assert_eq!(&folder.names(), names, "{command}");
}

/// Whoever reads standard output may leave at any time.
#[test]
fn a_broken_pipe_is_no_report() {
    let folder = Folder::new();
    let stdin = folder.get("users.json").unwrap();
    for number in 1.. {
        let disk = FaultyDisk::new(stdin.clone(), Step::Write, Fault::Os(32), number);
        let result = folder.run("export - --chunk 150 --threads 1", &disk.shared());
        if !disk.has_fired() {
            assert!(number > 3 && result.is_ok());
            break;
        }
        assert!(matches!(result, Err(Failure::BrokenPipe)), "{result:?}");
    }
}

#[test]
fn the_real_disk_makes_a_file_only_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("target");
    let mut file = RealDisk.temporary(folder.path(), None).unwrap();
    file.write_all(b"text").unwrap();
    file.sync().unwrap();
    assert!(!target.exists());
    file.persist(&target).unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"text");
    drop(RealDisk.temporary(folder.path(), None).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
