//! A registration as somebody typed it.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use crate::error::{ParseError, Position};
use crate::parser::Parser;
use crate::source::Value;
use crate::unknown::Unknown;
use crate::violation::{Field, Violation};

/// The raw fields of a registration: all optional, none of them checked.
///
/// It is made from the bytes of a [form](Self::from_form), from [pairs](Self::from_pairs) or field by field, and checked by a
/// [`Policy`](crate::Policy). `Debug` shows the password as `***`.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::default()
///     .user("H12345")
///     .password("secret")
///     .domain("example")
///     .suffix("uk.com")
///     .chandle("H1")
///     .thandle("H2")
///     .name_server("ns0.example.com")
///     .name_server("ns1.example.com::192.0.2.1");
/// let registration = Policy::TOOLKIT.validate(&draft)?;
/// assert_eq!(registration.domain_name(), "example.uk.com");
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct Draft<'t> {
    pub(crate) scalars: [Option<Value<'t>>; SCALARS.len()],
    pub(crate) name_servers: Vec<Value<'t>>,
    pub(crate) registrant: Option<Value<'t>>,
    pub(crate) unknown: Vec<Unknown<'t>>,
}

/// The fields that are there once, in the order in which they are written: that of seed 003's table.
pub(crate) const SCALARS: [(Field, &str); 10] = [
    (Field::Test, "test"),
    (Field::User, "user"),
    (Field::Password, "password"),
    (Field::Domain, "domain"),
    (Field::Suffix, "suffix"),
    (Field::Chandle, "chandle"),
    (Field::Ahandle, "ahandle"),
    (Field::Thandle, "thandle"),
    (Field::Bhandle, "bhandle"),
    (Field::Period, "period"),
];

