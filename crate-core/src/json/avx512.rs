//! What AVX-512 does in few instructions and portable vectors have no word for.

use std::arch::x86_64::{
    __m512i, _mm_clmulepi64_si128, _mm_cvtsi128_si64, _mm_set_epi64x, _mm_set1_epi8,
    _mm512_add_epi32, _mm512_castsi512_si128, _mm512_cvtepu8_epi32, _mm512_maskz_compress_epi8,
    _mm512_set1_epi32,
};

use fearless_simd::kernel;

kernel!(
    /// For each bit, whether an odd number of bits up to it are set: a product without carries.
    #[inline(always)]
    pub(super) fn prefix_xor(avx512: Avx512, bits: u64) -> u64 {
        let product = _mm_clmulepi64_si128(_mm_set_epi64x(0, bits as i64), _mm_set1_epi8(-1), 0);
        _mm_cvtsi128_si64(product) as u64
    }
);

kernel!(
    /// `start` and the place of a bit, for each of the first 16 bits that are set.
    #[inline(always)]
    pub(super) fn first_places(avx512: Avx512, bits: u64, numbers: __m512i, start: u32) -> __m512i {
        let places = _mm512_maskz_compress_epi8(bits, numbers);
        let places = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
        _mm512_add_epi32(places, _mm512_set1_epi32(start as i32))
    }
);
