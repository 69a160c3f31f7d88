use super::*;

fn request(format: Format, fields: &[&str]) -> ExportRequest {
    let spec = |name: &&str| FieldSpec {
        name: (*name).to_owned(),
        export_as: None,
    };
    ExportRequest {
        format: Some(format),
        fields: Some(fields.iter().map(spec).collect()),
        ..ExportRequest::default()
    }
}

fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn remarks_follow_from_the_totals() {
    let users = |exported| Totals {
        read: exported,
        exported,
        ..Totals::default()
    };
    let csv = ExportOptions::default();
    let plain = ExportOptions {
        csv_profile: CsvProfile::Plain,
        ..ExportOptions::default()
    };
    for (totals, format, options, want) in [
        (users(5), Format::Csv, &csv, vec![]),
        (users(5), Format::Json, &plain, vec![]),
        (users(5), Format::Csv, &plain, vec![FORMULAS]),
        (users(0), Format::Json, &csv, vec![NO_USERS]),
        (
            Totals {
                read: 3,
                left_out: 1,
                other_connections: 2,
                ..Totals::default()
            },
            Format::Csv,
            &csv,
            vec![],
        ),
        (users(1_048_575), Format::Csv, &csv, vec![]),
        (
            users(1_048_576),
            Format::Csv,
            &csv,
            vec!["The file has more rows than the 1,048,576 that Excel shows."],
        ),
        (users(1_048_576), Format::Json, &csv, vec![]),
        (
            Totals {
                duplicate_keys: 1,
                replaced_surrogates: 2,
                long_cells: 3000,
                long_numbers: 1,
                converted_texts: 5,
                ..users(1)
            },
            Format::Csv,
            &csv,
            vec![
                "1 user had an exported key twice; the last value was used.",
                "2 cells contained half a character, which was written as \u{fffd}.",
                "3,000 cells longer than 32,767 characters: Excel cuts off the rest.",
                "1 number with more than 15 digits: Excel replaces the others by zeros. To keep them, import the file in Excel with Data > From Text/CSV and make their columns Text.",
                "5 texts that Excel turns into other numbers or dates, as it does with 00123 and 1-2. To keep them, import the file in Excel with Data > From Text/CSV and make their columns Text.",
            ],
        ),
    ] {
        let found = remarks(&totals, &request(format, &[]), options);
        assert_eq!(found, want, "{totals:?} {format:?}");
    }
}

#[test]
fn fields_that_no_user_has_are_named() {
    let paths = texts(&["statusCode", "error"]);
    for (fields, found, paths, want) in [
        (vec!["user_id", "a"], vec![3, 1], &[][..], vec![]),
        (
            vec!["user_id", "a"],
            vec![3, 0],
            &[],
            vec!["No exported user has the field `a`."],
        ),
        (
            vec!["user_id", "a", "b", "Email", "c"],
            vec![3, 0, 0, 0, 0],
            &[],
            vec![
                "No exported user has the field `Email`: did you mean `email`?",
                "No exported user has the fields `a`, `b` and `c`.",
            ],
        ),
        (
            vec!["user_id", "email"],
            vec![0, 0],
            &paths,
            vec![
                "No exported user has any of the fields asked for. The first one has `statusCode` and `error`.",
            ],
        ),
        (
            vec!["StatusCode", "email"],
            vec![0, 0],
            &paths,
            vec![
                "No exported user has any of the fields asked for. The first one has `statusCode` and `error`.",
                "No exported user has the field `StatusCode`: did you mean `statusCode`?",
                "No exported user has the field `email`.",
            ],
        ),
        // Nobody asked for the default fields, of which many are missing.
        (vec![], vec![3, 0, 0], &[], vec![]),
        (
            vec![],
            vec![0, 0, 0],
            &[],
            vec!["No exported user has any of the default fields."],
        ),
        // Whole records, or counts that an older version has not kept.
        (vec![], vec![], &[], vec![]),
        (vec!["user_id", "a"], vec![], &[], vec![]),
    ] {
        let totals = Totals {
            read: 3,
            exported: 3,
            found: found.clone(),
            paths: paths.to_vec(),
            ..Totals::default()
        };
        let request = request(Format::Csv, &fields);
        let got = remarks(&totals, &request, &ExportOptions::default());
        assert_eq!(got, want, "{fields:?} {found:?}");
    }
}

#[test]
fn without_an_exported_user_no_field_is_missed() {
    let totals = Totals {
        read: 3,
        other_connections: 3,
        found: vec![0],
        ..Totals::default()
    };
    let request = request(Format::Csv, &["a"]);
    let options = ExportOptions::default();
    assert_eq!(remarks(&totals, &request, &options), Vec::<String>::new());
}

#[test]
fn many_names_are_cut() {
    let many: Vec<String> = (1..=12).map(|number| format!("f{number}")).collect();
    let want = "`f1`, `f2`, `f3`, `f4`, `f5`, `f6`, `f7`, `f8`, `f9`, `f10` and 2 others";
    assert_eq!(names(&many), want);
    assert_eq!(names(&many[..1]), "`f1`");
}

#[test]
fn what_was_meant() {
    let paths = texts(&["id", "attributes.Country", "user_metadata.plan", "Users"]);
    for (name, want) in [
        (".email", Some("email")),
        ("$.email", Some("email")),
        ("/email", Some("email")),
        ("user.email", Some("email")),
        ("Email", Some("email")),
        ("email ", Some("email")),
        ("EMAIL", Some("email")),
        ("e-mail", Some("email")),
        ("emailVerified", Some("email_verified")),
        ("Given Name", Some("given_name")),
        ("Connection", Some("identities[0].connection")),
        ("identities.connection", Some("identities[0].connection")),
        ("identities[*].connection", Some("identities[0].connection")),
        ("/user_metadata/plan", Some("user_metadata.plan")),
        ("$.user_metadata.other", Some("user_metadata.other")),
        ("userMetadata.plan", Some("user_metadata.plan")),
        ("Attributes.country", Some("attributes.Country")),
        ("Id", Some("id")),
        ("users", Some("Users")),
        ("email", None),
        ("identities[1].connection", None),
        ("user_metadata.other", None),
        // It may well be what was meant, but nobody had it.
        ("user_metadata.email", None),
        ("nothing", None),
        ("", None),
        (".", None),
    ] {
        assert_eq!(suggestion(name, &paths).as_deref(), want, "{name}");
    }
}

#[test]
fn the_counts_are_a_sentence() {
    let totals = Totals {
        read: 1007,
        exported: 1001,
        left_out: 4,
        other_connections: 2,
        ..Totals::default()
    };
    assert_eq!(
        sum(&totals),
        "1,007 records read: 1,001 exported, 4 left out, 2 of other connections."
    );
}
