//! Looks for bytes that break [`rollcall_fuzz::gunzip`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::gunzip::law(data));
