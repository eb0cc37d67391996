//! A command changed step by step.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::command_roundtrip(data));
