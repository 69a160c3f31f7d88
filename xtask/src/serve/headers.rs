//! What the server says with every answer to keep the page's data on the page.

use axum::http::{HeaderName, HeaderValue, header};

/// What the page may do. `www/static/index.html` repeats this for servers that send no headers.
const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; \
    img-src 'self' data:; \
    connect-src 'self'; \
    worker-src blob:; \
    base-uri 'none'; \
    form-action 'none'; \
    require-trusted-types-for 'script'; \
    trusted-types default";

/// Browsers heed this one in a header only.
const FRAME_POLICY: &str = "frame-ancestors 'none'";

/// The headers of every answer.
pub fn all() -> [(HeaderName, HeaderValue); 5] {
    let policy = HeaderValue::try_from(format!("{POLICY}; {FRAME_POLICY}"))
        .expect("the policy is plain ASCII");
    let fixed = HeaderValue::from_static;
    [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("no-referrer")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            fixed("same-origin"),
        ),
        // A new build must show at once.
        (header::CACHE_CONTROL, fixed("no-cache")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::root;
    use std::fs;

    #[test]
    fn the_page_repeats_the_policy() {
        let page = fs::read_to_string(root().join("www/static/index.html")).unwrap();
        let (_, rest) = page
            .split_once("http-equiv=\"Content-Security-Policy\"")
            .expect("the page has a policy");
        let (_, rest) = rest.split_once("content=\"").unwrap();
        let (policy, _) = rest.split_once('"').unwrap();
        let words = policy.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.trim_end_matches(';'), POLICY);
    }

    #[test]
    fn the_policy_allows_nothing_inline_or_foreign() {
        for word in ["unsafe-inline", "'unsafe-eval'", "http", "*"] {
            assert!(!POLICY.contains(word), "{word}");
        }
        // Workers of blobs are under the policy of their page, unlike those that a host serves.
        let blobs: Vec<_> = POLICY
            .split("; ")
            .filter(|rule| rule.contains("blob:"))
            .collect();
        assert_eq!(blobs, ["worker-src blob:"]);
    }
}
