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
        (r#"x"#, Step::Fault(0, Fault::Value)),
        (r#"{x"#, Step::Fault(1, Fault::FirstKey)),
        (r#"{"a":1,}"#, Step::Fault(7, Fault::Key)),
        (r#"{"a" 1}"#, Step::Fault(5, Fault::Colon)),
        (r#"{"a":}"#, Step::Fault(5, Fault::Value)),
        (r#"{"a":1]"#, Step::Fault(6, Fault::ObjectEnd)),
        (r#"{"a":[1}"#, Step::Fault(7, Fault::ArrayEnd)),
        (r#"{"a":[1,]}"#, Step::Fault(8, Fault::Value)),
        (r#"{"a":tru}"#, Step::Fault(8, Fault::Literal)),
        (r#"{"a":NaN}"#, Step::Fault(5, Fault::Value)),
        (r#"{"a":01}"#, Step::Fault(6, Fault::ObjectEnd)),
        (r#"{"a":1.}"#, Step::Fault(7, Fault::Digit)),
        (r#"{"a":-}"#, Step::Fault(6, Fault::Digit)),
        (r#"{"a":1e}"#, Step::Fault(7, Fault::Digit)),
        (r#"{"a":+1}"#, Step::Fault(5, Fault::Value)),
        ("{\"a\":\"\t\"}", Step::Fault(6, Fault::Control)),
        (r#"{"a":"\x"}"#, Step::Fault(7, Fault::Escape)),
        (r#"{"a":"\u00g0"}"#, Step::Fault(10, Fault::Unicode)),
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
        Step::Fault(at, Fault::Depth)
    );
}
