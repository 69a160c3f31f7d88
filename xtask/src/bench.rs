//! `cargo xtask bench`

mod browser;
mod contender;
mod data;
mod field;
mod figures;
mod harness;
mod job;
mod machine;
mod memory;
mod native;
mod oracle;
mod report;
mod rounds;
mod rows;
mod workshop;

use anyhow::{Result, ensure};
use contender::Contender;
use std::process::ExitCode;
use workshop::Workshop;

/// Measures Rollcall and its peers at one job, in turn on the same file, and prints tables.
///
/// Peers are installed into `target/bench`, and by apt on Debian. One that cannot be installed is
/// listed with the reason. Every output is compared with an oracle, cell by cell.
#[derive(clap::Args)]
pub struct Arguments {
    /// How often each of them runs; the tables show medians.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Megabytes of users [default: 1000, with --memory 10000]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..))]
    size: Option<u64>,
    /// Only what runs natively.
    #[arg(long, conflicts_with = "browser")]
    native: bool,
    /// Only what runs in the browser.
    #[arg(long)]
    browser: bool,
    /// Only this one, beside what it is compared with; repeat it for more.
    #[arg(long, value_name = "NAME", value_parser = field::names())]
    only: Vec<String>,
    /// Measures memory instead, once, with users that come as a stream.
    #[arg(long, conflicts_with_all = ["rounds", "only"])]
    memory: bool,
}

/// Sets up, measures, and prints the tables to stdout; what it is doing goes to stderr.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let wants = |is_native| {
        if is_native {
            !arguments.browser
        } else {
            !arguments.native
        }
    };
    if arguments.memory {
        memory::run(arguments.size.unwrap_or(10_000), wants)?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen: Vec<&Contender> = field::chosen(&arguments.only, wants);
    ensure!(!chosen.is_empty(), "none of those is left");
    let mut workshop = Workshop::new(arguments.size.unwrap_or(1000))?;
    let machine = machine::Machine::look();
    let mut outcomes = rounds::set_up(&chosen, &mut workshop);
    rounds::run(&mut outcomes, arguments.rounds, &workshop)?;
    print!(
        "{}",
        report::markdown(&outcomes, &machine, workshop.data(), arguments.rounds)
    );
    Ok(if outcomes.iter().any(|outcome| outcome.disagrees) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
