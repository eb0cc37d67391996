//! Any bytes as the receipt of a registration.
#![no_main]

use cnic_fuzz::{Corpus, text};

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus { text(data, cnic_testkit::oracle::receipt) });
