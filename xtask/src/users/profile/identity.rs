//! The accounts that a made-up user signs in with.

use super::Person;
use crate::users::{dice::Dice, json::Json};

const TOKEN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Where users sign in.
#[derive(Clone, Copy, PartialEq)]
pub enum Connection {
    Database,
    LegacyDatabase,
    Google,
    GitHub,
    Saml,
    Sms,
}

impl Connection {
    /// Databases have most of the users, as in real tenants.
    pub fn pick(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..52 => Self::Database,
            52..58 => Self::LegacyDatabase,
            58..80 => Self::Google,
            80..86 => Self::GitHub,
            86..95 => Self::Saml,
            _ => Self::Sms,
        }
    }

    pub fn is_database(self) -> bool {
        matches!(self, Self::Database | Self::LegacyDatabase)
    }

    pub fn is_by_phone(self) -> bool {
        self == Self::Sms
    }

    fn name(self) -> &'static str {
        match self {
            Self::Database => "Username-Password-Authentication",
            Self::LegacyDatabase => "Legacy-Users",
            Self::Google => "google-oauth2",
            Self::GitHub => "github",
            Self::Saml => "acme-saml",
            Self::Sms => "sms",
        }
    }

    fn provider(self) -> &'static str {
        match self {
            Self::Database | Self::LegacyDatabase => "auth0",
            Self::Saml => "samlp",
            other => other.name(),
        }
    }

    fn is_social(self) -> bool {
        matches!(self, Self::Google | Self::GitHub)
    }
}

/// An account at a connection.
pub struct Identity {
    connection: Connection,
    /// The identity's own id, which is a number at GitHub.
    id: String,
    pub user_id: String,
}

impl Identity {
    pub fn new(dice: &mut Dice, connection: Connection, person: &Person) -> Self {
        let id = match connection {
            Connection::Google => format!("1{}", dice.digits(20)),
            Connection::GitHub => format!("{}{}", 1 + dice.below(9), dice.digits(6)),
            Connection::Saml => format!(
                "acme-saml|{}",
                person.email.as_deref().unwrap_or(&person.nickname)
            ),
            _ => dice.hex(24),
        };
        let user_id = format!("{}|{id}", connection.provider());
        Self {
            connection,
            id,
            user_id,
        }
    }
}

/// Writes `identities`: the account itself, and for some users one or two that were linked.
pub fn write(json: &mut Json, dice: &mut Dice, identity: &Identity, person: &Person) {
    let linked: &[Connection] = match dice.below(100) {
        0..8 => &[Connection::Google],
        8..11 => &[Connection::Google, Connection::Sms],
        _ => &[],
    };
    json.key("identities").array(|json| {
        json.object(|json| account(json, dice, identity));
        for connection in linked {
            let identity = Identity::new(dice, *connection, person);
            json.object(|json| {
                account(json, dice, &identity);
                json.key("profileData")
                    .object(|json| profile_data(json, dice, *connection, person));
            });
        }
    });
}

fn account(json: &mut Json, dice: &mut Dice, identity: &Identity) {
    let connection = identity.connection;
    json.key("connection").string(connection.name());
    json.key("provider").string(connection.provider());
    match connection {
        Connection::GitHub => json.key("user_id").bare(&identity.id),
        _ => json.key("user_id").string(&identity.id),
    }
    if connection.is_social() && dice.percent(30) {
        json.key("access_token")
            .string(&dice.characters(TOKEN, 160));
        json.key("expires_in").bare(3599);
        if dice.percent(40) {
            json.key("refresh_token")
                .string(&dice.characters(TOKEN, 90));
        }
    }
    json.key("isSocial").bare(connection.is_social());
}

fn profile_data(json: &mut Json, dice: &mut Dice, connection: Connection, person: &Person) {
    if connection.is_by_phone() {
        json.key("phone_number")
            .text(format_args!("+1555{}", dice.digits(7)));
        json.key("phone_verified").bare(true);
        return;
    }
    match &person.email {
        Some(email) => json.key("email").string(email),
        None => json.key("email").bare("null"),
    }
    json.key("email_verified").bare(true);
    json.key("name").string(&person.name);
    json.key("given_name").string(person.given_name);
    json.key("family_name").string(person.family_name);
    json.key("picture").string(&person.picture);
}
