use super::*;

#[test]
fn faults_stand_where_the_grammar_breaks() {
    for (text, want) in [
        (r#"{}"#, Step::End(2)),
        (
            r#" {"a":[1,-0,1.5e+9,true,false,null,"\u00e9\n"]} x"#,
            Step::End(47),
        ),
        (r#"{"a":{"b":[{},[]]}}"#, Step::End(19)),
        (r#"{"a":1"#, Step::More),
        (r#"{"a":"x\"#, Step::More),
        (r#"x"#, Step::Violation(0, Violation::Value)),
        (r#"{x"#, Step::Violation(1, Violation::FirstKey)),
        (r#"{"a":1,}"#, Step::Violation(7, Violation::Key)),
        (r#"{"a" 1}"#, Step::Violation(5, Violation::Colon)),
        (r#"{"a":}"#, Step::Violation(5, Violation::Value)),
        (r#"{"a":1]"#, Step::Violation(6, Violation::ObjectEnd)),
        (r#"{"a":[1}"#, Step::Violation(7, Violation::ArrayEnd)),
        (r#"{"a":[1,]}"#, Step::Violation(8, Violation::Value)),
        (r#"{"a":tru}"#, Step::Violation(8, Violation::Literal)),
        (r#"{"a":NaN}"#, Step::Violation(5, Violation::Value)),
        (r#"{"a":01}"#, Step::Violation(6, Violation::ObjectEnd)),
        (r#"{"a":1.}"#, Step::Violation(7, Violation::Digit)),
        (r#"{"a":-}"#, Step::Violation(6, Violation::Digit)),
        (r#"{"a":1e}"#, Step::Violation(7, Violation::Digit)),
        (r#"{"a":+1}"#, Step::Violation(5, Violation::Value)),
        ("{\"a\":\"\t\"}", Step::Violation(6, Violation::Control)),
        (r#"{"a":"\x"}"#, Step::Violation(7, Violation::Escape)),
        (r#"{"a":"\u00g0"}"#, Step::Violation(10, Violation::Unicode)),
    ] {
        assert_eq!(Checker::new().feed(text.as_bytes()), want, "{text}");
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
    assert_eq!(
        Checker::new().feed(too_deep.as_bytes()),
        Step::Violation(at, Violation::Depth)
    );
}
