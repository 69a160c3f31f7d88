//! Looks for bytes that break [`rollcall_fuzz::paths`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::paths::law(data));
