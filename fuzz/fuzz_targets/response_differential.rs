//! Any bytes as a reply, read by the real parser and by the naive one.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::response_differential(data));
