//! Labels in Unicode and A-labels.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::RangeInclusive;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

use super::{LENGTH, Label, check};
use crate::value::ldh::MAX_LABEL;
use crate::value::rule::{InvalidValue, Rule};

impl Label {
    /// Reads a label that may be an IDN: `bücher` or `xn--bcher-kva`. An IDN is kept as an A-label.
    ///
    /// Processing is non-transitional (UTS 46): `straße` is not `strasse`. Nothing is mapped: a
    /// spelling that is not the canonical one of its name is rejected (RFC 5891, section 4.1).
    ///
    /// The vendor's SDKs for Python (6.0.0) and Node (9.0.8) are transitional except under eleven
    /// TLDs such as `de`: they send `straße.uk.com` as `strasse.uk.com`. Whoever registered a name
    /// with one of them may own that one (docs/protocol.md, section 1.4).
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
    /// * an IDN that needs mapping, does not survive decoding and encoding, or has no character
    ///   beyond ASCII;
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
    // Rejects before decoding, which is slow, what is too long for any label: in UTF-8 a U-label
    // takes at most four bytes for each byte of its A-label.
    if text.len() > 4 * MAX_LABEL {
        return Err(InvalidValue::new(Rule::TooLong, 0..text.len()));
    }
    let ascii =
        round_trip(text).ok_or_else(|| InvalidValue::new(Rule::InvalidIdn, 0..text.len()))?;
    let longest = MAX_LABEL.min(*length.end());
    match ascii.len() {
        // These are lengths of the A-label, so no single byte of the text is at fault.
        len if len > longest => Err(InvalidValue::new(Rule::TooLong, 0..text.len())),
        len if len < *length.start() => Err(InvalidValue::new(Rule::TooShort, 0..text.len())),
        _ => Ok(Cow::Owned(ascii)),
    }
}

/// Returns the A-label of a U-label or of an A-label (ASCII case-insensitively), if it is in
/// canonical form.
fn round_trip(text: &str) -> Option<String> {
    let ascii = to_ascii(text)?;
    let (unicode, valid) =
        Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    valid.ok()?;
    let as_given = if text.is_ascii() { ascii.eq_ignore_ascii_case(text) } else { unicode == text };
    let stable = to_ascii(&unicode)? == ascii;
    // Neither result has a dot: the text has no ASCII dot, and one that was mapped to a dot would
    // differ from the text.
    (as_given && stable && !unicode.is_ascii()).then_some(ascii)
}

fn to_ascii(text: &str) -> Option<String> {
    let uts46 = Uts46::new();
    let ascii =
        uts46.to_ascii(text.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Ignore);
    ascii.ok().map(Cow::into_owned)
}
