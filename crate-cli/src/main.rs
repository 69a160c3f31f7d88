//! The `rollcall` command: files in, a file out, with the same core as the page.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

mod args;
mod connections;
mod disk;
mod export;
mod failure;
mod feed;
mod field;
mod input;
mod interrupt;
mod measure;
mod output;
mod overlap;
mod path;
mod pool;
mod progress;
mod report;
mod request;
mod run;
mod summary;

use args::{Cli, Command};
use disk::{Disk, RealDisk};

fn main() -> ExitCode {
    let command = Cli::parse().command;
    interrupt::install();
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let result = match command {
        Command::Export(args) => export::run(&args, &disk),
        Command::Connections(args) => connections::run(&args, &disk),
    };
    result.map_or_else(|failure| failure.report(), |()| ExitCode::SUCCESS)
}
