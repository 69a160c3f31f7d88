use super::*;

#[test]
fn whole_objects_end_behind_their_brace() {
    for (text, want) in [
        (r#"{}"#, Step::End(2)),
        (
            r#" {"a":[1,-0,1.5e+9,true,false,null,"\u00e9\n"]} x"#,
            Step::End(47),
        ),
        (r#"{"a":{"b":[{},[]]}}"#, Step::End(19)),
        (r#"{"a":1"#, Step::More),
        (r#"{"a":"x\"#, Step::More),
    ] {
        assert_eq!(Checker::new().feed(text.as_bytes()), want, "{text}");
    }
}

#[test]
fn faults_stand_where_the_grammar_breaks_and_show_what_stands_there() {
    use Expected as E;
    for (text, byte, overrun, expected, found) in [
        (r#"x "#, 0, 1, E::Value, "`x`"),
        (r#"{x:1}"#, 1, 1, E::FirstKey, "`x`"),
        (r#"{'a':1}"#, 1, 0, E::FirstKey, "`'`"),
        (r#"{"a":1,}"#, 7, 0, E::Key, "`}`"),
        (r#"{"a" 1}"#, 5, 1, E::Colon, "`1`"),
        (r#"{"a":}"#, 5, 0, E::Value, "`}`"),
        (r#"{"a":1]"#, 6, 0, E::ObjectEnd, "`]`"),
        (r#"{"a":[1}"#, 7, 0, E::ArrayEnd, "`}`"),
        (r#"{"a":[1,]}"#, 8, 0, E::Value, "`]`"),
        (r#"{"a":[1,,2]}"#, 8, 0, E::Value, "a comma"),
        (r#"{"a":tru}"#, 5, 0, E::Literal, "`tru`"),
        (r#"{"a":nan}"#, 5, 2, E::Literal, "`nan`"),
        (r#"{"a":NaN}"#, 5, 3, E::Value, "`NaN`"),
        (r#"{"a":-Infinity}"#, 5, 8, E::Digit, "`-Infinity`"),
        (r#"{"a":ObjectId("5f")}"#, 5, 9, E::Value, "`ObjectId(`"),
        (
            r#"{"a":_ABCDEFGHIJKLMNOPQRSTUVW}"#,
            5,
            20,
            E::Value,
            "`_ABCDEFGHIJKLMNOPQRS…`",
        ),
        (r#"{"a":01}"#, 6, 1, E::ObjectEnd, "`1`"),
        (r#"{"a":1.}"#, 7, 0, E::Digit, "`}`"),
        (r#"{"a":-}"#, 6, 0, E::Digit, "`}`"),
        (r#"{"a":1e}"#, 7, 0, E::Digit, "`}`"),
        (r#"{"a":+1}"#, 5, 2, E::Value, "`+1`"),
        ("{\"a\":\u{201c}x}", 5, 3, E::Value, "the character U+201C"),
        ("{\"a\":\"\t\"}", 6, 0, E::Control, "a tab"),
        (r#"{"a":"\x"}"#, 7, 0, E::Escape, "`x`"),
        (r#"{"a":"\u00g0"}"#, 10, 0, E::Unicode, "`g`"),
    ] {
        for size in 1..=text.len() {
            let mut checker = Checker::new();
            let mut taken = 0;
            let violation = text.as_bytes().chunks(size).find_map(|chunk| {
                match checker.feed(chunk) {
                    Step::More => taken += chunk.len(),
                    Step::End(_) => panic!("{text}"),
                    Step::Violation(at, violation) => {
                        taken += at;
                        return Some(violation);
                    }
                }
                None
            });
            let violation = violation.unwrap();
            assert_eq!(
                (violation.expected, violation.found.to_string().as_str()),
                (expected, found),
                "{text}"
            );
            assert_eq!(taken - violation.back, byte, "{text}");
            assert_eq!(checker.overrun(), overrun, "{text}");
        }
    }
}

#[test]
fn any_cut_gives_the_same_step() {
    let text = br#"{"a":[1.5e-3,"\u00e9\\",{"b":null}],"c":true}"#;
    for cut in 0..text.len() {
        let mut checker = Checker::new();
        assert_eq!(checker.feed(&text[..cut]), Step::More, "{cut}");
        assert_eq!(
            checker.feed(&text[cut..]),
            Step::End(text.len() - cut),
            "{cut}"
        );
    }
}

#[test]
fn depth_counts_the_record_itself() {
    let nested = |levels: usize| {
        format!(
            r#"{{"a":{}{}}}"#,
            "[".repeat(levels - 1),
            "]".repeat(levels - 1)
        )
    };
    let deepest = nested(MAX_DEPTH);
    assert_eq!(
        Checker::new().feed(deepest.as_bytes()),
        Step::End(deepest.len())
    );
    let too_deep = nested(MAX_DEPTH + 1);
    let at = 4 + MAX_DEPTH;
    assert!(matches!(
        Checker::new().feed(too_deep.as_bytes()),
        Step::Violation(place, violation)
            if place == at && violation.expected == Expected::Depth
    ));
}
