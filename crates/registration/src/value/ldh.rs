//! Letters, digits and hyphens: what labels have in common.

use crate::value::rule::{Invalid, Rule};

/// The longest label of the DNS (RFC 1035 §2.3.4).
pub(crate) const MAX_LABEL: usize = 63;

/// The longest name of the DNS in text, without a final dot.
pub(crate) const MAX_NAME: usize = 253;

// What a byte is in a name.
const LEGAL: u8 = 1;
const DOT: u8 = 2;

/// A letter, a digit or a hyphen; a dot; or neither. One look-up is quicker than three ranges.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            classes[byte as usize] = LEGAL; // lossless; `usize::from` is not const
        }
        byte += 1;
    }
    classes[b'.' as usize] = DOT; // lossless, as above
    classes
};

/// Returns the offset of the first character that is not a letter, a digit, a hyphen or, in a name, a dot.
pub(crate) fn first_illegal(text: &[u8], dots: bool) -> Option<usize> {
    let legal = if dots { LEGAL | DOT } else { LEGAL };
    text.iter().position(|&byte| CLASSES[usize::from(byte)] & legal == 0)
}

/// Checks the labels of a name, whose characters are legal: none empty, none too long, no hyphen at an edge.
pub(crate) fn check_labels(name: &str) -> Result<(), Invalid> {
    let mut start = 0;
    // In bytes: a search for each dot takes longer than these few.
    let labels = name.as_bytes().split(|&byte| byte == b'.');
    for (number, label) in (1_u8..=u8::MAX).zip(labels) {
        let end = start + label.len();
        let broken = |rule, span| Err(Invalid::new(rule, span));
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
