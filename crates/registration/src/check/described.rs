//! Violations together with the draft that they are about.

use core::fmt;
use core::ops::Range;

use crate::check::violation::Violation;
use crate::draft::Draft;
use crate::field::Field;
use crate::unknown::Unknown;

impl Draft<'_> {
    /// Returns the bytes of the form that break a rule. An escape is covered as a whole.
    ///
    /// Returns `None` where [`value_span`](Self::value_span) does. A field that is missing has no
    /// bytes.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy, Violation};
    /// let body = b"user=u&password=p&domain=my%E2%80%93shop&suffix=uk.com";
    /// let draft = Draft::from_form(body)?;
    /// let mut first: Option<Violation> = None;
    /// Policy::TOOLKIT.check(&draft, &mut first);
    /// let first = first.expect("an en dash");
    /// assert_eq!(first.to_string(), "domain: character U+2013 at byte 2 is not allowed");
    /// assert_eq!(first.span(), 2..5, "in the value");
    /// assert_eq!(draft.span(&first), Some(27..36), "in the form");
    /// assert_eq!(&body[27..36], b"%E2%80%93");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn span(&self, violation: &Violation) -> Option<Range<usize>> {
        match violation.field() {
            Field::NameServers => self.value_span(Field::NameServers),
            field => self.value(field)?.span(violation.span()),
        }
    }

    /// Returns a violation to display, an unknown parameter with its name.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy, Violation};
    /// let draft = Draft::from_form(b"chandle2=H1")?;
    /// let mut violations: Vec<Violation> = Vec::new();
    /// Policy::TOOLKIT.check(&draft, &mut violations);
    /// let last = violations.last().expect("an unknown parameter");
    /// assert_eq!(draft.describe(last).to_string(), "`chandle2`: unknown parameter");
    /// assert_eq!(draft.describe(&violations[0]).to_string(), "user: missing");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub const fn describe<'d>(&'d self, violation: &'d Violation) -> Described<'d> {
        Described { draft: self, violation }
    }
}

/// A violation with its draft, written by `Display`; see [`Draft::describe`].
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::from_form(b"url=x")?;
/// let violations = Policy::TOOLKIT.validate(&draft).unwrap_err();
/// let lines: Vec<_> = violations.iter().map(|it| draft.describe(it).to_string()).collect();
/// assert_eq!(lines.last().map(String::as_str), Some("`url`: unknown parameter"));
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Described<'d> {
    draft: &'d Draft<'d>,
    pub(crate) violation: &'d Violation,
}

impl Described<'_> {
    /// Returns the name of the parameter if it is unknown.
    pub(crate) fn name(&self) -> Option<&Unknown<'_>> {
        self.violation.unknown_place().and_then(|place| self.draft.unknown.get(place))
    }
}

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.violation.write_named(f, self.name())
    }
}

impl fmt::Debug for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Described(\"{self}\")")
    }
}
