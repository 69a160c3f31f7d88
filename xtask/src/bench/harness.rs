//! The browser, by way of `bench/browser/harness.mjs`.

use crate::project::root;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    rc::Rc,
};

/// The process that drives the browser.
#[derive(Clone)]
pub struct Harness(Rc<RefCell<Process>>);

struct Process {
    // It ends with its standard input.
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    _child: Child,
}

impl Harness {
    /// Starts it with the browser and the folders that it serves.
    pub fn start(chrome: &Path, folders: &[(&str, PathBuf)]) -> Result<Self> {
        let folders: serde_json::Map<_, _> = folders
            .iter()
            .map(|(name, folder)| ((*name).to_owned(), json!(folder)))
            .collect();
        let mut child = Command::new("node")
            .arg(root().join("bench/browser/harness.mjs"))
            .env("CHROME", chrome)
            .env("BENCH_FOLDERS", Value::from(folders).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")?;
        Ok(Self(Rc::new(RefCell::new(Process {
            stdin: child.stdin.take().expect("it is piped"),
            stdout: BufReader::new(child.stdout.take().expect("it is piped")),
            _child: child,
        }))))
    }

    /// Asks for a run and waits for its end.
    pub fn ask(&self, question: &Value) -> Result<Value> {
        let mut process = self.0.borrow_mut();
        writeln!(process.stdin, "{question}").context("the harness has ended")?;
        let mut line = String::new();
        process.stdout.read_line(&mut line)?;
        let answer: Value =
            serde_json::from_str(&line).context("the harness has ended without an answer")?;
        if let Some(error) = answer["error"].as_str() {
            bail!("{}", error.lines().next().unwrap_or_default());
        }
        Ok(answer)
    }
}
