//! A registration that is not checked yet.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use cnic_text::{MASK, Position, Redaction, to_usize};

use crate::field::Field;
use crate::source::RawValue;
use crate::unknown::Unknown;

/// The raw fields of a registration. All are optional, and none is checked.
///
/// A draft is created from the bytes of a [form](Self::from_form), from [pairs](Self::from_pairs)
/// or field by field, and checked by a [`Policy`](crate::Policy). `Debug` shows the password as
/// `***`.
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
    pub(crate) scalars: [Option<RawValue<'t>>; SCALARS.len()],
    pub(crate) name_servers: Vec<RawValue<'t>>,
    pub(crate) registrant: Option<RawValue<'t>>,
    pub(crate) unknown: Vec<Unknown<'t>>,
}

/// The fields that a form has at most once, in the order in which they are written, which is that
/// of the vendor's page (docs/sources.md#seed-003).
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
        self.name_servers.push(RawValue::set(value.into()));
        self
    }

    pub(crate) fn with(mut self, field: Field, value: Cow<'t, str>) -> Self {
        if let Some(place) = SCALARS.iter().position(|(scalar, _)| *scalar == field) {
            self.scalars[place] = Some(RawValue::set(value));
        }
        self
    }

    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        let place = SCALARS.iter().position(|(scalar, _)| *scalar == field)?;
        self.scalars[place].as_ref().map(|value| &*value.text)
    }

    /// Returns the position of the pair of the form from which a field was read; the line is 1.
    ///
    /// Returns `None` if the field was set, or is absent.
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
    /// Returns `None` if the field was set, was read from a decoded pair, or is absent. For
    /// [`Field::NameServers`] it is the value of the first entry.
    #[must_use]
    pub fn value_span(&self, field: Field) -> Option<Range<usize>> {
        let value = self.value(field)?;
        value.span(0..value.text.len())
    }

    /// Returns the parameters that a registration does not have, in the order of the form.
    ///
    /// [`Field::Unknown`] holds the place in this list.
    #[must_use]
    pub fn unknown(&self) -> &[Unknown<'t>] {
        &self.unknown
    }

    /// Returns a value, and where it was read.
    pub(crate) fn value(&self, field: Field) -> Option<&RawValue<'t>> {
        match field {
            Field::NameServers => self.name_servers.first(),
            Field::NameServer(place) => self.name_servers.get(to_usize(place)),
            Field::Registrant => self.registrant.as_ref(),
            Field::Unknown(place) => Some(&self.unknown.get(to_usize(place))?.0),
            _ => self.scalars[SCALARS.iter().position(|(scalar, _)| *scalar == field)?].as_ref(),
        }
    }
}

impl fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Draft");
        for ((_, name), value) in SCALARS.iter().zip(&self.scalars) {
            let value = value.as_ref().map(|value| &*value.text);
            let is_secret = Redaction::DEFAULT.is_secret(name);
            shown.field(name, &if is_secret { value.map(|_| MASK) } else { value });
        }
        let servers: Vec<&str> = self.name_servers.iter().map(|value| &*value.text).collect();
        shown.field("dns", &servers);
        if !self.unknown.is_empty() {
            shown.field("unknown", &self.unknown);
        }
        shown.finish_non_exhaustive()
    }
}
