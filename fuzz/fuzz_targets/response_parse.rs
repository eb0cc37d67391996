//! Any bytes as a response.
#![no_main]

use cnic_fuzz::{Corpus, text};

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus { text(data, cnic_testkit::oracle::response) });
