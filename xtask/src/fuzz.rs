//! `cargo xtask fuzz`

mod build;
mod target;

use crate::{
    command::{cargo, run as run_command},
    project::{root, target as target_folder},
    test::Counts,
};
use anyhow::{Context, Result, ensure};
use std::{fs, num::NonZero, path::PathBuf, sync::Mutex, thread};
use target::Target;

/// Looks for bytes that break a law of `fuzz/src`, under every law or those that are named.
#[derive(clap::Args)]
pub struct Arguments {
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
    /// Afterwards makes `fuzz/corpus` anew: the fewest files that reach all that was reached.
    #[arg(long)]
    pub minimise: bool,
    /// Has AddressSanitizer watch what the libraries do unsafely; a tenth as fast.
    #[arg(long)]
    pub address_sanitizer: bool,
    /// The targets; all of them if none is named.
    pub targets: Vec<String>,
    /// Whether the newest targets get three times as long.
    #[arg(skip)]
    favours_newest: bool,
}

/// What watches the newest readers of files.
const NEWEST: [&str; 2] = ["csv_in", "layouts"];

impl Arguments {
    /// Twenty seconds for every target and a minute for the newest, so that a whole run of the tests
    /// stays short.
    pub fn of_a_test() -> Self {
        Self {
            seconds: 20,
            minimise: false,
            address_sanitizer: false,
            targets: Vec::new(),
            favours_newest: true,
        }
    }

    fn seconds_for(&self, target: &str) -> u64 {
        match self.favours_newest && NEWEST.contains(&target) {
            true => 3 * self.seconds,
            false => self.seconds,
        }
    }
}

/// Builds the targets, runs them on all processors, and prints a line for each.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut counts = Counts::default();
    run_counted(arguments, &mut counts)?;
    ensure!(
        counts.failed == 0,
        "{} of the targets failed",
        counts.failed
    );
    Ok(())
}

/// As [`run`]; a target that finds nothing counts as a test that passes.
pub fn run_counted(arguments: &Arguments, counts: &mut Counts) -> Result<()> {
    let targets = choose(&arguments.targets)?;
    let programs = build::programs(arguments.address_sanitizer)?;
    let folder = folder();
    run_command(
        cargo()
            .args([
                "run",
                "--quiet",
                "-p",
                "rollcall-fuzz",
                "--example",
                "seeds",
                "--",
            ])
            .arg(folder.join("seeds"))
            .current_dir(root()),
    )?;
    let targets: Vec<Target> = targets
        .into_iter()
        .map(|name| Target::new(name, &programs, &folder))
        .collect();
    let queue = Mutex::new(targets.iter());
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                // The lock is held for the choice of a target, not while it runs.
                let next = || queue.lock().expect("no thread panics with it").next();
                while let Some(target) = next() {
                    let outcome = target.search(arguments.seconds_for(&target.name));
                    let mut outcomes = outcomes.lock().expect("no thread panics with it");
                    outcomes.push(outcome);
                }
            });
        }
    });
    let mut runs = 0;
    for outcome in outcomes.into_inner().expect("no thread panicked") {
        match outcome {
            Ok(found) => {
                runs += found;
                counts.passed += 1;
            }
            Err(error) => {
                println!("{error:#}");
                counts.failed += 1;
            }
        }
    }
    println!("{runs} runs in all");
    if arguments.minimise && counts.failed == 0 {
        targets.iter().try_for_each(Target::minimise)?;
    }
    Ok(())
}

/// Everything that fuzzing writes: programs, what was found, logs.
fn folder() -> PathBuf {
    target_folder().join("fuzz")
}

/// Each program in `fuzz/src/bin` is a target.
fn choose(named: &[String]) -> Result<Vec<String>> {
    let programs = root().join("fuzz/src/bin");
    let mut all = Vec::new();
    for entry in fs::read_dir(&programs).context("there are no targets")? {
        let path = entry?.path();
        let name = path.file_stem().context("a program has a name")?;
        all.push(name.to_string_lossy().into_owned());
    }
    all.sort();
    for name in named {
        ensure!(
            all.contains(name),
            "no target `{name}`: there are {}",
            all.join(", ")
        );
    }
    Ok(if named.is_empty() {
        all
    } else {
        named.to_vec()
    })
}
