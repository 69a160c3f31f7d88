//! Looks for bytes that break [`rollcall_fuzz::layouts`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::layouts::law(data));
