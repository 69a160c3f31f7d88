//! The names of texts that hold no users.

use super::kind::{CONVERT, Kind, TABLE};

const VALUE: &str = "save the value as JSON";

/// What a text certainly is, whatever its later lines hold.
pub(super) fn certain(text: &[u8]) -> Option<Kind> {
    let begins = |words: &[&str]| begins_with(text, words);
    let (name, advice) = if text.starts_with(b"version https://git-lfs") {
        (
            "a Git LFS pointer",
            "get the file itself with `git lfs pull`",
        )
    } else if begins(&["HTTP/"]) {
        ("HTTP headers", "save only what follows them")
    } else if begins(&["-----BEGIN PGP MESSAGE"]) {
        ("a PGP message", "decrypt it")
    } else if begins(&["-----BEGIN "]) {
        ("a PEM file", "")
    } else if begins(&["BEGIN:VCARD"]) {
        ("vCards", CONVERT)
    } else if begins(&["BEGIN:VCALENDAR"]) {
        ("a calendar", "")
    } else if begins(&["dn: ", "dn:: "]) {
        ("LDIF", CONVERT)
    } else if is_sql(text) {
        ("a SQL dump", TABLE)
    } else if is_python(text) {
        ("Python", VALUE)
    } else if is_javascript(text) {
        ("JavaScript", VALUE)
    } else if begins(&["#!"]) {
        ("a script", "save what it prints")
    } else if is_call(text) {
        (
            "JSONP, a call around JSON",
            "remove the name and the parentheses",
        )
    } else if is_assignment(text) {
        ("JavaScript or Python", VALUE)
    } else {
        return None;
    };
    Some(Kind { name, advice })
}

/// What a text may be that has no line of JSON.
pub(super) fn other(text: &[u8]) -> Kind {
    let begins = |words: &[&str]| begins_with(text, words);
    let line = first_line(text);
    let is_log = [&b"20"[..], b"INFO", b"WARN", b"ERROR", b"DEBUG"]
        .iter()
        .any(|start| line.starts_with(start) && line.contains(&b':'));
    let (name, advice) = if is_log {
        (
            "a log file",
            "remove what stands in front of each JSON object",
        )
    } else if begins(&["curl: ("]) {
        ("an error message of curl", "")
    } else if begins(&["---", "%YAML"]) || is_member(text) {
        ("YAML", CONVERT)
    } else if begins(&["+--"]) || has_ruler(text) {
        ("a table printed for people", TABLE)
    } else if is_base64(line) {
        ("Base64", "decode it")
    } else if is_setting(text) {
        ("a file of settings", "")
    } else if begins(&["# ", "## ", "```", "* "]) {
        ("Markdown", "")
    } else {
        ("text", "")
    };
    Kind { name, advice }
}

/// Whether a text begins with one of these words in any letter case.
fn begins_with(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| {
        let start = text.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii)
}

fn first_line(text: &[u8]) -> &[u8] {
    lines(text).next().unwrap_or_default()
}

fn is_sql(text: &[u8]) -> bool {
    let is_statement = |line: &[u8]| {
        begins_with(
            line,
            &[
                "INSERT INTO ",
                "CREATE TABLE ",
                "CREATE DATABASE ",
                "DROP TABLE ",
                "ALTER TABLE ",
                "LOCK TABLES ",
                "START TRANSACTION",
                "PRAGMA ",
                "SET ",
            ],
        ) || begins_with(line, &["COPY "]) && line.contains(&b'(')
    };
    let is_comment =
        |line: &[u8]| line.is_empty() || begins_with(line, &["--", "/*", "#", "BEGIN", "\\"]);
    // A dump begins with comments.
    begins_with(text, &["-- PostgreSQL", "-- MySQL", "-- MariaDB"])
        || lines(text)
            .find(|line| !is_comment(line))
            .is_some_and(is_statement)
}

/// The first line reads as one of Python: a heading of CSV may begin with the same words.
fn is_python(text: &[u8]) -> bool {
    let line = first_line(text);
    let has = |part: &[u8]| line.windows(part.len()).any(|window| window == part);
    line.starts_with(b"#!/") && has(b"python")
        || line.starts_with(b"def ") && line.ends_with(b":")
        || line.starts_with(b"class ") && line.ends_with(b":")
        || line.starts_with(b"from ") && has(b" import ")
        || line.starts_with(b"import ") && !line.ends_with(b";") && !has(b",") && !has(b"'")
}

/// The same for JavaScript and its relatives.
fn is_javascript(text: &[u8]) -> bool {
    let line = first_line(text);
    begins_with(
        text,
        &[
            "module.exports",
            "export default",
            "(function",
            "\"use strict\"",
            "'use strict'",
        ],
    ) || begins_with(
        text,
        &[
            "const ",
            "let ",
            "var ",
            "window.",
            "exports.",
            "export const ",
        ],
    ) && line.contains(&b'=')
        || begins_with(text, &["function ", "async function "]) && line.contains(&b'(')
        || begins_with(text, &["import "]) && (line.ends_with(b";") || line.contains(&b'\''))
}

