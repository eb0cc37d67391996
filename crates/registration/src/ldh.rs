//! Letters, digits and hyphens: what labels have in common.

use crate::rule::{Invalid, Rule};

/// The longest label of the DNS (RFC 1035 §2.3.4).
pub(crate) const MAX_LABEL: usize = 63;

/// The longest name of the DNS in text, without a final dot.
pub(crate) const MAX_NAME: usize = 253;

/// Returns the offset of the first character that is not a letter, a digit, a hyphen or, in a name, a dot.
pub(crate) const fn first_illegal(text: &[u8], dots: bool) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        if !(byte.is_ascii_alphanumeric() || byte == b'-' || dots && byte == b'.') {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Checks the labels of a name, whose characters are legal: none empty, none too long, no hyphen at an edge.
pub(crate) fn check_labels(name: &str) -> Result<(), Invalid> {
    let mut start = 0;
    for (number, label) in (1_u8..=u8::MAX).zip(name.split('.')) {
        let broken = |rule, offset| Err(Invalid::new(rule, offset));
        if label.is_empty() {
            return broken(Rule::EmptyLabel { label: number }, start);
        }
        if label.len() > MAX_LABEL {
            return broken(Rule::LabelTooLong { label: number }, start);
        }
        if label.starts_with('-') {
            return broken(Rule::LeadingHyphen { label: number }, start);
        }
        if label.ends_with('-') {
            return broken(Rule::TrailingHyphen { label: number }, start + label.len() - 1);
        }
        start += label.len() + 1;
    }
    Ok(())
}
