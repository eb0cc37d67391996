//! Letters, digits and hyphens: what labels have in common.

use cnic_text::ByteSet;

use crate::value::rule::{InvalidValue, Rule};

/// The longest label of the DNS (RFC 1035 §2.3.4).
pub(crate) const MAX_LABEL: usize = 63;

/// The longest name of the DNS in text, without a final dot.
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

/// Checks the labels of a name, whose characters are legal: none empty, none too long, no hyphen at an edge.
pub(crate) fn check_labels(name: &str) -> Result<(), InvalidValue> {
    let mut start = 0;
    // In bytes: a search for each dot takes longer than these few.
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
