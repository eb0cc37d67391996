//! The rules that a field can break.

use core::fmt;
use core::ops::Range;

use cnic_text::{Position, Span, kinds, to_usize};

kinds! {
    /// A rule of a registration.
    ///
    /// `Display` says what is wrong in one clause, without the value.
    ///
    /// ```
    /// use cnic_registration::{Host, Rule};
    ///
    /// let rule = "ns1.-example.com".parse::<Host>().unwrap_err().rule();
    /// assert_eq!(rule, Rule::LeadingHyphen { label: 2 });
    /// assert_eq!(rule.name(), "LeadingHyphen");
    /// assert_eq!(rule.to_string(), "label 2 starts with a hyphen");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Rule {
        /// The label starts with `xn--`, and the policy does not allow IDNs. The Toolkit has
        /// another call for them (docs/toolkit.md, section 2).
        AceLabel = "label is an IDN (`xn--`)",
        /// Not an IPv4 address: `ns.example.com::192.0.2.256`.
        BadV4 = "not an IPv4 address",
        /// Not an IPv6 address: `ns.example.com::1::2::3`.
        BadV6 = "not an IPv6 address",
        /// The value is the name of another handle field, which is deprecated: `chandle=thandle`.
        DeprecatedReference = "refers to another handle, which is deprecated",
        /// The same host is earlier in the list.
        DuplicateHost = "duplicate host",
        /// The value is empty.
        Empty = "empty",
        /// A separator without an address after it: `ns.example.com::`.
        EmptyAddress = "no address after `::`",
        /// An entry that starts with its separator: `::192.0.2.1`.
        EmptyHost = "no host before `::`",
        /// Two dots in a row, or one at the beginning: `ns..example.com`.
        EmptyLabel {
            /// The number of the label, from 1.
            label: u8,
        } = "label {label} is empty",
        /// An amount that is not digits with at most two decimals: `65.005`, `+65.00`, `.50`.
        InvalidAmount = "not an amount",
        /// A character that is not allowed in the value.
        InvalidChar = "character is not allowed",
        /// `test` is neither `0` nor `1`.
        InvalidFlag = "not 0 or 1",
        /// Not a capital letter and 1 to 15 digits: `H`, `h12345`, `H12345 `.
        InvalidHandle = "not a handle such as H12345",
        /// An IDN that needs mapping, does not survive decoding and encoding, or is not an IDN.
        InvalidIdn = "not a valid IDN in canonical form",
        /// Not a whole number of years that the policy allows: `0`, `11`, `02`, `+2`.
        InvalidPeriod = "not an allowed number of years",
        /// An IPv6 address, which the policy does not allow.
        Ipv6NotAllowed = "IPv6 address is not allowed",
        /// A label of a host or a suffix is longer than 63 bytes.
        LabelTooLong {
            /// The number of the label, from 1.
            label: u8,
        } = "label {label} is longer than 63 bytes",
        /// A label starts with `-`.
        LeadingHyphen {
            /// The number of the label, from 1.
            label: u8,
        } = "label {label} starts with a hyphen",
        /// Contact data in place of a handle, `new::..`, as it was sent before 2006.
        LegacyContactData = "expected a handle, found contact data",
        /// A suffix with a dot at either end, or a label that is empty, too long, or has a hyphen
        /// at either end: `.uk.com`.
        Malformed = "malformed",
        /// The field is required and absent.
        Missing = "missing",
        /// Label, dot and suffix together are longer than 253 bytes.
        NameTooLong = "longer than 253 bytes with its suffix",
        /// The last label of a host is all digits: `192.0.2.1`.
        NumericTld = "last label is a number",
        /// The label has hyphens in positions 3 and 4: `zq--u2c` (RFC 5891, section 4.2.3.1).
        ReservedLdh = "hyphens in positions 3 and 4",
        /// The suffix was sold and is no longer: `gb.com`.
        Retired = "no longer sold",
        /// A single colon in place of the separator `::`, as in the `modify` call:
        /// `ns.example.com:192.0.2.1`.
        SingleColon = "expected `::`, found `:`",
        /// A host with a single label: `localhost`.
        SingleLabel = "host has a single label",
        /// Longer than the field allows.
        TooLong = "too long",
        /// More name servers than the policy allows.
        TooManyNameServers = "too many name servers",
        /// Shorter than the field allows.
        TooShort = "too short",
        /// A host that ends with a dot.
        TrailingDot = "ends with a dot",
        /// A label ends with `-`.
        TrailingHyphen {
            /// The number of the label, from 1.
            label: u8,
        } = "label {label} ends with a hyphen",
        /// The suffix is not in the set.
        Unknown = "unknown",
        /// A parameter that a registration does not have, such as `url`.
        UnknownParameter = "unknown parameter",
        /// The address `0.0.0.0` or `::`.
        Unspecified = "unspecified address",
        /// `::` and a dotted IPv4 address where an IPv6 address should be:
        /// `ns.example.com::::192.0.2.1`.
        V4InV6Slot = "expected an IPv6 address, found an IPv4 address",
    }
}

