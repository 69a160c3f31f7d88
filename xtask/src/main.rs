//! Sets up, builds, serves and tests Rollcall.

mod build;
mod command;
mod project;
mod setup;
mod users;

use clap::{Parser, Subcommand};

/// Sets up, builds, serves and tests Rollcall.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Build(build::Arguments),
    Users(users::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Build(arguments) => build::run(&arguments),
        Task::Users(arguments) => users::run(&arguments),
    }
}
