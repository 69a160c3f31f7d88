//! Writes the golden cases as files, with which fuzzing begins: `seeds <folder>`.

use std::path::PathBuf;
use std::{env, fs, io};

use rollcall_fuzz::{TARGETS, seeds};

fn main() -> io::Result<()> {
    let folder: PathBuf = env::args_os().nth(1).unwrap_or_else(|| ".".into()).into();
    for target in TARGETS {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        for (index, seed) in seeds(target.name).into_iter().enumerate() {
            fs::write(folder.join(format!("case-{index}")), seed)?;
        }
    }
    Ok(())
}
