//! Looks for bytes that break [`rollcall_fuzz::lists`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::lists::law(data));
