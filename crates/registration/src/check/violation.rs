//! Violations of rules.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use core::slice;

use cnic_text::to_usize;

use crate::field::Field;
use crate::value::rule::{InvalidValue, Rule};

/// A rule that a field breaks, and where in the value.
///
/// It never holds a part of the value, except for the one character that is not allowed, and
/// nothing at all of the user or the password. It does not hold the name of an unknown parameter
/// either; [`Draft::describe`](crate::Draft::describe) writes the violation with the name.
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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Violation {
    field: Field,
    invalid: InvalidValue,
}

impl Violation {
    pub(crate) const fn new(field: Field, invalid: InvalidValue) -> Self {
        Self { field, invalid }
    }

    /// Returns the field.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field, Policy};
    /// let violations = Policy::TOOLKIT.validate(&Draft::new().user("H1")).unwrap_err();
    /// let missing: Vec<_> = violations.iter().map(|it| it.field()).collect();
    /// assert_eq!(missing[..2], [Field::Password, Field::Domain]);
    /// ```
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Returns the rule.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field, Policy, Rule};
    /// let violations = Policy::TOOLKIT.validate(&Draft::new().period("11")).unwrap_err();
    /// let of_period = violations.iter().find(|it| it.field() == Field::Period);
    /// assert_eq!(of_period.map(|it| it.rule()), Some(Rule::InvalidPeriod));
    /// ```
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.invalid.rule()
    }

    /// Returns the offset in the value of the first byte that breaks the rule.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy, Violation};
    /// # let draft = Draft::new().user("u").password("p");
    /// let mut first: Option<Violation> = None;
    /// Policy::TOOLKIT.check(&draft.domain("exam_ple"), &mut first);
    /// assert_eq!(first.map(|it| (it.offset(), it.character())), Some((4, Some('_'))));
    /// ```
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.invalid.offset()
    }

    /// Returns the bytes of the value that break the rule; of the name, if the parameter is
    /// unknown.
    ///
    /// It is a range of the decoded text. [`Draft::span`](crate::Draft::span) returns the bytes of
    /// the form.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy, Violation};
    /// # let draft = Draft::new().user("u").password("p");
    /// let mut first: Option<Violation> = None;
    /// Policy::TOOLKIT.check(&draft.domain("b\u{fc}cher"), &mut first);
    /// assert_eq!(first.map(|it| it.span()), Some(1..3));
    /// ```
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.invalid.span()
    }

    /// Returns the character that is not allowed, if the rule is broken by one.
    #[must_use]
    pub const fn character(&self) -> Option<char> {
        self.invalid.character()
    }

    /// Returns the place of the parameter in the list of unknown ones, if it is one.
    pub(crate) const fn unknown_place(&self) -> Option<usize> {
        match self.field {
            Field::Unknown(place) => Some(to_usize(place)),
            _ => None,
        }
    }

    /// Writes the violation; of an unknown parameter with its name, which is safe to show.
    pub(crate) fn write_named(
        &self,
        f: &mut fmt::Formatter<'_>,
        name: Option<impl fmt::Display>,
    ) -> fmt::Result {
        match name {
            Some(name) => write!(f, "`{name}`: {}", self.message()),
            None => fmt::Display::fmt(self, f),
        }
    }

    /// Returns what is wrong, without the field.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy, Violation};
    /// let mut first: Option<Violation> = None;
    /// Policy::TOOLKIT.check(&Draft::default().user("u").password("p").domain("a!c"), &mut first);
    /// let message = first.map(|violation| violation.message().to_string());
    /// assert_eq!(message.as_deref(), Some("character '!' at byte 1 is not allowed"));
    /// ```
    #[must_use]
    pub const fn message(&self) -> Message {
        Message(self.invalid)
    }
}

/// A violation without its field, written by `Display`: `label 1 starts with a hyphen`. See
/// [`Violation::message`].
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let violations = Policy::TOOLKIT.validate(&Draft::new().suffix("gb.com")).unwrap_err();
/// let row = violations.iter().map(|it| format!("<td>{}</td><td>{}</td>", it.field(), it.message()));
/// assert!(row.into_iter().any(|row| row == "<td>suffix</td><td>no longer sold</td>"));
/// ```
#[derive(Clone, Copy)]
pub struct Message(InvalidValue);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_message(f)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message(\"{self}\")")
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message())
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Violation(\"{self}\")")
    }
}

impl core::error::Error for Violation {}

/// All violations of a draft, at least one, in the order of the fields.
///
/// `Display` writes all of them, separated by `; `, and unknown parameters with their names.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let body = b"user=u&password=p&domain=ab&suffix=uk.com&chandle=H1&thandle=H2&url=x";
/// let violations = Policy::TOOLKIT.validate(&Draft::from_form(body)?).unwrap_err();
/// assert_eq!(violations.to_string(), "domain: too short; `url`: unknown parameter");
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Violations {
    all: Vec<Violation>,
    /// The names of unknown parameters, safe to show.
    names: Vec<Box<str>>,
}

impl Violations {
    pub(crate) const fn new(all: Vec<Violation>, names: Vec<Box<str>>) -> Self {
        Self { all, names }
    }

    /// Returns the name of the parameter if it is unknown.
    pub(crate) fn name_of(&self, violation: &Violation) -> Option<&str> {
        violation.unknown_place().and_then(|place| self.names.get(place)).map(|name| &**name)
    }

    /// Returns the violations.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// let violations = Policy::TOOLKIT.validate(&Draft::new()).unwrap_err();
    /// assert_eq!(violations.as_slice()[0].to_string(), "user: missing");
    /// ```
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.all
    }

    /// Returns the violations, in the order of the fields.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field, Policy};
    /// let draft = Draft::new().name_server("ns1.example.com").name_server("localhost");
    /// let violations = Policy::TOOLKIT.validate(&draft).unwrap_err();
    /// assert!(violations.iter().any(|it| it.field() == Field::NameServer(1)));
    /// ```
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.all.iter()
    }

    /// Returns the number of violations.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// let violations = Policy::TOOLKIT.validate(&Draft::new()).unwrap_err();
    /// assert_eq!(violations.len(), 6, "the required fields");
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns `false`: a draft without violations is a [`Registration`](crate::Registration).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = alloc::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = slice::Iter<'v, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, violation) in self.all.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            violation.write_named(f, self.name_of(violation))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Violations(\"{self}\")")
    }
}

impl core::error::Error for Violations {}