macro_rules! setters {
    ($($(#[$doc:meta])+ $name:ident: $field:ident,)+) => {
        $(
            $(#[$doc])+
            pub fn $name(self, value: impl Into<Cow<'t, str>>) -> Self {
                self.with(Field::$field, value.into())
            }
        )+
    };
}

impl<'t> Draft<'t> {
    /// Reads the body of a form, `application/x-www-form-urlencoded`. Percent-decoding happens exactly once.
    ///
    /// Brackets and colons may be encoded or not; the name servers are `dns[]` or `dns[0]`, `dns[1]`, ..; `period=`,
    /// `registrant=` and a lone `dns[]=` stand for nothing, as the vendor's clients send them (toolkit.md §1.2). One U+FEFF
    /// before the first name is ignored. A parameter that a registration does not have, `url` among them, is kept by its
    /// [name](Self::unknown), for which every policy rejects the draft.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"domain=ex%61mple&period=&dns%5B%5D=ns0.example.com")?;
    /// assert_eq!(draft, Draft::default().domain("example").name_server("ns0.example.com"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a pair without `=`; empty pairs are passed over;
    /// * a `%` without two hexadecimal digits, a raw control character, or a value that does not decode to UTF-8;
    /// * a parameter given twice;
    /// * `dns`, a gap in `dns[0]`, `dns[1]`, .., or both kinds of `dns` in one form;
    /// * anything above the default [`Limits`](crate::Limits); a [`Parser`] can be given others.
    pub fn from_form(body: &'t [u8]) -> Result<Self, ParseError> {
        Parser::new().parse_form(body)
    }

    /// Reads names and values that are decoded already, by the rules of [`from_form`](Self::from_form).
    ///
    /// # Errors
    ///
    /// * a parameter given twice;
    /// * `dns`, a gap in `dns[0]`, `dns[1]`, .., or both kinds of `dns` in one form;
    /// * more pairs, or longer names or values, than the default [`Limits`](crate::Limits).
    ///
    /// The position of the error is the number of the pair, from 0, as its byte.
    pub fn from_pairs<N: AsRef<str>, V: Into<Cow<'t, str>>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, ParseError> {
        Parser::new().parse_pairs(pairs)
    }

    setters! {
        /// Sets the flag of the test system: `test=1`.
        test: Test,
        /// Sets the registrar: `user=H12345`.
        user: User,
        /// Sets the password: `password=..`.
        password: Password,
        /// Sets the label: `domain=example`.
        domain: Domain,
        /// Sets the suffix: `suffix=uk.com`.
        suffix: Suffix,
        /// Sets the registrant: `chandle=H12345`.
        chandle: Chandle,
        /// Sets the administrative contact: `ahandle=H12345`.
        ahandle: Ahandle,
        /// Sets the technical contact: `thandle=H12345`.
        thandle: Thandle,
        /// Sets the billing contact: `bhandle=H12345`.
        bhandle: Bhandle,
        /// Sets the number of years: `period=2`.
        period: Period,
    }

    /// Adds a name server: `dns[]=ns1.example.com::192.0.2.1::2001:db8::1`.
    pub fn name_server(mut self, value: impl Into<Cow<'t, str>>) -> Self {
        self.name_servers.push(Value::set(value.into()));
        self
    }

    pub(crate) fn with(mut self, field: Field, value: Cow<'t, str>) -> Self {
        if let Some(place) = SCALARS.iter().position(|(scalar, _)| *scalar == field) {
            self.scalars[place] = Some(Value::set(value));
        }
        self
    }

    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        let place = SCALARS.iter().position(|(scalar, _)| *scalar == field)?;
        self.scalars[place].as_ref().map(|value| &*value.text)
    }

    /// Returns where a field was read: the pair of the form, on line 1. `None` if it was set, or is not there.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field};
    /// let draft = Draft::from_form(b"domain=example&suffix=uk.com")?;
    /// assert_eq!(draft.position(Field::Suffix).map(|at| at.byte()), Some(15));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn position(&self, field: Field) -> Option<Position> {
        self.value(field)?.position()
    }

    /// Returns the bytes of the form that are the value of a field, before it was decoded; those of
    /// the name, if the parameter is unknown.
    ///
    /// Returns `None` if the field was set, came as a pair, or is not there. For `dns` as a whole it
    /// is the first entry.
    #[must_use]
    pub fn value_span(&self, field: Field) -> Option<Range<usize>> {
        let value = self.value(field)?;
        value.span(0..value.text.len())
    }

    /// Returns the bytes of the form that break a rule. An escape is covered as a whole.
    ///
    /// Returns `None` where [`value_span`](Self::value_span) does: what is missing stands nowhere.
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

    /// Returns the parameters that a registration does not have, in the order of the form.
    ///
    /// [`Field::Unknown`] holds the place in this list.
    #[must_use]
    pub fn unknown(&self) -> &[Unknown<'t>] {
        &self.unknown
    }

    /// Returns a violation to be written, an unknown parameter with its name.
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

    fn value(&self, field: Field) -> Option<&Value<'t>> {
        match field {
            Field::NameServers => self.name_servers.first(),
            Field::NameServer(place) => self.name_servers.get(usize::try_from(place).ok()?),
            Field::Registrant => self.registrant.as_ref(),
            Field::Unknown(place) => Some(&self.unknown.get(usize::try_from(place).ok()?)?.0),
            _ => self.scalars[SCALARS.iter().position(|(scalar, _)| *scalar == field)?].as_ref(),
        }
    }
}

/// What [`Draft::describe`] returns, written by `Display`.
#[derive(Clone, Copy, Debug)]
pub struct Described<'d> {
    draft: &'d Draft<'d>,
    violation: &'d Violation,
}

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.violation.write_named(f, |place| self.draft.unknown.get(place))
    }
}

impl fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Draft");
        for ((field, name), value) in SCALARS.iter().zip(&self.scalars) {
            let value = value.as_ref().map(|value| &*value.text);
            shown
                .field(name, &if *field == Field::Password { value.map(|_| "***") } else { value });
        }
        let servers: Vec<&str> = self.name_servers.iter().map(|value| &*value.text).collect();
        shown.field("dns", &servers);
        if !self.unknown.is_empty() {
            shown.field("unknown", &self.unknown);
        }
        shown.finish_non_exhaustive()
    }
}
