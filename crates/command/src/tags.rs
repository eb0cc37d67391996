//! Tags: the six families of seed 004, each with the indices 0 to 4095.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::command::Command;
use crate::error::{BuildError, BuildErrorKind};
use crate::parameters::Parameters;
use crate::series::Series;

/// A family of tag parameters, such as `DomainTag0` to `DomainTag4095`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the six families of seed 004")]
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

    /// Returns the key without its index, as seed 004 spells it: `DomainTag`.
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

/// What is tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "seed 004 tags domains and zones")]
pub enum TagKind {
    /// Domains: `DomainTag`, `AddDomainTag`, `DelDomainTag`.
    Domain,
    /// Zones: `ZoneTag`, `AddZoneTag`, `DelZoneTag`.
    Zone,
}

impl TagKind {
    /// Returns the family that replaces or filters, the one that adds and the one that deletes.
    const fn families(self) -> [TagFamily; 3] {
        match self {
            Self::Domain => {
                [TagFamily::DomainTag, TagFamily::AddDomainTag, TagFamily::DelDomainTag]
            }
            Self::Zone => [TagFamily::ZoneTag, TagFamily::AddZoneTag, TagFamily::DelZoneTag],
        }
    }
}

impl<'t> Command<'t> {
    /// Returns the tags of a family by index, those above 4095 among them, should somebody have sent such.
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
    /// * a tag with CR, LF or NUL, or with a blank at either end.
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
    /// * a tag with CR, LF or NUL, or with a blank at either end.
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

    /// Writes the difference between two sets of tags: what is new is added, what is gone is deleted, each once and in the
    /// order in which it was given. Tag parameters of that kind that the command had are removed, the replacing form too.
    ///
    /// ```
    /// # use cnic_command::{Command, TagKind};
    /// let mut command = Command::new("ModifyDomain")?.with("DOMAIN", "example.com")?;
    /// command.set_change(TagKind::Domain, ["red", "old"], ["blue", "red", "blue"])?;
    /// assert_eq!(
    ///     command.encode().to_string(),
    ///     "COMMAND=ModifyDomain\nDOMAIN=example.com\nAddDomainTag0=blue\nDelDomainTag0=old",
    /// );
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * more than 4,096 tags to add, or to delete;
    /// * a tag to add or to delete with CR, LF or NUL, or with a blank at either end.
    ///
    /// The command is unchanged then.
    pub fn set_change<O: AsRef<str>, N: AsRef<str>>(
        &mut self,
        kind: TagKind,
        old: impl IntoIterator<Item = O>,
        new: impl IntoIterator<Item = N>,
    ) -> Result<(), BuildError> {
        let [replacing, adding, deleting] = kind.families();
        let old: Vec<O> = old.into_iter().collect();
        let new: Vec<N> = new.into_iter().collect();
        let mut added: BTreeSet<&str> = old.iter().map(AsRef::as_ref).collect();
        let mut deleted: BTreeSet<&str> = new.iter().map(AsRef::as_ref).collect();
        // `insert` is true for what is neither in the other set nor seen before.
        let to_add = new.iter().map(AsRef::as_ref).filter(|tag| added.insert(tag));
        let to_delete = old.iter().map(AsRef::as_ref).filter(|tag| deleted.insert(tag));

        let mut change = Command::from_parts(Cow::Owned(self.name().into()), Parameters::default());
        change.set_tags(adding, to_add.map(String::from))?;
        change.set_tags(deleting, to_delete.map(String::from))?;
        for family in [replacing, adding, deleting] {
            self.remove_series(family.key());
        }
        self.parameters.extend(change.parameters);
        Ok(())
    }
}