/// Why a text is not a valid value: the rule, and where it is broken.
///
/// It never holds a part of the text, except for the one character that is not allowed.
///
/// ```
/// use cnic_registration::{Label, Rule};
///
/// let error = "my\u{2013}shop".parse::<Label>().unwrap_err();
/// assert_eq!((error.rule(), error.character()), (Rule::InvalidChar, Some('\u{2013}')));
/// assert_eq!((error.offset(), error.span()), (2, 2..5));
/// assert_eq!(error.to_string(), "character U+2013 at byte 2 is not allowed");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvalidValue {
    rule: Rule,
    character: Option<char>,
    span: Span,
}

impl InvalidValue {
    pub(crate) fn new(rule: Rule, span: Range<usize>) -> Self {
        Self { rule, character: None, span: span.into() }
    }

    /// Reports the character at an offset. At the end of the text it reports that the text is too
    /// short.
    pub(crate) fn at_character(rule: Rule, text: &str, offset: usize) -> Self {
        let character = text.get(offset..).and_then(|rest| rest.chars().next());
        let end = offset + character.map_or(0, char::len_utf8);
        Self { character, ..Self::new(rule, offset..end) }
    }

    /// Reports the first character that is not legal, or the whole text if all are.
    pub(crate) fn first_of(rule: Rule, text: &str, legal: impl Fn(char) -> bool) -> Self {
        match text.find(|c| !legal(c)) {
            Some(offset) => Self::at_character(rule, text, offset),
            None => Self::new(rule, 0..text.len()),
        }
    }

    /// Returns this error as seen from a text in which its own text starts at `base`.
    pub(crate) const fn offset_by(self, base: usize) -> Self {
        Self { span: self.span.offset_by(Position::at_byte(base)), ..self }
    }

    /// Returns the rule that is broken.
    ///
    /// ```
    /// # use cnic_registration::{Period, Rule};
    /// assert_eq!("11".parse::<Period>().unwrap_err().rule(), Rule::InvalidPeriod);
    /// ```
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the offset of the first byte that breaks the rule, from 0; the length of the text if
    /// it is too short.
    ///
    /// ```
    /// # use cnic_registration::Label;
    /// let offset = |text: &str| text.parse::<Label>().unwrap_err().offset();
    /// assert_eq!((offset("exa_mple"), offset("ab")), (3, 2));
    /// ```
    #[must_use]
    pub const fn offset(&self) -> usize {
        to_usize(self.span.start)
    }

    /// Returns the bytes of the text that break the rule. The range is empty if something is
    /// missing.
    ///
    /// ```
    /// # use cnic_registration::Host;
    /// let text = "ns1.example-.com";
    /// let error = text.parse::<Host>().unwrap_err();
    /// assert_eq!(&text[error.span()], "-");
    /// ```
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// Returns the character that is not allowed, if the rule is broken by one.
    ///
    /// ```
    /// # use cnic_registration::Label;
    /// let character = |text: &str| text.parse::<Label>().unwrap_err().character();
    /// assert_eq!((character("exa_mple"), character("ab")), (Some('_'), None));
    /// ```
    #[must_use]
    pub const fn character(&self) -> Option<char> {
        self.character
    }

    /// Writes what is wrong. The byte offset is written only together with a character.
    pub(crate) fn write_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            None => write!(f, "{}", self.rule),
            Some(c) if self.rule == Rule::InvalidChar => {
                write_character(f, c, self.offset())?;
                // Hosts and suffixes may have dots, so this value is a label.
                if c == '.' { f.write_str(": the suffix has its own field") } else { Ok(()) }
            }
            Some(c) => {
                write!(f, "{}: ", self.rule)?;
                write_character(f, c, self.offset())
            }
        }
    }
}

/// Writes which character is not allowed; as a code point unless it is printable ASCII.
pub(crate) fn write_character(f: &mut fmt::Formatter<'_>, c: char, byte: usize) -> fmt::Result {
    match c {
        '!'..='~' if c != '\'' => write!(f, "character '{c}'")?,
        _ => write!(f, "character U+{:04X}", u32::from(c))?,
    }
    write!(f, " at byte {byte} is not allowed")
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_message(f)?;
        if self.character.is_none() { write!(f, " (byte {})", self.span.start) } else { Ok(()) }
    }
}

impl fmt::Debug for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvalidValue(\"{self}\")")
    }
}

impl core::error::Error for InvalidValue {}
