//! Any bytes as an entry of `dns[]`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::name_server(data));
