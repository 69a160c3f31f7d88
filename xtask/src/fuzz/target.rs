//! One target of the search.

use crate::{command::run, project::root};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// A program, and the folders from which it takes what it begins with.
pub struct Target {
    pub name: String,
    program: PathBuf,
    /// What it finds is put here.
    found: PathBuf,
    /// The golden cases.
    seeds: PathBuf,
    /// What belongs to the repository.
    corpus: PathBuf,
    log: PathBuf,
    /// The start of the name of a file that breaks the law.
    crash: PathBuf,
}

impl Target {
    pub fn new(name: String, programs: &Path, folder: &Path) -> Self {
        Self {
            program: programs.join(&name),
            found: folder.join("found").join(&name),
            seeds: folder.join("seeds").join(&name),
            corpus: root().join("fuzz/corpus").join(&name),
            log: folder.join(format!("{name}.log")),
            crash: folder.join(format!("crash-{name}-")),
            name,
        }
    }

    /// Runs for so many seconds, prints the closing line, and gives the number of runs.
    pub fn search(&self, seconds: u64) -> Result<u64> {
        fs::create_dir_all(&self.found)?;
        let mut command = self.command();
        command
            .args([format!("-max_total_time={seconds}")])
            .args(["-timeout=60", "-rss_limit_mb=2048", "-max_len=1024"])
            .arg(option("-artifact_prefix=", &self.crash))
            .arg(option("-dict=", &root().join("fuzz/json.dict")))
            .args([&self.found, &self.corpus, &self.seeds]);
        let is_ok = command.status()?.success();
        let log = String::from_utf8_lossy(&fs::read(&self.log)?).into_owned();
        match (is_ok, closing(&log)) {
            (true, Some((line, runs))) => {
                println!("{:<9} {line}", self.name);
                Ok(runs)
            }
            _ => bail!(
                "{} breaks its law; {} tells how",
                self.name,
                self.log.display()
            ),
        }
    }

    /// Makes the corpus anew.
    pub fn minimise(&self) -> Result<()> {
        let old = self.corpus.with_extension("old");
        fs::rename(&self.corpus, &old)?;
        fs::create_dir(&self.corpus)?;
        run(self
            .command()
            .args(["-set_cover_merge=1", "-use_counters=0", "-max_len=512"])
            .args([&self.corpus, &self.found, &old, &self.seeds]))?;
        fs::remove_dir_all(old).context("cannot remove the old corpus")
    }

    /// The program, which writes all that it says to the log.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if let Ok(log) = File::create(&self.log) {
            command.stderr(log);
        }
        command
    }
}

fn option(name: &str, path: &Path) -> String {
    format!("{name}{}", path.display())
}

/// `Done 1690924 runs in 31 second(s)`, and the number.
fn closing(log: &str) -> Option<(&str, u64)> {
    let line = log.lines().rfind(|line| line.starts_with("Done "))?;
    let runs = line.split(' ').nth(1)?.parse().ok()?;
    Some((line, runs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_tells_the_runs() {
        let line = "Done 1690924 runs in 31 second(s)";
        let log = format!("#1 INITED\n{line}\n\n");
        assert_eq!(closing(&log), Some((line, 1_690_924)));
        assert_eq!(closing("SUMMARY: libFuzzer: deadly signal\n"), None);
    }
}
