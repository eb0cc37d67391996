//! Letters, digits and hyphens: the syntax that labels share.

use cnic_text::ByteSet;

use crate::value::rule::{InvalidValue, Rule};

/// The length of the longest label of the DNS (RFC 1035, section 2.3.4).
pub(crate) const MAX_LABEL: usize = 63;

/// The length of the longest name of the DNS in text, without a trailing dot.
pub(crate) const MAX_NAME: usize = 253;

/// The bytes of a label.
pub(crate) static LABEL: ByteSet = ByteSet::alphanumeric_and(b"-");

/// The bytes of a name of several labels.
pub(crate) static NAME: ByteSet = ByteSet::alphanumeric_and(b"-.");

/// Returns the offset of the first byte that is not in the set.
#[inline]
pub(crate) fn first_illegal(text: &[u8], legal: &ByteSet) -> Option<usize> {
    text.iter().position(|&byte| !legal.contains(byte))
}

/// Checks the labels of a name whose characters are legal: each has 1 to 63 bytes and no hyphen at
/// either end.
pub(crate) fn check_labels(name: &str) -> Result<(), InvalidValue> {
    let mut start = 0;
    // Byte by byte: labels are so short that a call of a general search takes longer.
    let labels = name.as_bytes().split(|&byte| byte == b'.');
    for (number, label) in (1_u8..=u8::MAX).zip(labels) {
        let end = start + label.len();
        let broken = |rule, span| Err(InvalidValue::new(rule, span));
        let [first, ..] = label else {
            return broken(Rule::EmptyLabel { label: number }, start..start);
        };
        if label.len() > MAX_LABEL {
            return broken(Rule::LabelTooLong { label: number }, start..end);
        }
        if *first == b'-' {
            return broken(Rule::LeadingHyphen { label: number }, start..start + 1);
        }
        if label.ends_with(b"-") {
            return broken(Rule::TrailingHyphen { label: number }, end - 1..end);
        }
        start = end + 1;
    }
    Ok(())
}
