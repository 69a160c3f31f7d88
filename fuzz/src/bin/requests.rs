//! Looks for bytes that break [`rollcall_fuzz::requests`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::requests::law(data));
