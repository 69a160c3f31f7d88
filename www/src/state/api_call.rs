//! The form's request in the words of others: JSON, curl and the SDK.

use super::form::Form;

/// The base address of a tenant's API, to be replaced by its own.
const DOMAIN: &str = "https://YOUR_TENANT.auth0.com";

/// The request body.
pub fn body(form: &Form) -> String {
    serde_json::to_string_pretty(&form.request()).expect("a request is plain data")
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
    let name = serde_json::Value::from(form.tenant.as_str());
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
