//! The comparison of the connections that a listing found.

use serde_json::Value;

use crate::case::{Case, json};

impl Case {
    /// Compares the connections found in the input: `{"id", "name", "users"}`, the most users first, then by name.
    ///
    /// Ids are checked by their shape and for being different, since how one follows from a name is not a rule.
    ///
    /// # Errors
    /// What differs first, in words.
    pub fn check_connections(&self, found: &[Value]) -> Result<(), String> {
        let Some(wanted) = self.connections_found.map(json) else {
            return Ok(());
        };
        let bare: Vec<Value> = found
            .iter()
            .map(|one| serde_json::json!({"name": one["name"], "users": one["users"]}))
            .collect();
        if Value::Array(bare.clone()) != wanted {
            return Err(format!(
                "found the connections {}, wanted {wanted}",
                Value::Array(bare)
            ));
        }
        let ids: Vec<&str> = found.iter().filter_map(|one| one["id"].as_str()).collect();
        if let Some(id) = ids.iter().find(|id| !is_id(id)) {
            return Err(format!("{id:?} is no id of a connection"));
        }
        let mut different = ids.clone();
        different.sort_unstable();
        different.dedup();
        if different.len() != found.len() {
            return Err(format!("{} connections have the ids {ids:?}", found.len()));
        }
        Ok(())
    }
}

/// `con_` and sixteen letters or digits.
fn is_id(text: &str) -> bool {
    text.strip_prefix("con_").is_some_and(|rest| {
        rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::case::Expected;

    #[test]
    fn connections_are_compared_in_order_with_ids_by_shape() {
        let case = Case {
            name: "made-up",
            why: None,
            request: b"{}",
            options: None,
            connections: None,
            inputs: &[],
            expected: Expected::Output(b""),
            left_out: None,
            totals: None,
            connections_found: Some(br#"[{"name":"b","users":2},{"name":"a","users":1}]"#),
        };
        let one =
            |id: &str, name: &str, users: u64| json!({"id": id, "name": name, "users": users});
        let b = one("con_0123456789abcdeB", "b", 2);
        let a = one("con_0123456789abcdeA", "a", 1);
        assert_eq!(case.check_connections(&[b.clone(), a.clone()]), Ok(()));
        for (found, word) in [
            (vec![a.clone(), b.clone()], "wanted"),
            (vec![b.clone()], "wanted"),
            (
                vec![b.clone(), one("con_0123456789abcdeA", "a", 2)],
                "wanted",
            ),
            (
                vec![b.clone(), one("con_0123456789abcd_A", "a", 1)],
                "no id",
            ),
            (vec![b.clone(), one("con_0123456789abcdeB", "a", 1)], "ids"),
            (vec![b, json!({"name": "a", "users": 1})], "ids"),
        ] {
            let why = case.check_connections(&found).expect_err(word);
            assert!(why.contains(word), "{why}");
        }
    }
}
