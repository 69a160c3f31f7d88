//! Looks for bytes that break [`rollcall_fuzz::secrets`].

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rollcall_fuzz::secrets::law(data));
