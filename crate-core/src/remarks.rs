//! What a person should know about a finished file, in sentences: the page, the API and the command
//! say the same.

mod suggest;

use crate::number::{count, number};
use crate::pass::totals::Totals;
use crate::plan::options::{CsvProfile, ExportOptions};
use crate::plan::request::{ExportRequest, FieldSpec, Format};
use suggest::suggestion;

/// The remark on input without users.
pub const NO_USERS: &str = "The input contains no users.";

const FORMULAS: &str =
    "The plain profile does not guard against formulas; a spreadsheet may run them.";

/// What to do about cells that Excel would change.
const IMPORT: &str =
    "To keep them, import the file in Excel with Data > From Text/CSV and make their columns Text.";

/// The most names in one sentence.
const MAX_NAMES: usize = 10;

/// One sentence for each surprise of a complete export.
///
/// Records left out and users of other connections are none: see [`sum`]. Names of fields are quoted
/// in backticks and may hold any character.
///
/// ```
/// use rollcall_core::remarks::remarks;
/// use rollcall_core::{ExportOptions, ExportRequest, Totals};
///
/// let request = ExportRequest::from_json(br#"{"fields":[{"name":"user_id"},{"name":"Email"}]}"#)?;
/// let totals = Totals { read: 3, exported: 3, found: vec![3, 0], ..Totals::default() };
/// assert_eq!(
///     remarks(&totals, &request, &ExportOptions::default()),
///     ["No exported user has the field `Email`: did you mean `email`?"],
/// );
/// # Ok::<(), rollcall_core::RequestError>(())
/// ```
pub fn remarks(totals: &Totals, request: &ExportRequest, options: &ExportOptions) -> Vec<String> {
    let mut remarks = Vec::new();
    if totals.read == 0 {
        remarks.push(NO_USERS.to_owned());
    }
    if totals.exported > 0 {
        let fields = request.fields.as_deref().unwrap_or_default();
        missing_fields(totals, fields, &mut remarks);
    }
    let is_csv = request.format.unwrap_or_default() == Format::Csv;
    let mut remark = |many: u64, noun: &str, what: &str| {
        if many > 0 {
            remarks.push(format!("{}{what}", count(many, noun)));
        }
    };
    remark(
        totals.duplicate_keys,
        "user",
        " had an exported key twice; the last value was used.",
    );
    remark(
        totals.replaced_surrogates,
        "cell",
        " contained half a character, which was written as \u{fffd}.",
    );
    remark(
        totals.long_cells,
        "cell",
        " longer than 32,767 characters: Excel cuts off the rest.",
    );
    remark(
        totals.long_numbers,
        "number",
        &format!(" with more than 15 digits: Excel replaces the others by zeros. {IMPORT}"),
    );
    remark(
        totals.converted_texts,
        "text",
        &format!(
            " that Excel turns into other numbers or dates, as it does with 00123 and 1-2. {IMPORT}"
        ),
    );
    remark(
        totals.untyped_cells,
        "cell",
        " of the input taken as text: not of the type of the column.",
    );
    remark(
        totals.commas,
        "comma",
        " after users on lines, which NDJSON does not have: skipped.",
    );
    remark(
        totals.actions,
        "line",
        " with actions of an Elasticsearch bulk file, which are no users: skipped.",
    );
    if is_csv && totals.rows_beyond_excel() > 0 {
        remarks.push("The file has more rows than the 1,048,576 that Excel shows.".to_owned());
    }
    if is_csv && options.csv_profile == CsvProfile::Plain {
        remarks.push(FORMULAS.to_owned());
    }
    remarks
}

/// The counts of a complete export, which add up, as a sentence.
pub fn sum(totals: &Totals) -> String {
    format!(
        "{} read: {} exported, {} left out, {} of other connections.",
        count(totals.read, "record"),
        number(totals.exported),
        number(totals.left_out),
        number(totals.other_connections),
    )
}

/// Names the fields that were found in no user. Of default fields many are usually missing: that
/// matters only if all are.
fn missing_fields(totals: &Totals, fields: &[FieldSpec], remarks: &mut Vec<String>) {
    let Totals { found, paths, .. } = totals;
    if !found.is_empty() && found.iter().all(|users| *users == 0) {
        let which = match fields {
            [] => "default fields",
            _ => "fields asked for",
        };
        let mut text = format!("No exported user has any of the {which}.");
        if !paths.is_empty() {
            text += &format!(" The first one has {}.", names(paths));
        }
        remarks.push(text);
    } else if found.len() != fields.len() {
        // Default fields, or the totals are those of an older version.
        return;
    }
    let missing = fields.iter().zip(found).filter(|(_, users)| **users == 0);
    let mut others = Vec::new();
    for (field, _) in missing {
        let name = &field.name;
        match suggestion(name, paths) {
            Some(meant) => remarks.push(format!(
                "No exported user has the field `{name}`: did you mean `{meant}`?"
            )),
            None => others.push(name.clone()),
        }
    }
    if others.len() < found.len() {
        match others.as_slice() {
            [] => {}
            [one] => remarks.push(format!("No exported user has the field `{one}`.")),
            many => remarks.push(format!("No exported user has the fields {}.", names(many))),
        }
    }
}

/// `a`, `b` and `c`
fn names(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let (shown, rest) = quoted.split_at(quoted.len().min(MAX_NAMES));
    match (shown, rest) {
        (shown, [_, ..]) => {
            let others = count(rest.len() as u64, "other");
            format!("{} and {others}", shown.join(", "))
        }
        ([before @ .., last], []) if !before.is_empty() => {
            format!("{} and {last}", before.join(", "))
        }
        (shown, []) => shown.concat(),
    }
}

#[cfg(test)]
mod tests;
