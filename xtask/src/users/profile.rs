//! One made-up user, shaped like a profile that Auth0 exports.

mod identity;
mod metadata;
mod time;

use super::{
    dice::Dice,
    json::Json,
    words::{FAMILY_NAMES, GIVEN_NAMES, MAIL_HOSTS, NAMES_LIKE_FORMULAS},
};
use identity::{Connection, Identity};
use time::Moment;

/// What several parts of a profile repeat.
struct Person {
    given_name: &'static str,
    family_name: &'static str,
    name: String,
    nickname: String,
    email: Option<String>,
    phone_number: Option<String>,
    picture: String,
}

/// Appends one user as a JSON object. Users with other numbers differ at least in their addresses.
pub fn write(out: &mut Vec<u8>, dice: &mut Dice, number: u64) {
    let connection = Connection::pick(dice);
    let person = Person::new(dice, connection, number);
    let identity = Identity::new(dice, connection, &person);
    let created = Moment::between(dice, Moment::START, Moment::END);
    let updated = Moment::between(dice, created, Moment::END);
    let has_logged_in = !dice.percent(8);
    // Most records of a file list their keys in one order, but not all.
    let starts_with_id = dice.percent(12);
    let escapes_unicode = dice.percent(15);

    Json::new(out, escapes_unicode).object(|json| {
        if starts_with_id {
            json.key("user_id").string(&identity.user_id);
        }
        json.key("created_at").text(format_args!("{created}"));
        contact(json, dice, &person);
        names(json, dice, &person, connection);
        identity::write(json, dice, &identity, &person);
        json.key("picture").string(&person.picture);
        json.key("updated_at").text(format_args!("{updated}"));
        if !starts_with_id {
            json.key("user_id").string(&identity.user_id);
        }
        metadata::write_user(json, dice);
        metadata::write_app(json, dice);
        security(json, dice, connection, created, updated);
        if has_logged_in {
            json.key("last_ip").string(&address(dice));
            json.key("last_login").text(format_args!("{updated}"));
            let count = 1 + dice.below(40) * dice.below(12);
            json.key("logins_count").bare(count);
        } else if dice.percent(50) {
            json.key("logins_count").bare(0);
        }
        claims(json, dice);
    });
}

impl Person {
    fn new(dice: &mut Dice, connection: Connection, number: u64) -> Self {
        let (given_name, given) = dice.pick(GIVEN_NAMES);
        let (family_name, family) = dice.pick(FAMILY_NAMES);
        let name = match dice.below(200) {
            0 => dice.pick(NAMES_LIKE_FORMULAS).to_owned(),
            _ => format!("{given_name} {family_name}"),
        };
        let tag = if dice.percent(6) { "+news" } else { "" };
        let host = dice.pick(MAIL_HOSTS);
        let email =
            (!connection.is_by_phone()).then(|| format!("{given}.{family}{number}{tag}@{host}"));
        let phone_number = (connection.is_by_phone() || dice.percent(15))
            .then(|| format!("+1555{}", dice.digits(7)));
        let initials = (&given[..1], &family[..1]);
        let picture = format!(
            "https://pictures.example.com/avatar/{}?s=480&r=pg&d=https%3A%2F%2Fpictures.example.com%2Finitials%2F{}{}.png",
            dice.hex(32),
            initials.0,
            initials.1
        );
        Self {
            given_name,
            family_name,
            name,
            nickname: format!("{given}.{family}{number}"),
            email,
            phone_number,
            picture,
        }
    }
}

fn contact(json: &mut Json, dice: &mut Dice, person: &Person) {
    if let Some(email) = &person.email {
        json.key("email").string(email);
        json.key("email_verified").bare(dice.percent(80));
    }
    if let Some(phone_number) = &person.phone_number {
        json.key("phone_number").string(phone_number);
        json.key("phone_verified").bare(dice.percent(70));
    }
}

fn names(json: &mut Json, dice: &mut Dice, person: &Person, connection: Connection) {
    // A key may be absent, null or empty: three things that an export must tell apart.
    match dice.below(50) {
        0 => {}
        1 => json.key("family_name").bare("null"),
        2 => json.key("family_name").string(""),
        _ => json.key("family_name").string(person.family_name),
    }
    if !dice.percent(2) {
        json.key("given_name").string(person.given_name);
    }
    json.key("name").string(&person.name);
    json.key("nickname").string(&person.nickname);
    if connection.is_database() && dice.percent(60) {
        let start = match dice.below(60) {
            0 => "+",
            1 => "-",
            2 => "@",
            _ => "",
        };
        json.key("username")
            .text(format_args!("{start}{}", person.nickname));
    }
}

fn security(
    json: &mut Json,
    dice: &mut Dice,
    connection: Connection,
    created: Moment,
    updated: Moment,
) {
    match dice.below(50) {
        0 => {
            json.key("blocked").bare(true);
            json.key("blocked_for").array(|json| {
                json.object(|json| {
                    json.key("identifier").text(format_args!("{}", updated));
                    json.key("ip").string(&address(dice));
                });
            });
        }
        1..=4 => json.key("blocked").bare(false),
        _ => {}
    }
    if connection.is_database() && dice.percent(25) {
        let reset = Moment::between(dice, created, updated);
        json.key("last_password_reset")
            .text(format_args!("{reset}"));
    }
    if dice.percent(12) {
        let modified = Moment::between(dice, created, updated);
        json.key("multifactor")
            .array(|json| json.string("guardian"));
        json.key("multifactor_last_modified")
            .text(format_args!("{modified}"));
        json.key("guardian_authenticators").array(|json| {
            json.object(|json| {
                json.key("type").string("totp");
                json.key("confirmed").bare(true);
            });
        });
    }
}

/// Root keys that rules, actions and identity providers add.
fn claims(json: &mut Json, dice: &mut Dice) {
    if dice.percent(6) {
        json.key("https://app.example.com/role").string("member");
    }
    if dice.percent(3) {
        json.key("https://app.example.com/claims.groups[0]")
            .array(|json| {
                json.string("everyone");
                json.bare(17);
            });
    }
}

/// Addresses of the ranges that are set aside for documentation.
fn address(dice: &mut Dice) -> String {
    if dice.percent(20) {
        format!("2001:db8:{:x}::{:x}", dice.below(65536), dice.below(65536))
    } else {
        format!("203.0.113.{}", dice.below(256))
    }
}
