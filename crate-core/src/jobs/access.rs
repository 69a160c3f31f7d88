//! Access control: bearer tokens and their scopes.

use std::collections::HashMap;

use super::Answer;

/// The scope required for every request.
const SCOPE: &str = "read:users";

/// Who may use the API.
#[derive(Clone, Debug, Default)]
pub enum Access {
    /// Anyone with any bearer token.
    #[default]
    AnyToken,
    /// Anyone with one of these tokens, which map to their scopes.
    Tokens(HashMap<String, Vec<String>>),
}

impl Access {
    /// Admits or refuses a request with this header.
    pub(super) fn admit(&self, authorization: Option<&str>) -> Result<(), Answer> {
        let token = authorization.and_then(|header| {
            let (scheme, token) = header.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then_some(token.trim())
        });
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Err(Answer::unauthorized("Missing authentication"));
        };
        match self {
            Self::AnyToken => Ok(()),
            Self::Tokens(tokens) => match tokens.get(token) {
                None => Err(Answer::unauthorized("Invalid token")),
                Some(scopes) if scopes.iter().any(|scope| scope == SCOPE) => Ok(()),
                Some(_) => Err(Answer::insufficient_scope(SCOPE)),
            },
        }
    }
}
