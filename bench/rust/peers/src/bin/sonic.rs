//! `sonic users.ndjson out.csv`: sonic-rs, which looks for many paths in one pass.

use peers::{csv, lines};
use sonic_rs::{JsonValueTrait, LazyValue, PointerTree, pointer};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut tree = PointerTree::new();
    tree.add_path(pointer!["user_id"].iter());
    tree.add_path(pointer!["email"].iter());
    tree.add_path(pointer!["email_verified"].iter());
    tree.add_path(pointer!["name"].iter());
    tree.add_path(pointer!["identities", 0, "connection"].iter());
    tree.add_path(pointer!["user_metadata", "address", "city"].iter());
    tree.add_path(pointer!["app_metadata", "roles"].iter());
    tree.add_path(pointer!["created_at"].iter());
    lines::main(|line, out| {
        let values = sonic_rs::get_many(line, &tree)?;
        for (column, value) in values.into_iter().enumerate() {
            if column > 0 {
                out.push(b',');
            }
            if let Some(value) = value.filter(|value| !value.is_null()) {
                cell(&value, column == 7, out);
            }
        }
        out.push(b'\n');
        Ok(())
    })
}

fn cell(value: &LazyValue, is_date: bool, out: &mut Vec<u8>) {
    match value.as_str() {
        Some(text) if is_date => out.extend_from_slice(text.as_bytes()),
        Some(text) => csv::text(out, text.as_bytes()),
        None if value.is_boolean() => out.extend_from_slice(value.as_raw_str().as_bytes()),
        None => csv::text(out, value.as_raw_str().as_bytes()),
    }
}
