//! Any bytes as a cell that is seconds, a date or a nested code.
#![no_main]

use cnic_fuzz::{Corpus, text};

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus { text(data, cnic_testkit::oracle::cell) });
