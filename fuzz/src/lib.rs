//! What the targets share.

pub use libfuzzer_sys::Corpus;

/// Runs an oracle of text, and keeps bytes that are not UTF-8 out of the corpus: they lead nowhere.
pub fn text(data: &[u8], oracle: fn(&[u8])) -> Corpus {
    oracle(data);
    if core::str::from_utf8(data).is_ok() { Corpus::Keep } else { Corpus::Reject }
}
