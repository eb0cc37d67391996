//! The fields of a registration.

use core::fmt;

use cnic_text::to_u32;

/// A field of a registration, named as in the form. Fields are ordered as they are reported.
///
/// ```
/// use cnic_registration::{Draft, Field};
///
/// let draft = Draft::from_form(b"domain=example&dns[]=ns1.example.com&dns[]=ns2.example.com")?;
/// assert_eq!(draft.get(Field::NameServer(1)), Some("ns2.example.com"));
/// assert_eq!(Field::NameServer(1).to_string(), "dns[1]");
/// assert!(Field::Domain < Field::Period);
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// `test`
    Test,
    /// `user`
    User,
    /// `password`
    Password,
    /// `domain`
    Domain,
    /// `suffix`
    Suffix,
    /// `chandle`
    Chandle,
    /// `ahandle`
    Ahandle,
    /// `thandle`
    Thandle,
    /// `bhandle`
    Bhandle,
    /// `period`
    Period,
    /// `dns[]` as a whole
    NameServers,
    /// One entry of `dns[]`, counted from 0
    NameServer(u32),
    /// `registrant`, which the server ignores
    Registrant,
    /// A parameter that a registration does not have: its place in
    /// [`Draft::unknown`](crate::Draft::unknown)
    Unknown(u32),
}

impl Field {
    pub(crate) fn name_server(place: usize) -> Self {
        Self::NameServer(to_u32(place))
    }

    pub(crate) fn unknown(place: usize) -> Self {
        Self::Unknown(to_u32(place))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Test => "test",
            Self::User => "user",
            Self::Password => "password",
            Self::Domain => "domain",
            Self::Suffix => "suffix",
            Self::Chandle => "chandle",
            Self::Ahandle => "ahandle",
            Self::Thandle => "thandle",
            Self::Bhandle => "bhandle",
            Self::Period => "period",
            Self::NameServers => "dns",
            Self::NameServer(place) => return write!(f, "dns[{place}]"),
            Self::Registrant => "registrant",
            Self::Unknown(place) => return write!(f, "unknown[{place}]"),
        })
    }
}
