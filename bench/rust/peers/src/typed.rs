//! serde_json into a typed struct that borrows what it can and skips what nobody asked for.

use crate::csv;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt, marker::PhantomData};

#[derive(Deserialize)]
struct User<'line> {
    #[serde(borrow)]
    user_id: Option<Text<'line>>,
    #[serde(borrow)]
    email: Option<Text<'line>>,
    email_verified: Option<bool>,
    #[serde(borrow)]
    name: Option<Text<'line>>,
    #[serde(borrow)]
    identities: Option<First<'line>>,
    #[serde(borrow)]
    user_metadata: Option<UserMetadata<'line>>,
    #[serde(borrow)]
    app_metadata: Option<AppMetadata<'line>>,
    #[serde(borrow)]
    created_at: Option<Text<'line>>,
}

/// serde copies a `Cow` that stands in an `Option` itself.
#[derive(Deserialize)]
struct Text<'line>(#[serde(borrow)] Cow<'line, str>);

#[derive(Deserialize)]
struct UserMetadata<'line> {
    #[serde(borrow)]
    address: Option<Address<'line>>,
}

#[derive(Deserialize)]
struct Address<'line> {
    #[serde(borrow)]
    city: Option<Text<'line>>,
}

#[derive(Deserialize)]
struct AppMetadata<'line> {
    #[serde(borrow)]
    roles: Option<&'line RawValue>,
}

#[derive(Deserialize)]
struct Identity<'line> {
    #[serde(borrow)]
    connection: Option<Text<'line>>,
}

/// The first identity of a list, without a list.
struct First<'line>(Option<Identity<'line>>);

impl<'de: 'line, 'line> Deserialize<'de> for First<'line> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Identities<'line>(PhantomData<&'line ()>);

        impl<'de: 'line, 'line> Visitor<'de> for Identities<'line> {
            type Value = First<'line>;

            fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
                out.write_str("a list of identities")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<First<'line>, A::Error> {
                let first = list.next_element()?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(First(first))
            }
        }

        deserializer.deserialize_seq(Identities(PhantomData))
    }
}

/// Writes the row of a user.
pub fn row(line: &[u8], out: &mut Vec<u8>) -> serde_json::Result<()> {
    let user: User = serde_json::from_slice(line)?;
    text(out, user.user_id);
    text(out, user.email);
    if let Some(is_verified) = user.email_verified {
        out.extend_from_slice(if is_verified { b"true" } else { b"false" });
    }
    out.push(b',');
    text(out, user.name);
    text(
        out,
        user.identities.and_then(|First(first)| first?.connection),
    );
    text(
        out,
        user.user_metadata
            .and_then(|metadata| metadata.address?.city),
    );
    if let Some(roles) = user.app_metadata.and_then(|metadata| metadata.roles) {
        csv::text(out, roles.get().as_bytes());
    }
    out.push(b',');
    if let Some(Text(created_at)) = user.created_at {
        out.extend_from_slice(created_at.as_bytes());
    }
    out.push(b'\n');
    Ok(())
}

fn text(out: &mut Vec<u8>, value: Option<Text>) {
    if let Some(Text(value)) = value {
        csv::text(out, value.as_bytes());
    }
    out.push(b',');
}
