//! Which field breaks which rule.

use alloc::vec::Vec;
use core::fmt;

use crate::rule::{Invalid, Rule};

/// A field of a registration, named as in the form. They order as they are written and reported.
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
}

impl Field {
    pub(crate) fn name_server(place: usize) -> Self {
        Self::NameServer(u32::try_from(place).unwrap_or(u32::MAX))
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
        })
    }
}

/// A rule that a field breaks, and where in the value. It never holds a piece of the value.
///
/// ```
/// use cnic_registration::{Draft, Policy, Violation};
///
/// let draft = Draft::from_form(b"user=u&password=p&domain=example&suffix=uk.com&chandle=H1&dns[]=-ns.example.com")?;
/// let mut violations: Vec<Violation> = Vec::new();
/// Policy::TOOLKIT.check(&draft, &mut violations);
/// let texts: Vec<_> = violations.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, ["thandle: missing", "dns[0]: label 1 starts with a hyphen"]);
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    field: Field,
    invalid: Invalid,
}

impl Violation {
    pub(crate) const fn new(field: Field, invalid: Invalid) -> Self {
        Self { field, invalid }
    }

    /// Returns the field.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.invalid.rule()
    }

    /// Returns the offset in the value of the first byte that breaks the rule.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.invalid.offset()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.rule())
    }
}

impl core::error::Error for Violation {}

/// Everything that is wrong with a draft: at least one [`Violation`], in the order of the fields.
///
/// `Display` writes all of them, with `; ` between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub(crate) Vec<Violation>);

impl Violations {
    /// Returns the violations.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// Returns the violations.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = alloc::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = core::slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, violation) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Violations {}
