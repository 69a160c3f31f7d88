//! `cargo xtask serve`

mod headers;
mod server;

pub use server::Server;

use crate::build;
use anyhow::Result;

/// Builds the page and serves it to this machine.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port; without it 8080, or the next that is free. 0 takes any.
    #[arg(long)]
    port: Option<u16>,
    /// Opens the page in the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    build: build::Arguments,
}

/// Builds, then serves until it is interrupted.
pub fn run(arguments: &Arguments) -> Result<()> {
    // First, as a taken port should not cost a build.
    let server = Server::listen(arguments.port)?;
    let dist = build::run(&arguments.build)?;
    println!("Rollcall is at {}", server.address());
    if arguments.open {
        open::that_detached(server.address())?;
    }
    server.serve(&dist)
}
