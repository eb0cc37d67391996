//! The families of tags.

use core::fmt;
use core::str::FromStr;

/// A family of tag parameters, such as `DomainTag0` to `DomainTag4095`.
///
/// `Display` and `FromStr` use the key without its index; parsing ignores ASCII case.
///
/// ```
/// use cnic_command::{TagFamily, TagKind};
///
/// let family: TagFamily = "ADDDOMAINTAG".parse()?;
/// assert_eq!(family, TagFamily::AddDomainTag);
/// assert_eq!((family.to_string(), family.kind()), ("AddDomainTag".into(), TagKind::Domain));
/// # Ok::<(), cnic_command::InvalidTagFamily>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the documented families")]
pub enum TagFamily {
    /// `DomainTag0=..`: the tags of a domain, or of the domains that a query lists.
    DomainTag,
    /// `ZoneTag0=..`: the tags of the zones that are meant.
    ZoneTag,
    /// `AddDomainTag0=..`: tags to add to a domain.
    AddDomainTag,
    /// `DelDomainTag0=..`: tags to take from a domain.
    DelDomainTag,
    /// `AddZoneTag0=..`: tags whose zones are to be activated.
    AddZoneTag,
    /// `DelZoneTag0=..`: tags whose zones are to be deactivated.
    DelZoneTag,
}

impl TagFamily {
    /// The six families.
    pub const ALL: [Self; 6] = [
        Self::DomainTag,
        Self::ZoneTag,
        Self::AddDomainTag,
        Self::DelDomainTag,
        Self::AddZoneTag,
        Self::DelZoneTag,
    ];

    /// The number of tags that a family can hold in one command: 4,096.
    pub const CAPACITY: usize = 4096;

    /// The largest index: 4095.
    pub const MAX_INDEX: u32 = 4095;

    /// Returns the key without its index, as documented: `DomainTag`.
    ///
    /// ```
    /// # use cnic_command::{Command, TagFamily};
    /// let family = TagFamily::AddDomainTag;
    /// let command = Command::parse("COMMAND=ModifyDomain\nAddDomainTag0=red\nAddDomainTag1=blue")?;
    /// assert_eq!(command.chunks(family.key(), TagFamily::CAPACITY).len(), 1);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::DomainTag => "DomainTag",
            Self::ZoneTag => "ZoneTag",
            Self::AddDomainTag => "AddDomainTag",
            Self::DelDomainTag => "DelDomainTag",
            Self::AddZoneTag => "AddZoneTag",
            Self::DelZoneTag => "DelZoneTag",
        }
    }

    /// Returns what the tags are for.
    ///
    /// ```
    /// # use cnic_command::{TagFamily, TagKind};
    /// let of_domains = TagFamily::ALL.into_iter().filter(|family| family.kind() == TagKind::Domain);
    /// assert_eq!(of_domains.count(), 3);
    /// ```
    #[must_use]
    pub const fn kind(self) -> TagKind {
        match self {
            Self::DomainTag | Self::AddDomainTag | Self::DelDomainTag => TagKind::Domain,
            Self::ZoneTag | Self::AddZoneTag | Self::DelZoneTag => TagKind::Zone,
        }
    }

    /// Returns the column of a response that has such tags: [`TagKind::column`].
    ///
    /// ```
    /// # use cnic_command::TagFamily;
    /// assert_eq!(TagFamily::DelDomainTag.column(), Some("domaintag"));
    /// ```
    #[must_use]
    pub const fn column(self) -> Option<&'static str> {
        self.kind().column()
    }
}

/// What tags are for.
///
/// `Display` and `FromStr` use the key of the family that replaces or filters, as
/// [`Command::set_change`](crate::Command::set_change) takes it; parsing ignores ASCII case.
///
/// ```
/// use cnic_command::TagKind;
///
/// let kind: TagKind = "domaintag".parse()?;
/// assert_eq!((kind, kind.to_string()), (TagKind::Domain, "DomainTag".into()));
/// # Ok::<(), cnic_command::InvalidTagFamily>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "only domains and zones have tags")]
pub enum TagKind {
    /// Domains: `DomainTag`, `AddDomainTag`, `DelDomainTag`.
    Domain,
    /// Zones: `ZoneTag`, `AddZoneTag`, `DelZoneTag`.
    Zone,
}

impl TagKind {
    /// The two kinds.
    pub const ALL: [Self; 2] = [Self::Domain, Self::Zone];

    /// Returns the family that replaces or filters: `DomainTag`.
    ///
    /// ```
    /// # use cnic_command::{Command, TagKind};
    /// let command = Command::parse("COMMAND=QueryDomainList\nZoneTag0=DEFAULT")?;
    /// assert!(command.tags(TagKind::Zone.family()).values().eq(["DEFAULT"]));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn family(self) -> TagFamily {
        match self {
            Self::Domain => TagFamily::DomainTag,
            Self::Zone => TagFamily::ZoneTag,
        }
    }

    /// Returns the column of a response that has the tags of an object, as in
    /// `property[domaintag][0] = red` of StatusDomain. `None` for zones: no response is documented
    /// to have theirs.
    ///
    /// ```
    /// # use cnic_command::TagKind;
    /// assert_eq!(TagKind::Domain.column(), Some("domaintag"));
    /// ```
    #[must_use]
    pub const fn column(self) -> Option<&'static str> {
        match self {
            Self::Domain => Some("domaintag"),
            Self::Zone => None,
        }
    }
}

impl fmt::Display for TagFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl fmt::Display for TagKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.family().fmt(f)
    }
}

/// The key of the family that replaces, as [`Command::set_change`](crate::Command::set_change)
/// takes it.
impl AsRef<str> for TagKind {
    fn as_ref(&self) -> &str {
        self.family().key()
    }
}

impl FromStr for TagFamily {
    type Err = InvalidTagFamily;

    fn from_str(key: &str) -> Result<Self, InvalidTagFamily> {
        let is_of = |family: &Self| family.key().eq_ignore_ascii_case(key);
        Self::ALL.into_iter().find(is_of).ok_or(InvalidTagFamily { _private: () })
    }
}

impl FromStr for TagKind {
    type Err = InvalidTagFamily;

    fn from_str(key: &str) -> Result<Self, InvalidTagFamily> {
        let is_of = |kind: &Self| kind.as_ref().eq_ignore_ascii_case(key);
        Self::ALL.into_iter().find(is_of).ok_or(InvalidTagFamily { _private: () })
    }
}

impl TryFrom<&str> for TagFamily {
    type Error = InvalidTagFamily;

    fn try_from(key: &str) -> Result<Self, InvalidTagFamily> {
        key.parse()
    }
}

impl TryFrom<&str> for TagKind {
    type Error = InvalidTagFamily;

    fn try_from(key: &str) -> Result<Self, InvalidTagFamily> {
        key.parse()
    }
}

/// The error of a text that is not the key of a [`TagFamily`] or [`TagKind`].
///
/// ```
/// use cnic_command::TagFamily;
///
/// let error = "DomainTag0".parse::<TagFamily>().unwrap_err();
/// assert_eq!(error.to_string(), "no such tag family");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvalidTagFamily {
    _private: (),
}

impl fmt::Display for InvalidTagFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such tag family")
    }
}

impl fmt::Debug for InvalidTagFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvalidTagFamily({:?})", "no such tag family")
    }
}

impl core::error::Error for InvalidTagFamily {}
