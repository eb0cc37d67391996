//! Tags: six families, each with the indices 0 to 4095 (`docs/sources.md`, seed 004).

pub(crate) mod family;
pub(crate) mod rules;
#[cfg(feature = "serde")]
mod serde;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::series::Series;
use crate::tags::family::TagFamily;

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

    /// Replaces the tags of a family, as [`set_tags`](Self::set_tags) does, and returns the
    /// command.
    ///
    /// ```
    /// # use cnic_command::{Command, TagFamily};
    /// let command = Command::from_static("QueryDomainList").with_tags(TagFamily::DomainTag, ["red"])?;
    /// assert_eq!(command.encode().to_string(), "COMMAND=QueryDomainList\nDomainTag0=red");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`set_tags`](Self::set_tags).
    pub fn with_tags<V: Into<Cow<'t, str>>>(
        mut self,
        family: TagFamily,
        tags: impl IntoIterator<Item = V>,
    ) -> Result<Self, BuildError> {
        self.set_tags(family, tags)?;
        Ok(self)
    }

    /// Sets one tag: `DomainTag4095=red`. The other tags stay.
    ///
    /// ```
    /// # use cnic_command::{BuildErrorKind, Command, TagFamily};
    /// let mut command = Command::new("ModifyDomain")?.with_tags(TagFamily::DomainTag, ["red"])?;
    /// command.set_tag(TagFamily::DomainTag, 4095, "blue")?;
    /// assert!(command.tags(TagFamily::DomainTag).iter().eq([(0, "red"), (4095, "blue")]));
    /// let error = command.set_tag(TagFamily::DomainTag, 4096, "green").unwrap_err();
    /// assert_eq!(error.kind(), BuildErrorKind::TagIndex);
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
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
