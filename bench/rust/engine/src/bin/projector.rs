//! `projector users.ndjson request bytes passes`: Rollcall's projector over the first users of a
//! file, in memory. Writes the seconds of all passes.

use engine::projector;
use std::{env, error::Error, fs::File, io::Read, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, request, bytes, passes] = arguments.as_slice() else {
        return Err("projector users.ndjson request bytes passes".into());
    };
    let mut users = Vec::new();
    File::open(file)?
        .take(bytes.parse()?)
        .read_to_end(&mut users)?;
    let whole = users
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |feed| feed + 1);
    users.truncate(whole);
    let start = Instant::now();
    for _ in 0..passes.parse()? {
        projector::pass(request, &users)?;
    }
    println!("{}", start.elapsed().as_secs_f64());
    Ok(())
}
