//! A request to the API.

/// A request to the API.
#[derive(Clone, Copy, Debug)]
pub struct ApiRequest<'a> {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'a str,
    /// The path and query, starting with `/api/v2/…` or `/exports/…`.
    pub target: &'a str,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The body as received.
    pub body: &'a [u8],
}

impl<'a> ApiRequest<'a> {
    /// The path.
    pub(super) fn path(&self) -> &'a str {
        self.split().0
    }

    /// The query, without the `?`.
    pub(super) fn query(&self) -> &'a str {
        self.split().1
    }

    fn split(&self) -> (&'a str, &'a str) {
        self.target.split_once('?').unwrap_or((self.target, ""))
    }
}
