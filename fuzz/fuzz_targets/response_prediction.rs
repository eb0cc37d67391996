//! Any bytes as a response, or as the plan of one, read with and without prediction.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cnic_testkit::oracle::response_prediction(data));
