//! Changes: what is added to a family and what is deleted from it.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::build_error::{BuildError, BuildErrorKind};
use crate::command::Command;
use crate::parameters::key::is_key;
use crate::parameters::value::check_value;
use crate::tags::family::TagFamily;

/// What [`Command::set_change`] wrote.
///
/// `Display` writes it for a log: `2 added, 1 removed`.
///
/// ```
/// use cnic_command::{Change, Command, TagKind};
///
/// let mut command = Command::new("ModifyDomain")?.with("DOMAIN", "example.com")?;
/// let change = command.set_change(TagKind::Domain, ["web", "unpaid"], ["web", "paid"])?;
/// assert_eq!((change.added, change.removed), (1, 1));
/// assert_eq!(change.to_string(), "1 added, 1 removed");
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Change {
    /// The number of values to add.
    pub added: usize,
    /// The number of values to delete.
    pub removed: usize,
}

impl Change {
    /// Returns the number of parameters that were written: values to add and values to delete.
    ///
    /// ```
    /// # use cnic_command::Command;
    /// let mut command = Command::from_static("UpdateDNSZone");
    /// let change = command.set_change("RR", ["www A 192.0.2.1"], ["www A 192.0.2.2", "ftp A 192.0.2.3"])?;
    /// assert_eq!((change.len(), command.len()), (3, 3));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub const fn len(self) -> usize {
        self.added + self.removed
    }

    /// Returns `true` if nothing is added and nothing deleted: there is nothing to send.
    ///
    /// ```
    /// # use cnic_command::{Command, TagKind};
    /// let mut command = Command::from_static("ModifyDomain");
    /// let change = command.set_change(TagKind::Domain, ["red", "blue"], ["blue", "red"])?;
    /// assert!(change.is_empty(), "the order of tags makes no difference");
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.added == 0 && self.removed == 0
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} added, {} removed", self.added, self.removed)
    }
}

/// `added` and `removed`.
///
/// ```
/// # use cnic_command::{Command, TagKind};
/// let change = Command::from_static("ModifyDomain").set_change(TagKind::Domain, ["red"], ["blue"])?;
/// assert_eq!(serde_json::to_string(&change).expect("JSON"), r#"{"added":1,"removed":1}"#);
/// # Ok::<(), cnic_command::BuildError>(())
/// ```
#[cfg(feature = "serde")]
impl serde::Serialize for Change {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut change = serializer.serialize_struct("Change", 2)?;
        change.serialize_field("added", &self.added)?;
        change.serialize_field("removed", &self.removed)?;
        change.end()
    }
}

impl Command<'_> {
    /// Writes the difference between two sets of values of a family, and returns its size.
    ///
    /// Values that only `new` has are added, values that only `old` has are deleted, each once and
    /// in the given order. The family is a key without `ADD` or `DEL` and without an index:
    /// `NAMESERVER`, `RR`, `STATUS`, or a [`TagKind`](crate::TagKind). All series of the family
    /// that the command had are removed first: the one that adds, the one that deletes, and the one
    /// that replaces.
    ///
    /// ```
    /// # use cnic_command::{Command, TagKind};
    /// let mut command = Command::new("ModifyDomain")?.with("DOMAIN", "example.com")?;
    /// let change = command.set_change(
    ///     "NAMESERVER",
    ///     ["ns1.example", "ns2.example"],
    ///     ["ns2.example", "ns3.example"],
    /// )?;
    /// assert_eq!((change.added, change.removed), (1, 1));
    /// assert!(command.set_change(TagKind::Domain, ["red"], ["red"])?.is_empty());
    /// assert_eq!(
    ///     command.encode().to_string(),
    ///     "COMMAND=ModifyDomain\nDOMAIN=example.com\nADDNAMESERVER0=ns3.example\nDELNAMESERVER0=ns1.example",
    /// );
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    ///
    /// Values are compared byte by byte. The prefix is spelled as the family is: `ADDNAMESERVER`,
    /// `AddDomainTag`, `addnameserver`.
    ///
    /// # Errors
    ///
    /// * a family that is not a valid key: empty, or with other characters than ASCII letters,
    ///   digits, `-` and `_`;
    /// * a value to add or to delete with CR, LF or NUL, or with leading or trailing whitespace;
    /// * more than 4,096 tags to add, or to delete, where the family is one of tags.
    ///
    /// The command is unchanged then.
    pub fn set_change<O: AsRef<str>, N: AsRef<str>>(
        &mut self,
        family: impl AsRef<str>,
        old: impl IntoIterator<Item = O>,
        new: impl IntoIterator<Item = N>,
    ) -> Result<Change, BuildError> {
        let replacing = family.as_ref();
        if !is_key(replacing) {
            return Err(BuildError::new(BuildErrorKind::InvalidKey));
        }
        let [adding, deleting] = prefixes(replacing).map(|prefix| format!("{prefix}{replacing}"));
        let old: Vec<O> = old.into_iter().collect();
        let new: Vec<N> = new.into_iter().collect();
        let (to_add, to_delete) = (only_in(&new, &old), only_in(&old, &new));
        let change = Change { added: to_add.len(), removed: to_delete.len() };
        let is_tags = TagFamily::ALL.iter().any(|tags| tags.key().eq_ignore_ascii_case(&adding));
        if is_tags && change.added.max(change.removed) > TagFamily::CAPACITY {
            return Err(BuildError::new(BuildErrorKind::TooManyTags));
        }

        for value in to_add.iter().chain(&to_delete) {
            check_value(value).map_err(BuildError::new)?;
        }
        for family in [replacing, &adding, &deleting] {
            self.remove_series(family);
        }
        self.set_series(&adding, to_add.into_iter().map(String::from))?;
        self.set_series(&deleting, to_delete.into_iter().map(String::from))?;
        Ok(change)
    }
}

/// Returns the prefixes of a family in its own case.
fn prefixes(family: &str) -> [&'static str; 2] {
    if !family.bytes().any(|byte| byte.is_ascii_lowercase()) {
        ["ADD", "DEL"]
    } else if family.bytes().any(|byte| byte.is_ascii_uppercase()) {
        ["Add", "Del"]
    } else {
        ["add", "del"]
    }
}

/// Returns the values that the others do not have, each once, in order.
fn only_in<'v>(values: &'v [impl AsRef<str>], others: &'v [impl AsRef<str>]) -> Vec<&'v str> {
    let mut known: BTreeSet<&str> = others.iter().map(AsRef::as_ref).collect();
    // `insert` is true for what is neither in the other set nor seen before.
    values.iter().map(AsRef::as_ref).filter(|value| known.insert(value)).collect()
}
