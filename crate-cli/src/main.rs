//! The `rollcall` command: files in, a file out, by the same core as the page.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod connections;
mod export;
mod failure;
mod feed;
mod field;
mod input;
mod interrupt;
mod output;
mod overlap;
mod pool;
mod progress;
mod remarks;
mod report;
mod request;

use args::{Cli, Command};

fn main() -> ExitCode {
    let command = Cli::parse().command;
    interrupt::install();
    let result = match command {
        Command::Export(args) => export::run(&args),
        Command::Connections(args) => connections::run(&args),
    };
    result.map_or_else(|failure| failure.tell(), |()| ExitCode::SUCCESS)
}
