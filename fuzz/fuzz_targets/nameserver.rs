//! Any bytes as an entry of `dns[]`.
#![no_main]

use cnic_fuzz::{Corpus, text};

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    text(data, cnic_testkit::oracle::name_server)
});
