//! Who may ask: bearer tokens and their scopes.

use std::collections::HashMap;

use super::Answer;

/// The scope that all requests need.
const SCOPE: &str = "read:users";

/// Who may ask.
#[derive(Clone, Debug, Default)]
pub enum Access {
    /// Everyone who has any bearer token.
    #[default]
    AnyToken,
    /// The bearers of these tokens, with the scopes of each.
    Tokens(HashMap<String, Vec<String>>),
}

impl Access {
    /// Lets a request with this header pass, or refuses it.
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
