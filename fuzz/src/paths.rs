//! A field path prints to a text that reads as the same path.

use rollcall_core::{FieldPath, Segment};

/// The bytes are a text that may be a path, and then segments: names between NUL bytes, an index
/// for each that is all digits.
pub fn law(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(path) = text.parse::<FieldPath>() {
        prints_back(&path);
        // Only quotes, escapes and indices beyond any array are written in several ways.
        if !text.contains(['\'', '"']) && path.to_string() != text {
            assert!(
                path.segments().contains(&Segment::Index(usize::MAX)),
                "{text}"
            );
        }
    }
    let segments = text.split('\0').map(|part| match part.parse() {
        Ok(index) if !part.starts_with('+') => Segment::Index(index),
        _ => Segment::Name(part.to_owned()),
    });
    if let Some(path) = FieldPath::new(segments.collect()) {
        prints_back(&path);
    }
}

fn prints_back(path: &FieldPath) {
    let printed = path.to_string();
    assert_eq!(printed.parse().as_ref(), Ok(path), "{printed}");
}
