//! Tags: six families, each with the indices 0 to 4095 (`docs/sources.md`, seed 004).

pub(crate) mod rules;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::series::Series;

/// A family of tag parameters, such as `DomainTag0` to `DomainTag4095`.
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
}

impl core::fmt::Display for TagFamily {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.key())
    }
}

/// What tags are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "only domains and zones have tags")]
pub enum TagKind {
    /// Domains: `DomainTag`, `AddDomainTag`, `DelDomainTag`.
    Domain,
    /// Zones: `ZoneTag`, `AddZoneTag`, `DelZoneTag`.
    Zone,
}

impl TagKind {
    /// Returns the family that replaces or filters: `DomainTag`.
    #[must_use]
    pub const fn family(self) -> TagFamily {
        match self {
            Self::Domain => TagFamily::DomainTag,
            Self::Zone => TagFamily::ZoneTag,
        }
    }
}

/// The key of the family that replaces, as [`Command::set_change`] takes it.
impl AsRef<str> for TagKind {
    fn as_ref(&self) -> &str {
        self.family().key()
    }
}

impl<'t> Command<'t> {
    /// Returns the tags of a family by index, including indices above 4095.
    ///
    /// ```
    /// # use cnic_command::{Command, TagFamily};
    /// let command = Command::parse("COMMAND=ModifyDomain\nADDDOMAINTAG0=red\nAddDomainTag4095=blue")?;
    /// let tags: Vec<_> = command.tags(TagFamily::AddDomainTag).values().collect();
    /// assert_eq!(tags, ["red", "blue"]);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn tags(&self, family: TagFamily) -> Series<'_> {
        self.series(family.key())
    }

    /// Replaces the tags of a family, with indices from 0.
    ///
    /// ```
    /// # use cnic_command::{BuildErrorKind, Command, TagFamily};
    /// let mut command = Command::new("AddDomain")?;
    /// command.set_tags(TagFamily::DomainTag, ["red", "blue"])?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=AddDomain\nDomainTag0=red\nDomainTag1=blue");
    ///
    /// let too_many = (0..4097).map(|n| format!("tag{n}"));
    /// let error = command.set_tags(TagFamily::DomainTag, too_many).unwrap_err();
    /// assert_eq!(error.kind(), BuildErrorKind::TooManyTags);
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * more than 4,096 tags;
    /// * a tag with CR, LF or NUL, or with leading or trailing whitespace.
    ///
    /// The command is unchanged then.
    pub fn set_tags<V: Into<Cow<'t, str>>>(
        &mut self,
        family: TagFamily,
        tags: impl IntoIterator<Item = V>,
    ) -> Result<(), BuildError> {
        let tags: Vec<V> = tags.into_iter().take(TagFamily::CAPACITY + 1).collect();
        if tags.len() > TagFamily::CAPACITY {
            return Err(BuildError::new(BuildErrorKind::TooManyTags));
        }
        self.set_series(family.key(), tags)
    }

    /// Sets one tag: `DomainTag4095=red`.
    ///
    /// # Errors
    ///
    /// * an index above 4095;
    /// * a tag with CR, LF or NUL, or with leading or trailing whitespace.
    pub fn set_tag(
        &mut self,
        family: TagFamily,
        index: u32,
        tag: impl Into<Cow<'t, str>>,
    ) -> Result<(), BuildError> {
        if index > TagFamily::MAX_INDEX {
            return Err(BuildError::new(BuildErrorKind::TagIndex));
        }
        self.set(alloc::format!("{family}{index}"), tag)
    }
}
