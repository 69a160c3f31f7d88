//! A program that reads lines and writes CSV.

use memchr::{memchr, memrchr};
use std::{
    env,
    error::Error,
    fs::File,
    io::{Read, Write},
};

const BLOCK: usize = 1 << 20;

/// Hands every line of the first file to `job`, with the output, which goes to the second file.
pub fn main(
    mut job: impl FnMut(&[u8], &mut Vec<u8>) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let mut file = || {
        File::open(arguments.next().ok_or("a file of users is missing")?)
            .map_err(Box::<dyn Error>::from)
    };
    let mut input = file()?;
    let mut output = File::create(arguments.next().ok_or("a file to write is missing")?)?;
    let mut block = vec![0; BLOCK];
    let mut filled = 0;
    let mut out = Vec::with_capacity(BLOCK);
    out.extend_from_slice(crate::csv::HEADING);
    loop {
        if filled == block.len() {
            block.resize(2 * filled, 0);
        }
        let length = input.read(&mut block[filled..])?;
        if length == 0 {
            break;
        }
        let end = filled + length;
        let whole = memrchr(b'\n', &block[..end]).map_or(0, |feed| feed + 1);
        each(&block[..whole], &mut |line| job(line, &mut out))?;
        output.write_all(&out)?;
        out.clear();
        block.copy_within(whole..end, 0);
        filled = end - whole;
    }
    each(&block[..filled], &mut |line| job(line, &mut out))?;
    output.write_all(&out)?;
    Ok(())
}

/// Hands on each line of whole lines.
pub fn each<E>(mut lines: &[u8], job: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    while !lines.is_empty() {
        let end = memchr(b'\n', lines).unwrap_or(lines.len());
        job(&lines[..end])?;
        lines = &lines[(end + 1).min(lines.len())..];
    }
    Ok(())
}