/// The length of a name.
fn name_length(text: &[u8]) -> usize {
    let is_in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_$.-".contains(byte);
    text.iter().take_while(is_in_name).count()
}

/// `callback({` or `callback([`
fn is_call(text: &[u8]) -> bool {
    let length = name_length(text);
    let behind = text[length..].trim_ascii_start();
    length > 0
        && behind.first() == Some(&b'(')
        && matches!(behind[1..].trim_ascii_start(), [b'{' | b'[', ..])
}

/// `users = [` or `users = {`
fn is_assignment(text: &[u8]) -> bool {
    let length = name_length(text);
    let behind = text[length..].trim_ascii_start();
    length > 0
        && behind.first() == Some(&b'=')
        && matches!(behind[1..].trim_ascii_start(), [b'{' | b'[', ..])
}

/// The first line that is not empty and no comment.
fn first_statement(text: &[u8]) -> &[u8] {
    let mut lines = lines(text).filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    lines.next().unwrap_or_default()
}

/// `key: value`, `key:` or `- key: value`
fn is_member(text: &[u8]) -> bool {
    let line = first_statement(text);
    let line = line.strip_prefix(b"- ").unwrap_or(line);
    let length = name_length(line);
    length > 0 && matches!(&line[length..], [b':'] | [b':', b' ', ..])
}

/// `KEY=value`
fn is_setting(text: &[u8]) -> bool {
    let line = first_statement(text);
    let line = line.strip_prefix(b"export ").unwrap_or(line);
    let length = name_length(line);
    length > 0 && line[length..].trim_ascii_start().first() == Some(&b'=')
}

/// The line below the titles of a table: `----+----`
fn has_ruler(text: &[u8]) -> bool {
    let line = lines(text).nth(1).unwrap_or_default();
    line.len() > 3 && line.iter().all(|byte| b"-+| :".contains(byte)) && line.contains(&b'-')
}

/// A long line of nothing else.
fn is_base64(line: &[u8]) -> bool {
    let in_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/_-.".contains(byte);
    let end = line.iter().rposition(|&byte| byte != b'=');
    end.is_some_and(|end| end >= 38 && line[..=end].iter().all(in_base64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_named() {
        for (text, want) in [
            ("-- a note\n\nINSERT INTO users VALUES (1);\n", "a SQL dump"),
            ("/*!40101 SET NAMES utf8 */;\nSET a=1;", "a SQL dump"),
            (
                "\\restrict x\n-- PostgreSQL\nCOPY users (id) FROM stdin;",
                "a SQL dump",
            ),
            ("- user_id: 1\n  email: a\n", "YAML"),
            ("users:\n  - id: 1\n", "YAML"),
            ("# users\nusers:\n", "YAML"),
            ("dn: uid=ann,dc=example\nuid: ann\n", "LDIF"),
            ("from x import y\n", "Python"),
            ("import x from 'y';\n", "JavaScript"),
            ("var users = [\n  {\n", "JavaScript"),
            ("module.exports = [\n", "JavaScript"),
            ("users = [\n  {", "JavaScript or Python"),
            ("cb([{\"a\":1}])", "JSONP, a call around JSON"),
            ("HTTP/1.1 200 OK\r\nServer: x\r\n", "HTTP headers"),
            (
                "version https://git-lfs.github.com/spec/v1\n",
                "a Git LFS pointer",
            ),
            ("BEGIN:VCARD\r\n", "vCards"),
            ("-----BEGIN PGP MESSAGE-----\n", "a PGP message"),
            ("-----BEGIN CERTIFICATE-----\n", "a PEM file"),
            ("AUTH0_DOMAIN=example\n", "a file of settings"),
            ("2026-01-01 12:00:00 started\n", "a log file"),
            ("INFO: {\"a\":1}\n", "a log file"),
            (
                " id | email\n----+-------\n  1 | a\n",
                "a table printed for people",
            ),
            ("+----+\n| id |\n", "a table printed for people"),
            ("# Users\n\nThere are none.\n", "Markdown"),
            (
                "eyJ1c2VyX2lkIjoiYXV0aDB8MSIsImVtYWlsIjoiYUBiLmV4YW1wbGUifQ==",
                "Base64",
            ),
            (
                "curl: (6) Could not resolve host: example\n",
                "an error message of curl",
            ),
            ("hello\n", "text"),
            ("null\n", "text"),
        ] {
            let text = text.as_bytes();
            let kind = certain(text).unwrap_or_else(|| other(text));
            assert_eq!(kind.name, want, "{}", text.escape_ascii());
        }
    }
}
