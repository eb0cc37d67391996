//! Any bytes as the form of a registration.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::registration(data));
