//! `cargo xtask users`

mod dice;
mod json;
mod profile;
mod words;

use anyhow::{Context, Result};
use dice::Dice;
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// Writes made-up users to stdout: about 1.2 KB each, so 830,000 make a gigabyte.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many users to write.
    count: u64,
    /// Another seed gives other users; the same seed always gives the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Writes one JSON array instead of one user per line.
    #[arg(long)]
    array: bool,
    /// Compresses the output.
    #[arg(long)]
    gzip: bool,
}

/// What separates the users.
#[derive(Clone, Copy, PartialEq)]
pub enum Layout {
    Lines,
    Array,
}

/// Writes the users that the arguments ask for to stdout.
pub fn run(arguments: &Arguments) -> Result<()> {
    let layout = if arguments.array {
        Layout::Array
    } else {
        Layout::Lines
    };
    let result = if arguments.gzip {
        let mut gzip = GzEncoder::new(io::stdout().lock(), Compression::default());
        write(&mut gzip, arguments.count, arguments.seed, layout)
            .and_then(|()| gzip.finish()?.flush())
    } else {
        let mut stdout = io::stdout().lock();
        write(&mut stdout, arguments.count, arguments.seed, layout).and_then(|()| stdout.flush())
    };
    match result {
        // A reader such as `head` has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to stdout"),
    }
}

/// The users that come with the page: NDJSON, compressed.
pub fn sample(count: u64) -> Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    write(&mut gzip, count, 1, Layout::Lines)?;
    Ok(gzip.finish()?)
}

/// Writes users.
pub fn write(out: &mut impl Write, count: u64, seed: u64, layout: Layout) -> io::Result<()> {
    const FULL: usize = 256 * 1024;
    let mut dice = Dice::new(seed);
    let mut buffer = Vec::with_capacity(FULL + 16 * 1024);
    if layout == Layout::Array {
        buffer.extend_from_slice(b"[\n");
    }
    for number in 1..=count {
        profile::write(&mut buffer, &mut dice, number);
        if layout == Layout::Array && number < count {
            buffer.push(b',');
        }
        buffer.push(b'\n');
        if buffer.len() > FULL {
            out.write_all(&buffer)?;
            buffer.clear();
        }
    }
    if layout == Layout::Array {
        buffer.extend_from_slice(b"]\n");
    }
    out.write_all(&buffer)
}

#[cfg(test)]
mod tests;
