//! Documents, the page and the program use plain English: words they avoid, and what to write
//! instead.

mod files;

use std::fs;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

/// Each word is wrong in this project, or says less than the one beside it.
const AVOIDED: [(&str, &str); 41] = [
    ("anew", "again"),
    ("any more", "no longer"),
    ("anybody", "anyone"),
    ("as it stands", "unchanged"),
    ("as you like", "at your option"),
    ("behind", "after"),
    ("beside", "next to, alongside, against"),
    ("blanks", "white space"),
    ("break down", "crash"),
    ("breaks down", "crashes"),
    ("broken off", "truncated, stopped"),
    ("by gzip", "gzipped"),
    ("everybody", "everyone"),
    ("for want of", "without"),
    ("foreign", "untrusted, third-party"),
    ("found room", "was written"),
    ("goes on", "continues"),
    ("in silence", "silently"),
    ("inside of", "inside"),
    ("laws", "properties"),
    ("look into", "inspect"),
    ("looked into", "inspected"),
    ("looks into", "inspects"),
    ("nobody", "no one, nothing"),
    ("object a line", "object per line"),
    ("outside of", "outside"),
    ("owed", "outstanding"),
    ("parted", "separated"),
    ("rightly", "correctly"),
    ("sees to it", "makes sure"),
    ("so many", "a count"),
    ("somebody", "someone"),
    ("strangers", "untrusted"),
    ("taken for", "mistaken for, treated as"),
    ("tells of", "reports"),
    ("to the byte", "byte for byte"),
    ("told", "reported"),
    ("unseen", "invisible"),
    ("user a line", "user per line"),
    ("was heard", "was received"),
    ("whoever", "anyone who"),
];

#[test]
fn documents_avoid_these_words() {
    let mut documents = files::below("docs", &["md"]);
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "bench/README.md",
        "crate-web/README.md",
        "tests/README.md",
        "www/static/index.html",
    ] {
        documents.push(files::root().join(name));
    }
    assert!(documents.len() > 11, "{documents:?}");
    for document in documents {
        let text = without_code(&fs::read_to_string(&document).unwrap());
        assert_eq!(avoided(&text), [], "{}", document.display());
    }
}

#[test]
fn texts_of_the_page_avoid_these_words() {
    let count = checked_texts("www/src", &[]);
    assert!(count > 500, "{count} texts");
}

#[test]
fn messages_of_the_program_avoid_these_words() {
    for (folder, least) in [
        ("crate-cli/src", 50),
        ("crate-core/src", 300),
        ("crate-web/src", 60),
        ("crate-tenant/src", 10),
        ("crate-js/src", 3),
    ] {
        let count = checked_texts(folder, &["error"]);
        assert!(count > least, "{count} texts in {folder}");
    }
}

#[test]
fn help_of_the_command_avoids_these_words() {
    let count = checked_texts("crate-cli/src/args.rs", &["doc"]);
    assert!(count > 50, "{count} texts");
}

/// Checks the string literals of a file or of all Rust files below a folder, and counts them.
fn checked_texts(path: &str, attributes: &[&str]) -> usize {
    let sources = match path.ends_with(".rs") {
        true => vec![files::root().join(path)],
        false => files::below(path, &["rs"]),
    };
    let mut count = 0;
    for source in sources {
        let below = source
            .strip_prefix(files::root())
            .expect("it is in the project");
        if below
            .iter()
            .any(|part| part == "tests" || part == "tests.rs")
        {
            continue;
        }
        let code = fs::read_to_string(&source).expect("a source can be read");
        let code = code.parse().expect("a source is Rust");
        let mut texts = Vec::new();
        literals(code, attributes, &mut texts);
        for text in &texts {
            assert_eq!(avoided(text), [], "{text:?} in {}", source.display());
        }
        count += texts.len();
    }
    count
}

#[test]
fn words_are_found_whole_and_outside_of_code() {
    for (document, want) in [
        ("A mark behind\na record", &["behind"][..]),
        ("Whoever is told, BEHIND.", &["behind", "told", "whoever"]),
        ("so\n  many", &["so many"]),
        ("`csv-heading-behind-a-mark` is retold", &[]),
        ("before\n```\nbehind\n```\nafter", &[]),
    ] {
        let found = avoided(&without_code(document));
        let found: Vec<_> = found.into_iter().map(|(word, _)| word).collect();
        assert_eq!(found, want, "{document}");
    }
}

#[test]
fn literals_are_not_comments_characters_or_tests() {
    const QUOTED: &str = "one \"quoted\" text";
    let code = r#"
        //! An "inner" comment.
        /// A "doc" comment.
        #[cfg(feature = "none")]
        #[error("{0} is wrong")]
        fn show() {
            let quote = '"'; // and "another"
            say!(<p>{ "one \"quoted\" text" }</p>, "https://acme.example", 1);
            let long = "goes \
                on";
        }
        #[cfg(test)]
        mod tests {
            const TEXT: &str = "of a test";
        }
        #[cfg(test)]
        use super::*;
        mod last {}
    "#;
    for (attributes, want) in [
        (&[][..], &[QUOTED, "https://acme.example", "goes on"][..]),
        (
            &["error"],
            &["{0} is wrong", QUOTED, "https://acme.example", "goes on"],
        ),
        (
            &["doc"],
            &[
                " An \"inner\" comment.",
                " A \"doc\" comment.",
                QUOTED,
                "https://acme.example",
                "goes on",
            ],
        ),
    ] {
        let mut found = Vec::new();
        literals(code.parse().unwrap(), attributes, &mut found);
        assert_eq!(found, want, "{attributes:?}");
    }
}

/// The avoided words that a text holds, in any letter case and across lines.
fn avoided(text: &str) -> Vec<(&'static str, &'static str)> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let text = format!(" {} ", words.join(" "));
    AVOIDED
        .into_iter()
        .filter(|(word, _)| text.contains(&format!(" {word} ")))
        .collect()
}

/// The words of a document in markdown, without blocks and spans of code.
fn without_code(document: &str) -> String {
    let spans = |line: &str| line.split('`').step_by(2).collect::<Vec<_>>().join("…");
    let blocks = document.split("```").step_by(2);
    let lines: Vec<String> = blocks.flat_map(str::lines).map(spans).collect();
    lines.join("\n")
}

/// Finds the string literals of Rust code outside tests; in attributes, only in those of these names.
fn literals(code: TokenStream, attributes: &[&str], found: &mut Vec<String>) {
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                tokens.next_if(
                    |token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == '!'),
                );
                let Some(TokenTree::Group(attribute)) = tokens.next() else {
                    continue;
                };
                let code = attribute.stream();
                if code.to_string() == "cfg (test)" {
                    tokens.find(is_end_of_item);
                } else if attributes.contains(&&*first_word(&code)) {
                    literals(code, attributes, found);
                }
            }
            TokenTree::Group(group) => literals(group.stream(), attributes, found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found.push(text.value());
                }
            }
            _ => (),
        }
    }
}

fn first_word(code: &TokenStream) -> String {
    let first = code.clone().into_iter().next();
    first.map_or_else(String::new, |word| word.to_string())
}

fn is_end_of_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    }
}
