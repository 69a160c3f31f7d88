//! Whole records without the attributes and secrets that are not exported.

use std::collections::BinaryHeap;

use crate::json::read::{Members, value_end};
use crate::json::text::unescape;
use crate::json::write::{close, write_key};
use crate::plan::profile::is_hidden;
use crate::projection::Compact;
use crate::protect::secrets::Secrets;

/// Appends a record that needs nothing but cutting out.
pub(super) fn write_compact(record: &Compact<'_>, out: &mut Vec<u8>) {
    let text = record.text;
    let mut holders = record.holders.clone().map(|(key, place)| {
        let secrets = Secrets::OfRecord.below(|holder| holder == key);
        place
            .filter(|place| secrets.may_be_in(&text[place.clone()]))
            .map(|place| (place, secrets))
    });
    let mut write = |mut from: usize, to: usize, out: &mut Vec<u8>| {
        // The first of them here, again and again: there are three at most.
        while let Some(next) = holders
            .iter_mut()
            .filter(|one| {
                one.as_ref()
                    .is_some_and(|(place, _)| (from..to).contains(&place.start))
            })
            .min_by_key(|one| one.as_ref().map(|(place, _)| place.start))
            && let Some((place, secrets)) = next.take()
        {
            out.extend_from_slice(&text[from..place.start]);
            secrets.write_without(&text[place.clone()], out);
            from = place.end;
        }
        out.extend_from_slice(&text[from..to]);
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

/// Appends a whole record without the attributes and secrets that are not exported, and tells
/// whether a key that is exported occurs twice.
///
/// Of two equal keys the last one's value takes the place of the first, as `JSON.parse` has it.
pub(super) fn write(record: &[u8], out: &mut Vec<u8>) -> bool {
    let members: Vec<_> = Members::new(record, 0)
        .map(|member| (unescape(&record[member.key.clone()]), member))
        .collect();
    let names = members.iter().map(|(name, _)| name.as_ref());
    // A heap, as the library's sorts would be some of the largest functions of the wasm.
    let order: BinaryHeap<(&[u8], usize)> = names.zip(0..).collect();
    let order = order.into_sorted_vec();
    // For the first of equal keys the place of the last, for the others nothing.
    let mut value_of = vec![None; members.len()];
    let mut has_twins = false;
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        if !is_hidden(|hidden| hidden.as_bytes() == equal[0].0) {
            value_of[equal[0].1] = equal.last().map(|last| last.1);
            has_twins |= equal.len() > 1;
        }
    }
    let start = out.len();
    out.push(b'{');
    for ((name, member), last) in members.iter().zip(value_of) {
        let Some(last) = last else { continue };
        write_key(&record[member.key.clone()], out);
        let secrets = Secrets::OfRecord.below(|holder| holder.as_bytes() == name.as_ref());
        secrets.write_without(&record[members[last].1.value.clone()], out);
        out.push(b',');
    }
    if !close(start, b'}', out) {
        out.extend_from_slice(b"{}");
    }
    has_twins
}
