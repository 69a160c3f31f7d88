//! Documents and the page use plain English: words that they avoid, and what to write instead.

mod files;

use std::fs;

use proc_macro2::{TokenStream, TokenTree};
use syn::Lit;

/// Each word is wrong in this project, or says less than the one beside it.
const AVOIDED: [(&str, &str); 38] = [
    ("anew", "again"),
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
    ("laws", "properties"),
    ("look into", "inspect"),
    ("looked into", "inspected"),
    ("looks into", "inspects"),
    ("nobody", "no one, nothing"),
    ("object a line", "object per line"),
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
    let mut count = 0;
    for source in files::below("www/src", &["rs"]) {
        let code = fs::read_to_string(&source).unwrap().parse().unwrap();
        let mut texts = Vec::new();
        literals(code, &mut texts);
        for text in &texts {
            assert_eq!(avoided(text), [], "{text:?} in {}", source.display());
        }
        count += texts.len();
    }
    assert!(count > 500, "{count} texts");
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
fn literals_are_not_comments_or_characters() {
    let code = r#"
        //! An "inner" comment.
        /// A "doc" comment.
        #[cfg(feature = "none")]
        fn show() {
            let quote = '"'; // and "another"
            say!(<p>{ "one \"quoted\" text" }</p>, "https://acme.example", 1);
            let long = "goes \
                on";
        }
    "#;
    let mut found = Vec::new();
    literals(code.parse().unwrap(), &mut found);
    let want = ["one \"quoted\" text", "https://acme.example", "goes on"];
    assert_eq!(found, want);
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

/// Finds the string literals of Rust code, except those of attributes, which doc comments are too.
fn literals(code: TokenStream, found: &mut Vec<String>) {
    let mut is_attribute = false;
    for token in code {
        match &token {
            TokenTree::Group(group) if !is_attribute => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal.clone()) {
                    found.push(text.value());
                }
            }
            _ => (),
        }
        is_attribute = match token {
            TokenTree::Punct(sign) => {
                sign.as_char() == '#' || is_attribute && sign.as_char() == '!'
            }
            _ => false,
        };
    }
}
