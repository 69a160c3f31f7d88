//! Looks for bytes that break [`rollcall_fuzz::csv_in`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::csv_in::law(data));
