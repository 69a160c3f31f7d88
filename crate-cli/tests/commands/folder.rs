//! A folder of users in which the command runs, and readers of what it says.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::thread;

use tempfile::TempDir;

pub const USERS: &str = r#"{"user_id":"auth0|1","email":"a@acme.example","identities":[{"connection":"db"}]}
{"user_id":"auth0|2","email":"b@acme.example","identities":[{"connection":"db"},{"connection":"google-oauth2"}]}
{"user_id":"auth0|3","email":"c@acme.example"}
"#;
pub const CSV: &str = "user_id\n\"'auth0|1\"\n\"'auth0|2\"\n\"'auth0|3\"\n";
pub const BROKEN: &str = "{\"user_id\":\"a\"}\n{\"user_id\":}\n{\"user_id\":\"b\"}\n";
pub const BROKEN_CSV: &str = "user_id\n\"'a\"\n\"'b\"\n";
pub const ID: [&str; 2] = ["--field", "user_id"];

/// A folder with `users.json` and `broken.json`, in which commands run.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put("users.json", USERS);
        folder.put("broken.json", BROKEN);
        folder
    }

    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.path().join(name), content).unwrap();
    }

    pub fn get(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.0.path().join(name)).ok()
    }

    pub fn names(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
        command.args(args).current_dir(self.0.path());
        command
    }

    /// Runs with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).stdin(Stdio::null()).output().unwrap()
    }

    pub fn export(&self, args: &[&str]) -> Output {
        self.run(&[&["export"], args].concat())
    }

    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        thread::scope(|scope| {
            // The command may have ended before it read everything.
            scope.spawn(move || stdin.write_all(input).ok());
            child.wait_with_output().unwrap()
        })
    }
}

/// `(error, record, line, byte, message)`.
pub type Report = (String, Option<u64>, Option<u64>, Option<u64>, String);

pub fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).unwrap()
}

/// The only line of standard error.
pub fn failure(output: &Output) -> Report {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let [line] = reports(stderr(output)).try_into().expect("one line");
    line
}

pub fn reports(text: &str) -> Vec<Report> {
    text.lines()
        .map(|line| {
            let report: serde_json::Value = serde_json::from_str(line).expect(line);
            let keys: Vec<_> = report.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), 5, "{line}");
            let number = |key: &str| report.get(key).unwrap().as_u64();
            let text = |key: &str| report[key].as_str().unwrap().to_owned();
            (
                text("error"),
                number("record"),
                number("line"),
                number("byte"),
                text("message"),
            )
        })
        .collect()
}
