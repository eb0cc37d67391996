//! A list on a server that may be wrong about it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::pager(data));
