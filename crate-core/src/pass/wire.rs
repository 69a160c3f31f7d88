//! Values as bytes, to send them from one worker to another: numbers of eight bytes, texts after
//! their lengths.

use crate::input::PassedLines;
use crate::input::record::Notes;
use crate::pass::reader::Passed;

/// A value that has a form in bytes.
pub trait Wire: Sized {
    /// Appends it.
    fn put(&self, bytes: &mut Vec<u8>);

    /// Takes it from the front; `None` where it is not there.
    fn read(reader: &mut WireReader<'_>) -> Option<Self>;
}

impl Wire for Passed {
    fn put(&self, bytes: &mut Vec<u8>) {
        let Self {
            lines,
            records,
            notes,
        } = self;
        put(bytes, &[lines.bytes, lines.lines, *records, notes.commas]);
    }

    fn read(reader: &mut WireReader<'_>) -> Option<Self> {
        let [bytes, lines, records, commas] = reader.numbers()?;
        Some(Self {
            lines: PassedLines { bytes, lines },
            records,
            // Lines have no other notes.
            notes: Notes {
                commas,
                ..Notes::default()
            },
        })
    }
}

/// Appends numbers.
pub(crate) fn put(bytes: &mut Vec<u8>, numbers: &[u64]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Appends a text.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, &[text.len() as u64]);
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes from the front what was put; `None` where it is not there.
pub struct WireReader<'a>(pub &'a [u8]);

impl WireReader<'_> {
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*number))
    }

    pub(crate) fn numbers<const N: usize>(&mut self) -> Option<[u64; N]> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Some(numbers)
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}
