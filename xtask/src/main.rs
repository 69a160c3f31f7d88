//! Sets up, builds, serves, tests and measures Rollcall.

mod bench;
mod build;
mod case;
mod command;
mod fuzz;
mod pack;
mod project;
mod serve;
mod setup;
mod test;
mod users;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Sets up, builds, serves, tests and measures Rollcall.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Serve(serve::Arguments),
    Test(test::Arguments),
    Build(build::Arguments),
    /// Makes the npm package, a tarball.
    Pack,
    Fuzz(fuzz::Arguments),
    Bench(bench::Arguments),
    Users(users::Arguments),
    Case(case::Arguments),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Serve(arguments) => serve::run(arguments)?,
        Task::Test(arguments) => return Ok(test::run(arguments)),
        Task::Bench(arguments) => return bench::run(arguments),
        Task::Build(arguments) => {
            build::run(arguments)?;
        }
        Task::Pack => {
            println!("{}", pack::run()?.display());
        }
        Task::Fuzz(arguments) => fuzz::run(arguments)?,
        Task::Users(arguments) => users::run(arguments)?,
        Task::Case(arguments) => case::run(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_make_sense() {
        Arguments::command().debug_assert();
    }
}
