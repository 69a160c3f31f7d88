//! The form's request in the words of others: JSON, curl and the SDK.

use std::fmt::Write;

use super::form::Form;
use crate::show;

/// The base address of a tenant's API, to be replaced by its own.
const DOMAIN: &str = "https://YOUR_TENANT.auth0.com";

/// The request body. What cannot be seen in it, or turns the text around it, is written as escapes.
pub fn body(form: &Form) -> String {
    let body = serde_json::to_string_pretty(&form.request()).expect("a request is plain data");
    escape_unseen(&body)
}

/// Outside of its strings JSON has no such characters.
fn escape_unseen(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\x7f' || show::is_unseen(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("a string takes all");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// The request as a command of curl, for Auth0's own API: without what only Rollcall knows.
pub fn curl(form: &Form) -> String {
    // A quote ends the shell's text, stands by itself, and begins it again.
    let body = body(form).replace('\'', r"'\''");
    format!(
        "curl -X POST '{DOMAIN}/api/v2/jobs/users-exports' \\\n  \
         -H \"Authorization: Bearer $TOKEN\" \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -d '{body}'"
    )
}

/// The request by Auth0's own SDK to a tenant of the npm package.
pub fn sdk(form: &Form) -> String {
    let name = serde_json::Value::from(form.tenant.as_str()).to_string();
    let name = escape_unseen(&name);
    let request = body(form);
    format!(
        "import {{ JobsClient }} from \"auth0/jobs\";\n\
         import {{ createTenant }} from \"rollcall\";\n\
         \n\
         const tenant = await createTenant({{ name: {name}, users: file }});\n\
         const jobs = new JobsClient({{\n  \
           baseUrl: `${{tenant.origin}}/api/v2`,\n  \
           token: \"any\",\n  \
           fetch: tenant.fetch,\n\
         }});\n\
         const job = await jobs.usersExports.create({request});\n"
    )
}
