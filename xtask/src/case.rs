//! `cargo xtask case`

use crate::project::root;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// Makes the files of a new golden case.
#[derive(clap::Args)]
pub struct Arguments {
    /// The rule in words, such as csv-renames-a-nested-field.
    name: String,
}

/// What a case starts with; its author writes the expected output by hand.
const FILES: &[(&str, &str)] = &[
    (
        "request.json",
        "{\"format\":\"csv\",\"fields\":[{\"name\":\"user_id\"}]}\n",
    ),
    ("input.ndjson", "{\"user_id\":\"auth0|1\"}\n"),
    ("expected.csv", ""),
    ("why.txt", ""),
];

/// Makes the case and says what to do next.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = root().join("tests/cases").join(&arguments.name);
    make(&folder, &arguments.name)?;
    println!(
        "{} is there: write its request, input and expected output, and the rule into why.txt",
        folder.display()
    );
    Ok(())
}

fn make(folder: &Path, name: &str) -> Result<()> {
    ensure!(
        is_name(name),
        "`{name}` is not lower-case words joined by hyphens"
    );
    // Not `create_dir_all`: that would take a case that exists.
    fs::create_dir(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (file, content) in FILES {
        fs::write(folder.join(file), content)?;
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    name.split('-').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_words_with_hyphens() {
        for (name, want) in [
            ("csv-renames-a-field", true),
            ("gzip", true),
            ("json-64-bit-numbers", true),
            ("CSV-quotes", false),
            ("csv_quotes", false),
            ("csv--quotes", false),
            ("-csv", false),
            ("../csv", false),
            ("", false),
        ] {
            assert_eq!(is_name(name), want, "{name:?}");
        }
    }

    #[test]
    fn a_case_is_made_once() {
        let cases = tempfile::tempdir().unwrap();
        let folder = cases.path().join("a-rule");
        make(&folder, "a-rule").unwrap();
        assert_eq!(fs::read(folder.join("expected.csv")).unwrap(), b"");
        assert!(make(&folder, "a-rule").is_err());
    }
}
