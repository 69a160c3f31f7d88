//! Bytes that fuzzing has found to matter, and the golden cases, under each law.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use rollcall_fuzz::{TARGETS, Target, seeds};

fn main() {
    let trials = TARGETS.into_iter().flat_map(|target| {
        let corpus = Trial::test(format!("{}: corpus", target.name), move || corpus(target));
        let seeds = Trial::test(format!("{}: golden cases", target.name), move || {
            let seeds = seeds(target.name).into_iter().enumerate();
            hold(target, seeds.map(|(index, seed)| (index.to_string(), seed)))
        });
        [corpus, seeds]
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn corpus(target: Target) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target.name);
    let files = fs::read_dir(folder)?.map(|entry| {
        let path = entry.unwrap().path();
        (path.display().to_string(), fs::read(path).unwrap())
    });
    hold(target, files)
}

fn hold(target: Target, inputs: impl Iterator<Item = (String, Vec<u8>)>) -> Result<(), Failed> {
    let mut count = 0;
    for (name, bytes) in inputs {
        catch_unwind(|| (target.law)(&bytes)).map_err(|_| format!("{name} breaks the law"))?;
        count += 1;
    }
    match count {
        0 => Err("there is nothing to try".into()),
        _ => Ok(()),
    }
}
