//! Whether two CSV files hold the same rows.

use anyhow::{Context, Result, bail};
use csv::ByteRecord;
use std::io::Read;

/// Compares cell by cell and gives how many rows there are, the headings not counted. How cells
/// are quoted does not matter, as writers differ; whether they begin with `'` does.
pub fn compare(expected: impl Read, found: impl Read) -> Result<u64> {
    let (mut expected, mut found) = (reader(expected), reader(found));
    let headings = expected.byte_headers()?.clone();
    if found.byte_headers()? != &headings {
        bail!("the headings are {}", shown(found.byte_headers()?));
    }
    let (mut wanted, mut row) = (ByteRecord::new(), ByteRecord::new());
    let mut count = 0;
    loop {
        let has_row = found.read_byte_record(&mut row).context("it is not CSV")?;
        match (expected.read_byte_record(&mut wanted)?, has_row) {
            (false, false) => return Ok(count),
            (true, false) => bail!("it ends after {count} rows"),
            (false, true) => bail!("row {} is one too many: {}", count + 1, shown(&row)),
            (true, true) => count += 1,
        }
        if row.len() != headings.len() {
            bail!("row {count} has {} cells: {}", row.len(), shown(&row));
        }
        for ((heading, wanted), cell) in headings.iter().zip(&wanted).zip(&row) {
            if cell != wanted {
                let [heading, cell, wanted] = [heading, cell, wanted].map(String::from_utf8_lossy);
                bail!("row {count}, {heading}: {cell:?} instead of {wanted:?}");
            }
        }
    }
}

fn reader<R: Read>(file: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        // A row with a wrong number of cells is for us to tell of.
        .flexible(true)
        .buffer_capacity(1 << 20)
        .from_reader(file)
}

fn shown(row: &ByteRecord) -> String {
    row.iter()
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told() {
        let expected = "id,name\n\"'1\",\"'say \"\"hi\"\"\"\n\"'2\",\n";
        for (found, want) in [
            (expected, "2"),
            // Another writer quotes otherwise.
            (
                "\"id\",\"name\"\r\n'1,\"'say \"\"hi\"\"\"\r\n'2,\"\"\r\n",
                "2",
            ),
            ("id,nom\n", "the headings are id | nom"),
            ("id,name\n'1,\"'say \"\"hi\"\"\"\n", "it ends after 1 rows"),
            (
                "id,name\n'1,\"'say \"\"hi\"\"\"\n'2,\n'3,\n",
                "row 3 is one too many: '3 | ",
            ),
            ("id,name\n1,\n", "row 1, id: \"1\" instead of \"'1\""),
            (
                "id,name\n'1,'say hi\n",
                "row 1, name: \"'say hi\" instead of \"'say \\\"hi\\\"\"",
            ),
            ("id,name\n'1\n", "row 1 has 1 cells: '1"),
        ] {
            let told = match compare(expected.as_bytes(), found.as_bytes()) {
                Ok(count) => count.to_string(),
                Err(error) => error.to_string(),
            };
            assert_eq!(told, want, "{found}");
        }
    }
}
