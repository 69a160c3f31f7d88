//! The user profile: known attributes, default fields, dates and secrets.

use crate::plan::request::FieldSpec;

/// The attributes offered for selection; identity providers add others.
pub const ATTRIBUTES: [&str; 23] = [
    "app_metadata",
    "blocked",
    "created_at",
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "identities",
    "last_ip",
    "last_login",
    "last_password_reset",
    "logins_count",
    "multifactor",
    "multifactor_last_modified",
    "name",
    "nickname",
    "phone_number",
    "phone_verified",
    "picture",
    "updated_at",
    "user_id",
    "user_metadata",
    "username",
];

/// The fields that "Include default fields" adds, with their headings.
pub const DASHBOARD_FIELDS: [(&str, &str); 11] = [
    ("user_id", "Id"),
    ("given_name", "Given Name"),
    ("family_name", "Family Name"),
    ("nickname", "Nickname"),
    ("name", "Name"),
    ("email", "Email"),
    ("email_verified", "Email Verified"),
    ("picture", "Picture"),
    ("identities[0].connection", "Connection"),
    ("created_at", "Created At"),
    ("updated_at", "Updated At"),
];

/// The columns of a CSV file whose request names no fields.
pub const DEFAULT_CSV_FIELDS: [&str; 21] = [
    "user_id",
    "email",
    "email_verified",
    "username",
    "phone_number",
    "phone_verified",
    "name",
    "given_name",
    "family_name",
    "nickname",
    "picture",
    "identities[0].connection",
    "created_at",
    "updated_at",
    "last_login",
    "last_ip",
    "logins_count",
    "blocked",
    "last_password_reset",
    "multifactor",
    "multifactor_last_modified",
];

/// The dates that Auth0 itself writes, which CSV leaves unquoted.
pub const DATES: [&str; 5] = [
    "created_at",
    "updated_at",
    "last_login",
    "last_password_reset",
    "multifactor_last_modified",
];

/// The root keys whose values are known to be texts, as dates are.
pub(crate) const TEXTS: [&str; 15] = [
    "user_id",
    "email",
    "username",
    "name",
    "given_name",
    "family_name",
    "nickname",
    "picture",
    "phone_number",
    "last_ip",
    DATES[0],
    DATES[1],
    DATES[2],
    DATES[3],
    DATES[4],
];

/// The root keys whose values are known to be `true` or `false`.
pub(crate) const BOOLEANS: [&str; 3] = ["email_verified", "phone_verified", "blocked"];

/// The root keys whose values are known to be numbers.
pub(crate) const NUMBERS: [&str; 1] = ["logins_count"];

/// The root keys whose values are known to be lists or objects.
pub(crate) const NESTED: [&str; 4] = ["identities", "multifactor", METADATA[0], METADATA[1]];

/// Root keys that Auth0 does not export.
pub const NOT_EXPORTABLE: [&str; 3] = ["blocked_for", "guardian_authenticators", "tenant"];

/// Keys anywhere inside `identities` that are exported only if a field names them, because they give
/// access to other systems.
pub const TOKENS: [&str; 4] = [
    "access_token",
    "access_token_secret",
    "refresh_token",
    "id_token",
];

/// Root keys that are exported only if a field names them; bulk import files contain them.
pub const PASSWORDS: [&str; 4] = [
    "password",
    "password_hash",
    "passwordHash",
    "custom_password_hash",
];

/// Root keys below which every [`FACTOR_SECRET`] is exported only if a field names it.
pub const FACTORS: [&str; 2] = ["mfa_factors", "multifactor"];

/// The key of a second factor's shared secret.
pub const FACTOR_SECRET: &str = "secret";

/// Root keys whose values contain secrets.
pub(crate) const HOLDERS: [&str; 3] = ["identities", FACTORS[0], FACTORS[1]];

/// Whether a root key is omitted from whole records; `is` compares it.
pub(crate) fn is_hidden(is: impl Fn(&str) -> bool) -> bool {
    NOT_EXPORTABLE.iter().chain(&PASSWORDS).any(|key| is(key))
}

/// The metadata objects, which CSV exports only key by key.
pub const METADATA: [&str; 2] = ["app_metadata", "user_metadata"];

/// [`DASHBOARD_FIELDS`] as the `fields` of a request.
pub fn dashboard_fields() -> Vec<FieldSpec> {
    DASHBOARD_FIELDS
        .iter()
        .map(|&(name, title)| FieldSpec {
            name: name.to_owned(),
            export_as: Some(title.to_owned()),
        })
        .collect()
}
