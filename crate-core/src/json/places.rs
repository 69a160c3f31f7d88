//! Places in a text, in their order.

use fearless_simd::prelude::*;

use crate::json::blocks::BLOCK;

/// Written so fast that there is a cost only to a block with many of them.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// More than there are, so that some may be written in vain.
    places: Vec<u32>,
    count: usize,
}

impl Places {
    /// Forgets all, and makes room for those of a text.
    pub(crate) fn clear(&mut self, text: &[u8]) {
        let most = text.len().next_multiple_of(BLOCK) + BLOCK;
        if self.places.len() < most {
            self.places.resize(most, 0);
        }
        self.count = 0;
    }

    pub(crate) fn all(&self) -> &[u32] {
        &self.places[..self.count]
    }

    /// Adds the places of the bits of a block that begins at `start`.
    ///
    /// Writing too many is quicker than a loop that ends at another number each time.
    #[inline(always)]
    pub(crate) fn add<S: Simd, const FEW: usize>(&mut self, simd: S, start: usize, bits: u64) {
        let start = start as u32;
        let places = &mut self.places[self.count..self.count + BLOCK];
        let count = bits.count_ones() as usize;
        self.count += count;
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = simd.level().as_avx512() {
            use crate::json::avx512::first_places;
            use fearless_simd::{u8x64, u32x16};
            let numbers = u8x64::from_slice(avx512, &NUMBERS);
            let first = first_places(avx512, bits, numbers.into(), start);
            u32x16::simd_from(avx512, first).store_slice(&mut places[..16]);
            if count > 16 {
                write(&mut places[..count], start, bits);
            }
            return;
        }
        let _ = simd;
        let bits = write(&mut places[..FEW], start, bits);
        if count > FEW {
            let bits = write(&mut places[FEW..2 * FEW], start, bits);
            if count > 2 * FEW {
                write(&mut places[2 * FEW..count], start, bits);
            }
        }
    }
}

/// The places of the bytes in a block.
#[cfg(target_arch = "x86_64")]
const NUMBERS: [u8; BLOCK] = {
    let mut numbers = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        numbers[at] = at as u8;
        at += 1;
    }
    numbers
};

/// Writes the places of the first bits and gives the others.
#[inline(always)]
fn write(places: &mut [u32], start: u32, mut bits: u64) -> u64 {
    for place in places {
        *place = start + bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
    }
    bits
}
