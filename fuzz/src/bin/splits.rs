//! Looks for bytes that break [`rollcall_fuzz::splits`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::splits::law(data));
