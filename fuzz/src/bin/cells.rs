//! Looks for bytes that break [`rollcall_fuzz::cells`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::cells::law(data));
