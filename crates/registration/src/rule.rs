//! The rules that a field can break.

use core::fmt;

macro_rules! rules {
    ($($(#[$doc:meta])+ $name:ident $({ $field:ident: $type:ty })? = $text:literal,)+) => {
        /// A rule of a registration.
        ///
        /// `Display` says what is wrong in one clause, without the value: `label 1 starts with a hyphen`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])+ $name $({
                /// Which one, counted from 1.
                $field: $type
            })?,)+
        }

        impl Rule {
            /// Returns the name of the rule, as it is spelled here: `TooLong`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name $({ $field: _ })? => stringify!($name),)+
                }
            }
        }

        impl fmt::Display for Rule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $({ $field })? => write!(f, $text),)+
                }
            }
        }
    };
}

rules! {
    /// The label begins with `xn--`, and the policy does not allow IDNs (toolkit.md §2: they have a command of their own).
    AceLabel = "label is an IDN (`xn--`)",
    /// What should be an IPv4 address is none: `ns.example.com::192.0.2.256`.
    BadV4 = "not an IPv4 address",
    /// What should be an IPv6 address is none: `ns.example.com::1::2::3`.
    BadV6 = "not an IPv6 address",
    /// The value is the name of another handle field, `chandle=thandle`, which the seed calls deprecated.
    DeprecatedReference = "refers to another handle, which is deprecated",
    /// The same host stands earlier in the list.
    DuplicateHost = "host given twice",
    /// There is a value, and it is empty.
    Empty = "empty",
    /// A separator with no address behind it: `ns.example.com::`.
    EmptyAddress = "no address after `::`",
    /// An entry that begins with its separator: `::192.0.2.1`.
    EmptyHost = "no host before `::`",
    /// Two dots in a row, or one at the beginning: `ns..example.com`.
    EmptyLabel { label: u8 } = "label {label} is empty",
    /// An amount that is not digits with at most two decimals: `65.005`, `+65.00`, `.50`.
    InvalidAmount = "not an amount",
    /// A character that does not belong there.
    InvalidChar = "character that is not allowed",
    /// `test` is neither `0` nor `1`.
    InvalidFlag = "not 0 or 1",
    /// Not a capital letter and 1 to 15 digits: `H`, `h12345`, `H12345 `.
    InvalidHandle = "not a handle such as H12345",
    /// An IDN that needs mapping, does not survive decoding and encoding, or is none.
    InvalidIdn = "not an IDN in its only spelling",
    /// Not a whole number of years that the policy allows: `0`, `11`, `02`, `+2`.
    InvalidPeriod = "not an allowed number of years",
    /// An IPv6 address, and the policy allows none.
    Ipv6NotAllowed = "IPv6 address",
    /// A label of a host or a suffix is longer than 63 bytes.
    LabelTooLong { label: u8 } = "label {label} is longer than 63 bytes",
    /// A label begins with `-`.
    LeadingHyphen { label: u8 } = "label {label} starts with a hyphen",
    /// Contact data in place of a handle, `new::..`, as it was sent before 2006.
    LegacyContactData = "contact data in place of a handle",
    /// A suffix with a dot at either end, an empty label, or a label that can't be one: `.uk.com`.
    Malformed = "malformed",
    /// The field is required and absent.
    Missing = "missing",
    /// Label, dot and suffix together are longer than 253 bytes.
    NameTooLong = "longer than 253 bytes with its suffix",
    /// The last label of a host is all digits: `192.0.2.1`.
    NumericTld = "last label is a number",
    /// The label has hyphens as its third and fourth character: `zq--u2c` (RFC 5891 §4.2.3.1).
    ReservedLdh = "hyphens in the third and fourth place",
    /// The suffix was sold and is no longer: `gb.com`.
    Retired = "no longer sold",
    /// One colon where two separate: `ns.example.com:192.0.2.1`, the grammar of the `modify` call.
    SingleColon = "single colon",
    /// A host of one label: `localhost`.
    SingleLabel = "host of a single label",
    /// Longer than is allowed there.
    TooLong = "too long",
    /// More name servers than the policy allows.
    TooManyNameServers = "too many name servers",
    /// Shorter than is allowed there.
    TooShort = "too short",
    /// A host that ends with a dot.
    TrailingDot = "ends with a dot",
    /// A label ends with `-`.
    TrailingHyphen { label: u8 } = "label {label} ends with a hyphen",
    /// The suffix is not in the set.
    Unknown = "unknown",
    /// The address `0.0.0.0` or `::`.
    Unspecified = "unspecified address",
    /// `::` and a dotted IPv4 address where an IPv6 address should be: `ns.example.com::::192.0.2.1`.
    V4InV6Slot = "IPv4 address in place of an IPv6 address",
}

/// Why a text is not a value: the rule, and where it is broken. It never holds a piece of the text.
///
/// ```
/// use cnic_registration::{Label, Rule};
///
/// let error = "exa_mple".parse::<Label>().unwrap_err();
/// assert_eq!((error.rule(), error.offset()), (Rule::InvalidChar, 3));
/// assert_eq!(error.to_string(), "character that is not allowed (byte 3)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Invalid {
    rule: Rule,
    offset: u32,
}

impl Invalid {
    pub(crate) fn new(rule: Rule, offset: usize) -> Self {
        Self { rule, offset: u32::try_from(offset).unwrap_or(u32::MAX) }
    }

    /// Returns this error as seen from a text in which its own text starts at `base`.
    pub(crate) fn at(self, base: usize) -> Self {
        Self::new(self.rule, self.offset().saturating_add(base))
    }

    /// Returns the rule that is broken.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the offset of the first byte that breaks the rule, from 0; the length of the text where it ends too early.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset as usize // lossless by the assertion beside `Position`
    }
}

const _: () = assert!(usize::BITS >= u32::BITS);

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.rule, self.offset)
    }
}

impl core::error::Error for Invalid {}
