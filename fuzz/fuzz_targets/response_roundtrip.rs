//! A response built from fields and cells.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::response_roundtrip(data));
