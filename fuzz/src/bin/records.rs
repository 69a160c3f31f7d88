//! Looks for bytes that break [`rollcall_fuzz::records`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::records::law(data));
