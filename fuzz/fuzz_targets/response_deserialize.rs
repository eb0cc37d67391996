//! Any text as a response that is read into types and written to JSON.
#![no_main]

use cnic_fuzz::{Corpus, text};

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    text(data, cnic_testkit::oracle::response_deserialize)
});
