//! Labels in Unicode, or as A-labels.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::RangeInclusive;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

use super::{LENGTH, Label, check};
use crate::value::ldh::MAX_LABEL;
use crate::value::rule::{InvalidValue, Rule};

impl Label {
    /// Reads a label that may be an IDN: `bücher`, or `xn--bcher-kva`, which it is kept as.
    ///
    /// Processing is non-transitional (UTS 46, `straße` stays itself), and nothing is mapped: what is not the only
    /// spelling of its name is refused (RFC 5891 §4.1).
    ///
    /// ```
    /// use cnic_registration::Label;
    ///
    /// assert_eq!(Label::from_unicode("bücher")?.as_str(), "xn--bcher-kva");
    /// assert!(Label::from_unicode("BÜCHER").is_err());
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * for a label in ASCII without `xn--`: those of [`FromStr`](core::str::FromStr);
    /// * an IDN that needs mapping, does not survive decoding and encoding, or has no character beyond ASCII;
    /// * an A-label longer than 63 bytes.
    pub fn from_unicode(text: &str) -> Result<Self, InvalidValue> {
        to_label(text, &LENGTH).map(|label| Self::from_checked(&label))
    }
}

/// Checks a label and returns it in ASCII. Only an IDN allocates.
pub(crate) fn to_label<'t>(
    text: &'t str,
    length: &RangeInclusive<usize>,
) -> Result<Cow<'t, str>, InvalidValue> {
    if text.is_ascii() {
        match check(text, length) {
            Ok(()) => return Ok(Cow::Borrowed(text)),
            Err(error) if error.rule() != Rule::AceLabel => return Err(error),
            Err(_) => {}
        }
    }
    let illegal = |c: char| c.is_ascii() && !(c.is_ascii_alphanumeric() || c == '-');
    if let Some(offset) = text.find(illegal) {
        return Err(InvalidValue::at_character(Rule::InvalidChar, text, offset));
    }
    if text.starts_with('-') {
        return Err(InvalidValue::new(Rule::LeadingHyphen { label: 1 }, 0..1));
    }
    if text.ends_with('-') {
        let last = text.len() - 1..text.len();
        return Err(InvalidValue::new(Rule::TrailingHyphen { label: 1 }, last));
    }
    // One pass over what can't be a label at all, before anything is decoded: no U-label is longer in UTF-8 than four
    // bytes for each byte of its A-label.
    if text.len() > 4 * MAX_LABEL {
        return Err(InvalidValue::new(Rule::TooLong, 0..text.len()));
    }
    let ascii =
        round_trip(text).ok_or_else(|| InvalidValue::new(Rule::InvalidIdn, 0..text.len()))?;
    let longest = MAX_LABEL.min(*length.end());
    match ascii.len() {
        // These lengths are the A-label's; no byte of the text itself is one too many.
        len if len > longest => Err(InvalidValue::new(Rule::TooLong, 0..text.len())),
        len if len < *length.start() => Err(InvalidValue::new(Rule::TooShort, 0..text.len())),
        _ => Ok(Cow::Owned(ascii)),
    }
}

/// Returns the A-label of a label that is in its only spelling, as A-label in any case or as U-label.
fn round_trip(text: &str) -> Option<String> {
    let ascii = to_ascii(text)?;
    let (unicode, valid) =
        Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    valid.ok()?;
    let as_given = if text.is_ascii() { ascii.eq_ignore_ascii_case(text) } else { unicode == text };
    let stable = to_ascii(&unicode)? == ascii;
    // A dot comes out of neither: there was none, and what is mapped to one is not as it was given.
    (as_given && stable && !unicode.is_ascii()).then_some(ascii)
}

fn to_ascii(text: &str) -> Option<String> {
    let uts46 = Uts46::new();
    let ascii =
        uts46.to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Ignore);
    ascii.ok().map(Cow::into_owned)
}
