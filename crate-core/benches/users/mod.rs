//! Made-up users of about 1.2 KB, the same ones in every run.

use serde_json::{Value, json};

/// Splitmix64: enough for data that only has to vary.
struct Dice(u64);

impl Dice {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    fn hex(&mut self, digits: usize) -> String {
        format!("{:016x}{:016x}", self.number(), self.number())[..digits].to_owned()
    }

    fn moment(&mut self) -> String {
        let [month, day, hour, second] = [12, 28, 24, 60].map(|end| self.below(end));
        let (year, thousandths) = (2015 + self.below(9), self.below(1000));
        format!(
            "{year}-{:02}-{:02}T{hour:02}:{second:02}:07.{thousandths:03}Z",
            month + 1,
            day + 1
        )
    }

    fn words(&mut self, count: u64) -> String {
        let words = [
            "early",
            "journey",
            "works",
            "harbour",
            "table",
            "badge",
            "corner",
            "naïve",
            "winter",
            "\"quoted\"",
            "thé",
            "always",
            "line\nbreak",
            "reads",
            "slow",
            "coffee",
        ];
        let words: Vec<&str> = (0..count).map(|_| self.pick(&words)).collect();
        words.join(" ")
    }
}

/// Users, with keys in an order that is not quite the same in all of them.
pub fn users(count: u64) -> Vec<Value> {
    let mut dice = Dice(1);
    (1..=count).map(|number| user(&mut dice, number)).collect()
}

fn user(dice: &mut Dice, number: u64) -> Value {
    let given = dice.pick(&["Yoko", "Mehmet", "Elif", "Ana", "陽子", "Zoë"]);
    let family = dice.pick(&["Zhou", "Lindqvist", "Almeida", "Okafor", "Müller"]);
    let (id, connection) = (
        dice.hex(24),
        dice.pick(&[
            "google-oauth2",
            "Username-Password-Authentication",
            "acme-saml",
        ]),
    );
    let mut user = json!({
        "user_id": format!("auth0|{id}"),
        "created_at": dice.moment(),
        "email": format!("user{number}@mail.example.com"),
        "email_verified": dice.below(4) > 0,
        "family_name": family,
        "given_name": given,
        "name": format!("{given} {family}"),
        "nickname": format!("user{number}"),
        "identities": [{"connection": connection, "provider": "auth0", "user_id": id, "isSocial": false}],
        "picture": format!("https://pictures.example.com/avatar/{}?s=480&r=pg&d=https%3A%2F%2Fpictures.example.com%2Finitials%2Fyz.png", dice.hex(32)),
        "updated_at": dice.moment(),
        "user_metadata": {
            "country": "KR", "language": "ko", "theme": "dark", "newsletter": true,
            "address": {"street": format!("High Street {}", dice.below(200)), "city": dice.pick(&["Busan", "Tucson", "Köln"]), "postal_code": "48801"},
            "about": dice.words(14),
            "interests": [],
        },
        "app_metadata": {
            "plan": dice.pick(&["free", "business"]),
            "roles": ["billing", "admin"],
            "stripe": [{"customer_id": format!("cus_{}", dice.hex(14)), "balance": 897.68}],
            "flags": {"beta": true, "migrated": false, "imported_from": null},
            "tenant_ids": [format!("org_{}", dice.hex(16)), format!("org_{}", dice.hex(16))],
        },
        "last_ip": "203.0.113.159",
        "last_login": dice.moment(),
        "logins_count": dice.below(300),
    });
    let members = user.as_object_mut().expect("a user is an object");
    if dice.below(3) == 0 {
        members.insert("phone_number".into(), "+15552164546".into());
        members.insert("phone_verified".into(), false.into());
    }
    user
}
