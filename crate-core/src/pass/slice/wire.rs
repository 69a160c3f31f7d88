//! Slices as bytes, for the way from one worker to another: numbers of eight bytes, texts behind
//! their lengths.

use super::Cut;
use crate::input::PassedLines;

/// What stands among others in the bytes.
pub(super) trait Wire: Sized {
    /// Appends it.
    fn put(&self, bytes: &mut Vec<u8>);

    /// Takes it from the front; `None` where it is not there.
    fn read(reader: &mut Reader<'_>) -> Option<Self>;
}

/// A slice as bytes: where it was cut, and then what came of its whole lines, if anything.
pub(super) fn to_bytes(cut: Cut, lines: Option<&impl Wire>) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, &cut.to_numbers());
    if let Some(lines) = lines {
        lines.put(&mut bytes);
    }
    bytes
}

/// The slice that [`to_bytes`] was given; `None` where the bytes are no slice.
pub(super) fn from_bytes<L: Wire>(bytes: &[u8]) -> Option<(Cut, Option<L>)> {
    let mut reader = Reader(bytes);
    let cut = Cut::of_numbers(reader.numbers()?)?;
    let lines = if reader.0.is_empty() {
        None
    } else {
        Some(L::read(&mut reader)?)
    };
    Some((cut, lines))
}

impl Wire for PassedLines {
    fn put(&self, bytes: &mut Vec<u8>) {
        put(bytes, &[self.bytes, self.lines, self.records]);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let [bytes, lines, records] = reader.numbers()?;
        Some(Self {
            bytes,
            lines,
            records,
        })
    }
}

/// Appends numbers.
pub(super) fn put(bytes: &mut Vec<u8>, numbers: &[u64]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Appends a text.
pub(super) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, &[text.len() as u64]);
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes from the front what was put; `None` where it is not there.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl Reader<'_> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*number))
    }

    pub(super) fn numbers<const N: usize>(&mut self) -> Option<[u64; N]> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Some(numbers)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}
