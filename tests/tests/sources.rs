//! What the sources of the page and of the package may not hold: ways from a text to markup or code.

mod files;

use std::fs;

/// Each is a way by which a text of a user could become markup, style or a program.
const FORBIDDEN: [&str; 16] = [
    "inner_html",
    "innerHTML",
    "outer_html",
    "outerHTML",
    "insertAdjacentHTML",
    "insert_adjacent_html",
    "from_html_unchecked",
    "createContextualFragment",
    "document.write",
    "DOMParser",
    "srcdoc",
    "dangerously",
    "eval(",
    "new Function(",
    "Function::new",
    "javascript:",
];

/// Folders whose files reach a browser.
const FOLDERS: [&str; 9] = [
    "www/src",
    "www/static",
    "www/js",
    "www/style",
    "crate-web/src",
    "crate-web/js",
    "crate-js/src",
    "crate-tenant/src",
    "crate-core/src",
];

#[test]
fn no_text_becomes_markup_or_code() {
    let extensions = ["rs", "js", "html"];
    let files = FOLDERS
        .map(|folder| files::below(folder, &extensions))
        .concat();
    assert!(files.len() > 100, "{} files", files.len());
    let mut found = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            for word in FORBIDDEN {
                if line.contains(word) {
                    found.push(format!("{}:{}: {word}", file.display(), number + 1));
                }
            }
        }
    }
    assert_eq!(found, [] as [String; 0]);
}

/// The page names no other place to load anything from.
#[test]
fn the_page_loads_only_its_own_files() {
    let page = fs::read_to_string(files::root().join("www/static/index.html")).unwrap();
    for attribute in ["src=\"", "href=\""] {
        for address in page.split(attribute).skip(1) {
            let address = address.split('"').next().unwrap();
            let is_own = !address.contains(':') && !address.starts_with("//");
            assert!(is_own, "{address}");
        }
    }
    for inline in ["<style", "style=", " onclick", " onload", "<script>"] {
        assert!(!page.contains(inline), "{inline}");
    }
}
