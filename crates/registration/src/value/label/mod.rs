//! The label of a domain: what stands before the suffix.

use alloc::string::String;
use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

use crate::value::ldh::first_illegal;
use crate::value::rule::{Invalid, Rule};

/// The label that is to be registered, in lower case: `example`.
///
/// 3 to 64 letters, digits and hyphens, as seed 003 has it: no hyphen at an edge, none in the third and fourth place. The DNS
/// knows labels of at most 63 bytes; one of 64 is accepted because the seed says so, with the lint
/// [`ExceedsDnsLabel`](crate::LintKind::ExceedsDnsLabel). A policy may set [other bounds](crate::Policy::label_length).
///
/// ```
/// use cnic_registration::{Label, Rule};
///
/// let label: Label = "Example".parse()?;
/// assert_eq!(label.as_str(), "example");
/// assert_eq!("-example".parse::<Label>().unwrap_err().rule(), Rule::LeadingHyphen { label: 1 });
/// # Ok::<(), cnic_registration::Invalid>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

/// How long a label may be if nothing else is said.
pub(crate) const LENGTH: RangeInclusive<usize> = 3..=64;

impl Label {
    /// Returns the label.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks a text as [`FromStr`] does, and keeps nothing: no allocation.
    ///
    /// ```
    /// # use cnic_registration::Label;
    /// assert_eq!(Label::check("Example"), Ok(()));
    /// assert_eq!(Label::check("ex.ample").unwrap_err().offset(), 2);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of `FromStr`.
    pub fn check(text: &str) -> Result<(), Invalid> {
        check(text, &LENGTH)
    }

    /// Keeps a text that was checked.
    pub(crate) fn from_checked(text: &str) -> Self {
        Self(text.to_ascii_lowercase())
    }
}

/// Checks a label in the order of toolkit.md §2, in one pass and without an allocation.
pub(crate) fn check(text: &str, length: &RangeInclusive<usize>) -> Result<(), Invalid> {
    let broken = |rule, span| Err(Invalid::new(rule, span));
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return broken(Rule::Empty, 0..0);
    };
    if let Some(illegal) = first_illegal(bytes, false) {
        return Err(Invalid::at_character(Rule::InvalidChar, text, illegal));
    }
    let end = bytes.len();
    if end < *length.start() {
        return broken(Rule::TooShort, end..end);
    }
    if end > *length.end() {
        return broken(Rule::TooLong, *length.end()..end);
    }
    if first == b'-' {
        return broken(Rule::LeadingHyphen { label: 1 }, 0..1);
    }
    if last == b'-' {
        return broken(Rule::TrailingHyphen { label: 1 }, end - 1..end);
    }
    match bytes {
        [b'x' | b'X', b'n' | b'N', b'-', b'-', ..] => broken(Rule::AceLabel, 2..4),
        [_, _, b'-', b'-', ..] => broken(Rule::ReservedLdh, 2..4),
        _ => Ok(()),
    }
}

impl FromStr for Label {
    type Err = Invalid;

    /// # Errors
    ///
    /// In this order:
    /// * nothing; a character that is no ASCII letter, digit or hyphen (nothing is trimmed or mapped);
    /// * fewer than 3 bytes, more than 64;
    /// * a hyphen at either end;
    /// * hyphens in the third and fourth place, `xn--` among them.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::check(text)?;
        Ok(Self::from_checked(text))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Label").field(&self.0).finish()
    }
}

#[cfg(feature = "idn")]
pub(crate) mod idn {
    //! Labels in Unicode, or as A-labels.

    use alloc::borrow::Cow;
    use alloc::string::String;
    use core::ops::RangeInclusive;

    use idna::AsciiDenyList;
    use idna::uts46::{DnsLength, Hyphens, Uts46};

    use super::{Label, check};
    use crate::value::ldh::MAX_LABEL;
    use crate::value::rule::{Invalid, Rule};

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
        /// # Ok::<(), cnic_registration::Invalid>(())
        /// ```
        ///
        /// # Errors
        ///
        /// * for a label in ASCII without `xn--`: those of [`FromStr`](core::str::FromStr);
        /// * an IDN that needs mapping, does not survive decoding and encoding, or has no character beyond ASCII;
        /// * an A-label longer than 63 bytes.
        pub fn from_unicode(text: &str) -> Result<Self, Invalid> {
            to_label(text, &super::LENGTH).map(|label| Self::from_checked(&label))
        }
    }

    /// Checks a label and returns it in ASCII. Only an IDN allocates.
    pub(crate) fn to_label<'t>(
        text: &'t str,
        length: &RangeInclusive<usize>,
    ) -> Result<Cow<'t, str>, Invalid> {
        if text.is_ascii() {
            match check(text, length) {
                Ok(()) => return Ok(Cow::Borrowed(text)),
                Err(error) if error.rule() != Rule::AceLabel => return Err(error),
                Err(_) => {}
            }
        }
        let illegal = |c: char| c.is_ascii() && !(c.is_ascii_alphanumeric() || c == '-');
        if let Some(offset) = text.find(illegal) {
            return Err(Invalid::at_character(Rule::InvalidChar, text, offset));
        }
        if text.starts_with('-') {
            return Err(Invalid::new(Rule::LeadingHyphen { label: 1 }, 0..1));
        }
        if text.ends_with('-') {
            let last = text.len() - 1..text.len();
            return Err(Invalid::new(Rule::TrailingHyphen { label: 1 }, last));
        }
        // One pass over what can't be a label at all, before anything is decoded: no U-label is longer in UTF-8 than four
        // bytes for each byte of its A-label.
        if text.len() > 4 * MAX_LABEL {
            return Err(Invalid::new(Rule::TooLong, 0..text.len()));
        }
        let ascii =
            round_trip(text).ok_or_else(|| Invalid::new(Rule::InvalidIdn, 0..text.len()))?;
        let longest = MAX_LABEL.min(*length.end());
        match ascii.len() {
            // These lengths are the A-label's; no byte of the text itself is one too many.
            len if len > longest => Err(Invalid::new(Rule::TooLong, 0..text.len())),
            len if len < *length.start() => Err(Invalid::new(Rule::TooShort, 0..text.len())),
            _ => Ok(Cow::Owned(ascii)),
        }
    }

    /// Returns the A-label of a label that is in its only spelling, as A-label in any case or as U-label.
    fn round_trip(text: &str) -> Option<String> {
        let ascii = to_ascii(text)?;
        let (unicode, valid) =
            Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
        valid.ok()?;
        let as_given =
            if text.is_ascii() { ascii.eq_ignore_ascii_case(text) } else { unicode == text };
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
}
