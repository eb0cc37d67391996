//! Any bytes as a stream of responses that arrives in chunks.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::response_stream(data));
