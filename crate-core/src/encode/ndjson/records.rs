//! Whole records, without the attributes and secrets that are not exported.

use std::collections::BinaryHeap;

use crate::encode::ndjson::close;
use crate::encode::secrets::{Secrets, may_hold_secrets, write_key};
use crate::json::read::{Members, value_end};
use crate::json::text::{key_is, unescape};
use crate::profile::NOT_EXPORTABLE;
use crate::projection::Compact;

/// Appends a record that needs nothing but cutting out.
pub(super) fn write_compact(record: &Compact<'_>, out: &mut Vec<u8>) {
    let text = record.text;
    let identities = record.identities.as_ref();
    let identities = identities.filter(|place| may_hold_secrets(&text[place.start..place.end]));
    let write = |from: usize, to: usize, out: &mut Vec<u8>| match identities {
        Some(place) if from <= place.start && place.end <= to => {
            out.extend_from_slice(&text[from..place.start]);
            Secrets::InIdentities.write_without(&text[place.start..place.end], out);
            out.extend_from_slice(&text[place.end..to]);
        }
        _ => out.extend_from_slice(&text[from..to]),
    };
    out.push(b'{');
    let mut from = record.members.start;
    for key in record.hidden {
        write(from, key.start - 1, out);
        // Behind the key come a quote and a colon.
        from = value_end(text, key.end + 2);
        from += usize::from(text[from] == b',');
    }
    write(from, record.members.end, out);
    // The member in front of one that was cut out at the end has left its comma.
    match out.last_mut() {
        Some(last) if *last == b',' => *last = b'}',
        _ => out.push(b'}'),
    }
}

/// Appends a whole record without the attributes and secrets that are not exported.
///
/// Of two equal keys the last one's value stands in the place of the first, as `JSON.parse` has it.
pub(super) fn write(record: &[u8], out: &mut Vec<u8>) {
    let members: Vec<_> = Members::new(record, 0)
        .map(|member| (unescape(&record[member.key.clone()], &mut 0), member))
        .collect();
    let names = members.iter().map(|(name, _)| name.as_ref());
    // A heap, as the library's sorts would be some of the largest functions of the wasm.
    let order: BinaryHeap<(&[u8], usize)> = names.zip(0..).collect();
    let order = order.into_sorted_vec();
    // For the first of equal keys the place of the last, for the others nothing.
    let mut value_of = vec![None; members.len()];
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        value_of[equal[0].1] = equal.last().map(|last| last.1);
    }
    let start = out.len();
    out.push(b'{');
    for ((name, member), last) in members.iter().zip(value_of) {
        let Some(last) = last else { continue };
        if NOT_EXPORTABLE
            .iter()
            .any(|key| key.as_bytes() == name.as_ref())
        {
            continue;
        }
        write_key(&record[member.key.clone()], out);
        let value = &record[members[last].1.value.clone()];
        let secrets = match key_is(&record[member.key.clone()], b"identities") {
            true => Secrets::InIdentities,
            false => Secrets::None,
        };
        secrets.write_without(value, out);
        out.push(b',');
    }
    if !close(start, b'}', out) {
        out.extend_from_slice(b"{}");
    }
}
