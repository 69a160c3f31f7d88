//! `typed users.ndjson out.csv`: serde_json into a typed struct.

use peers::{lines, typed};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    lines::main(|line, out| Ok(typed::row(line, out)?))
}
