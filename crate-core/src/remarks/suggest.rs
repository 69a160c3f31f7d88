//! What a field that no user has may be meant to be.

use crate::plan::profile::{ATTRIBUTES, DASHBOARD_FIELDS};

/// The path that was meant by the name of a field that no user has, among those of the first user
/// and the known ones: equal but for case, blanks, `_`, `-`, indexes that it lacks, a leading `$`,
/// `.` or `/`, and a first step such as `user.`
pub(super) fn suggestion(name: &str, paths: &[String]) -> Option<String> {
    let bare = name
        .trim()
        .trim_start_matches(['$', '.', '/'])
        .replace('/', ".");
    let (root, rest) = match bare.find(['.', '[']) {
        Some(at) => bare.split_at(at),
        None => (bare.as_str(), ""),
    };
    let inner = rest.strip_prefix('.').filter(|_| !is_known(root, paths));
    let forms = [Some(bare.as_str()), inner];
    let meant = forms
        .into_iter()
        .flatten()
        .find_map(|form| meant(form, paths))
        // The first user may lack what is below an attribute that is known.
        .or_else(|| Some(format!("{}{rest}", meant(root, &[])?)))?;
    (meant != name).then_some(meant)
}

fn is_known(root: &str, paths: &[String]) -> bool {
    ATTRIBUTES.contains(&root) || paths.iter().any(|path| path == root)
}

/// The path that a text is another spelling of.
fn meant(text: &str, paths: &[String]) -> Option<String> {
    let text = simple(text);
    let of_user = paths.iter().map(|path| (path.as_str(), path.as_str()));
    let known = ATTRIBUTES.iter().map(|name| (*name, *name));
    let fields = DASHBOARD_FIELDS.iter().map(|(name, _)| (*name, *name));
    let titles = DASHBOARD_FIELDS.iter().map(|(name, title)| (*name, *title));
    let mut all = of_user.chain(known).chain(fields).chain(titles);
    let is_meant = |spelling: &str| {
        let spelling = simple(spelling);
        spelling == text || without_indexes(&spelling) == text
    };
    all.find(|(_, spelling)| is_meant(spelling))
        .map(|(path, _)| path.to_owned())
}

/// A spelling that does not tell cases and words apart, without `[]` and `[*]`.
fn simple(text: &str) -> String {
    let letters = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-'));
    let text: String = letters.flat_map(char::to_lowercase).collect();
    text.replace("[]", "").replace("[*]", "")
}

fn without_indexes(text: &str) -> String {
    text.replace("[0]", "")
}
