//! Everybody in turn, again and again.

use super::{
    contender::{Contender, Measured, Prepared},
    rows,
    workshop::Workshop,
};
use anyhow::{Context, Result};
use std::{
    fs::{self, File},
    path::Path,
};

/// What came of a contender.
pub struct Outcome {
    pub contender: &'static Contender,
    pub version: Option<String>,
    /// One a round.
    pub runs: Vec<Measured>,
    /// Why it did not run to the end.
    pub failure: Option<String>,
    /// Whether its rows are not those of the oracle.
    pub disagrees: bool,
    prepared: Option<Prepared>,
}

/// Installs what is missing; who cannot be installed is out.
pub fn set_up(chosen: &[&'static Contender], workshop: &mut Workshop) -> Vec<Outcome> {
    chosen
        .iter()
        .map(|contender| {
            let mut outcome = Outcome {
                contender,
                version: None,
                runs: Vec::new(),
                failure: None,
                disagrees: false,
                prepared: None,
            };
            match (contender.prepare)(workshop) {
                Ok(prepared) => {
                    outcome.version.clone_from(&prepared.version);
                    outcome.prepared = Some(prepared);
                }
                Err(error) => outcome.fail(&error),
            }
            outcome
        })
        .collect()
}

/// Runs all in turn, and compares what they write. Who fails once is out.
pub fn run(outcomes: &mut [Outcome], rounds: u32, workshop: &Workshop) -> Result<()> {
    let expected = workshop.data().expected()?;
    let output = workshop.output();
    for round in 1..=rounds {
        for outcome in &mut *outcomes {
            let Some(prepared) = &mut outcome.prepared else {
                continue;
            };
            match (prepared.run)(&output) {
                Ok(measured) => {
                    eprintln!("{round}/{rounds} {}", line(outcome.contender, &measured));
                    outcome.runs.push(measured);
                }
                Err(error) => outcome.fail(&error),
            }
            let is_due = outcome.contender.writes && outcome.failure.is_none();
            if is_due && let Err(error) = agree(&expected, &output) {
                outcome.disagrees = true;
                outcome.fail(&error.context("its rows are wrong"));
            }
            // The next one must not find it, nor pay for its removal.
            let _ = fs::remove_file(&output);
        }
    }
    Ok(())
}

fn agree(expected: &Path, output: &Path) -> Result<()> {
    let open =
        |path: &Path| File::open(path).with_context(|| format!("cannot read {}", path.display()));
    rows::compare(open(expected)?, open(output)?)?;
    Ok(())
}

fn line(contender: &Contender, measured: &Measured) -> String {
    format!(
        "{:<20} {:>8.2} s {:>8.2} s of processors {:>6.0} MB",
        contender.name,
        measured.seconds,
        measured.cpu_seconds,
        measured.memory as f64 / 1e6
    )
}

impl Outcome {
    fn fail(&mut self, error: &anyhow::Error) {
        eprintln!("{} is out: {error:#}", self.contender.name);
        self.failure = Some(format!("{error:#}"));
        self.runs.clear();
        self.prepared = None;
    }
}

#[cfg(test)]
impl Outcome {
    /// An outcome of these seconds, processor seconds and bytes.
    pub fn of(contender: &'static Contender, runs: &[(f64, f64)], bytes: u64) -> Self {
        Self {
            contender,
            version: Some("1.2".to_owned()),
            runs: runs
                .iter()
                .map(|(seconds, cpu_seconds)| Measured {
                    bytes,
                    seconds: *seconds,
                    cpu_seconds: *cpu_seconds,
                    memory: 21_000_000,
                })
                .collect(),
            failure: None,
            disagrees: false,
            prepared: None,
        }
    }

    /// An outcome of one who could not be installed.
    pub fn failed(contender: &'static Contender, why: &str) -> Self {
        let mut outcome = Self::of(contender, &[], 0);
        outcome.failure = Some(why.to_owned());
        outcome
    }
}
