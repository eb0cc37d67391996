//! Any bytes as a stream of commands that arrives in chunks.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::command_stream(data));
