//! Any bytes as the body of a form with a command.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::form(data));
