//! Any bytes as the reply to a registration.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::receipt(data));
