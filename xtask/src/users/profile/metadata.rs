//! What applications keep with a made-up user.

use crate::users::{
    dice::Dice,
    json::Json,
    words::{CITIES, NOTES, PLANS, ROLES, THEMES, WORDS},
};

/// Writes `user_metadata`, which the user may change.
pub fn write_user(json: &mut Json, dice: &mut Dice) {
    if dice.percent(5) {
        return;
    }
    let (city, country, language) = dice.pick(CITIES);
    json.key("user_metadata").object(|json| {
        json.key("country").string(country);
        json.key("language").string(language);
        json.key("theme").string(dice.pick(THEMES));
        json.key("newsletter").bare(dice.percent(40));
        if dice.percent(60) {
            json.key("address").object(|json| {
                let street = dice.pick(WORDS);
                let house = 1 + dice.below(240);
                json.key("street").text(format_args!("{street} {house}"));
                json.key("city").string(city);
                json.key("postal_code").string(&dice.digits(5));
            });
        }
        let words = 3 + dice.below(21);
        json.key("about").string(&sentence(dice, words));
        match dice.below(10) {
            0 => json.key("note").bare("null"),
            1..=4 => json.key("note").string(dice.pick(NOTES)),
            _ => {}
        }
        json.key("interests").array(|json| {
            for _ in 0..dice.below(5) {
                json.string(dice.pick(WORDS));
            }
        });
        if dice.percent(2) {
            json.key("dotted.key").object(|json| {
                json.key("with [brackets]").string(r#"and "quotes""#);
            });
        }
    });
}

/// Writes `app_metadata`, which only the application may change.
pub fn write_app(json: &mut Json, dice: &mut Dice) {
    if dice.percent(10) {
        return;
    }
    json.key("app_metadata").object(|json| {
        json.key("plan").string(dice.pick(PLANS));
        json.key("roles").array(|json| {
            for _ in 0..dice.below(3) {
                json.string(dice.pick(ROLES));
            }
        });
        if dice.percent(35) {
            json.key("stripe").array(|json| {
                json.object(|json| {
                    json.key("customer_id")
                        .text(format_args!("cus_{}", dice.hex(14)));
                    json.key("balance").bare(format_args!(
                        "{}.{:02}",
                        dice.below(900),
                        dice.below(100)
                    ));
                });
            });
        }
        if dice.percent(50) {
            json.key("usage").object(|json| {
                json.key("sessions").bare(dice.below(5000));
                json.key("bytes").bare(dice.number());
                json.key("score").bare(format_args!("0.{}", dice.digits(4)));
                json.key("trend")
                    .bare(format_args!("-{}e-3", dice.below(100)));
            });
        }
        json.key("flags").object(|json| {
            json.key("beta").bare(dice.percent(20));
            json.key("migrated").bare(dice.percent(50));
            json.key("imported_from").bare("null");
        });
        json.key("tenant_ids").array(|json| {
            for _ in 0..1 + dice.below(3) {
                json.text(format_args!("org_{}", dice.hex(16)));
            }
        });
    });
}

/// A few of these hold line breaks and quotes, as texts from forms do.
fn sentence(dice: &mut Dice, words: u32) -> String {
    let mut text = String::with_capacity(words as usize * 8);
    for number in 0..words {
        if number > 0 {
            text.push_str(match dice.below(90) {
                0 => "\n",
                1 => " \"and\" ",
                2 => ", ",
                3 => " 🙂 ",
                _ => " ",
            });
        }
        text.push_str(dice.pick(WORDS));
    }
    text
}
