//! Any bytes as the text of a command.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::command(data));
