//! The value of `--field`.

use rollcall_core::FieldSpec;

/// Reads `name` or `name=export_as`, split at the last `=` outside brackets and quotes.
pub fn parse(text: &str) -> Result<FieldSpec, &'static str> {
    let (name, export_as) = match last_equals_sign(text) {
        Some(at) => (&text[..at], Some(text[at + 1..].to_owned())),
        None => (text, None),
    };
    if name.is_empty() {
        return Err("expected NAME or NAME=EXPORT_AS; the name is missing");
    }
    Ok(FieldSpec {
        name: name.to_owned(),
        export_as,
    })
}

fn last_equals_sign(text: &str) -> Option<usize> {
    let mut found = None;
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if next == '=' {
            found = Some(at);
        }
        // An unclosed bracket or quote is an ordinary character.
        at += enclosed_length(&text[at..]).unwrap_or(next.len_utf8());
    }
    found
}

/// Length of the bracketed or quoted part that the text begins with.
fn enclosed_length(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '[' => bracket_length(text),
        quote @ ('"' | '\'') => quoted_length(text, quote),
        _ => None,
    }
}

fn bracket_length(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        match text[at..].chars().next()? {
            ']' => return Some(at + 1),
            quote @ ('"' | '\'') => at += quoted_length(&text[at..], quote).unwrap_or(1),
            other => at += other.len_utf8(),
        }
    }
}

fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Some(at + 1);
        }
        if character == '\\' {
            characters.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_the_last_equals_sign_outside_brackets_and_quotes() {
        for (text, name, export_as) in [
            ("email", "email", None),
            ("email=E-mail", "email", Some("E-mail")),
            ("email=", "email", Some("")),
            ("a=b=c", "a=b", Some("c")),
            (
                "identities[0].connection=from",
                "identities[0].connection",
                Some("from"),
            ),
            (r#"a["x=y"]"#, r#"a["x=y"]"#, None),
            (r#"a["x=y"]=z"#, r#"a["x=y"]"#, Some("z")),
            ("a['x]=y']=z", "a['x]=y']", Some("z")),
            (r#"a["x\"=y"]=z"#, r#"a["x\"=y"]"#, Some("z")),
            (r#""a=b"=c"#, r#""a=b""#, Some("c")),
            (
                "https://acme.example/?q=1=Role",
                "https://acme.example/?q=1",
                Some("Role"),
            ),
            ("nickname=the user's", "nickname", Some("the user's")),
            ("name=first [given", "name", Some("first [given")),
            ("a[\"=b", "a[\"", Some("b")),
            ("grüße=größe", "grüße", Some("größe")),
        ] {
            let want = FieldSpec {
                name: name.to_owned(),
                export_as: export_as.map(str::to_owned),
            };
            assert_eq!(parse(text), Ok(want), "{text}");
        }
    }

    #[test]
    fn a_name_is_required() {
        for text in ["", "=title"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
