//! A registration that is not checked yet.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;
use core::slice;

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
/// let draft = Draft::new()
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
    /// Creates a draft without a field.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// let violations = Policy::TOOLKIT.validate(&Draft::new()).unwrap_err();
    /// assert_eq!(
    ///     violations.to_string(),
    ///     "user: missing; password: missing; domain: missing; suffix: missing; chandle: missing; \
    ///      thandle: missing",
    /// );
    /// ```
    pub const fn new() -> Self {
        Self {
            scalars: [const { None }; SCALARS.len()],
            name_servers: Vec::new(),
            registrant: None,
            unknown: Vec::new(),
        }
    }

    setters! {
        /// Sets the flag of the test system: `test=1`.
        ///
        /// ```
        /// # use cnic_registration::{Draft, Policy, Violation};
        /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
        /// # let draft = draft.chandle("H1").thandle("H1");
        /// let registration = Policy::TOOLKIT.validate(&draft.clone().test("1"))?;
        /// assert_eq!(registration.test(), Some(true));
        /// let violations = Policy::TOOLKIT.validate(&draft.test("true")).unwrap_err();
        /// assert_eq!(violations.to_string(), "test: not 0 or 1: character 't' at byte 0 is not allowed");
        /// # Ok::<(), cnic_registration::Violations>(())
        /// ```
        test: Test,
        /// Sets the registrar: `user=H12345`.
        user: User,
        /// Sets the password: `password=..`.
        ///
        /// ```
        /// # use cnic_registration::Draft;
        /// let draft = Draft::new().password("hunter2");
        /// assert!(!format!("{draft:?}").contains("hunter2"));
        /// ```
        password: Password,
        /// Sets the label: `domain=example`.
        ///
        /// ```
        /// # use cnic_registration::{Draft, Field};
        /// let (label, suffix) = "example.uk.com".split_once('.').expect("a whole name");
        /// let draft = Draft::new().domain(label).suffix(suffix);
        /// assert_eq!((draft.get(Field::Domain), draft.get(Field::Suffix)), (Some("example"), Some("uk.com")));
        /// ```
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
        ///
        /// ```
        /// # use cnic_registration::{Draft, Period, Policy};
        /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
        /// let draft = draft.chandle("H1").thandle("H1").period(Period::DEFAULT.to_string());
        /// assert_eq!(Policy::TOOLKIT.validate(&draft)?.period(), Some(Period::DEFAULT));
        /// # Ok::<(), cnic_registration::Violations>(())
        /// ```
        period: Period,
    }

    /// Adds a name server: `dns[]=ns1.example.com::192.0.2.1::2001:db8::1`.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let servers = ["ns1.example.com", "ns2.example.com::192.0.2.1"];
    /// let draft = servers.into_iter().fold(Draft::new(), Draft::name_server);
    /// assert_eq!(draft.name_servers().collect::<Vec<_>>(), servers);
    /// ```
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

    /// Returns the value of a field as it was set or read, or `None` if it is absent.
    ///
    /// For [`Field::NameServers`] it is `None`, as for an [unknown](Self::unknown) parameter, whose
    /// value is not kept.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field};
    /// let draft = Draft::from_form(b"domain=Ex%61mple&period=&dns[]=ns1.example.com")?;
    /// assert_eq!(draft.get(Field::Domain), Some("Example"), "decoded, not checked");
    /// assert_eq!(draft.get(Field::Period), None, "an empty period counts as absent");
    /// assert_eq!(draft.get(Field::NameServer(0)), Some("ns1.example.com"));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        match field {
            Field::NameServers | Field::Unknown(_) => None,
            field => self.value(field).map(|value| &*value.text),
        }
    }

    /// Returns the entries of `dns[]` in their order, as they were set or read.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"dns[0]=NS1.example.com&dns[1]=localhost")?;
    /// assert_eq!(draft.name_servers().collect::<Vec<_>>(), ["NS1.example.com", "localhost"]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn name_servers(&self) -> RawNameServers<'_> {
        RawNameServers(self.name_servers.iter())
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
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field};
    /// let body = b"user=H1&domain=ex%61mple";
    /// let span = Draft::from_form(body)?.value_span(Field::Domain).expect("from a form");
    /// assert_eq!(&body[span], b"ex%61mple");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub fn value_span(&self, field: Field) -> Option<Range<usize>> {
        let value = self.value(field)?;
        value.span(0..value.text.len())
    }

    /// Returns the parameters that a registration does not have, in the order of the form.
    ///
    /// [`Field::Unknown`] holds the place in this list.
    ///
    /// ```
    /// # use cnic_registration::Draft;
    /// let draft = Draft::from_form(b"domain=example&url=x&owner=y")?;
    /// let names: Vec<_> = draft.unknown().iter().map(|unknown| unknown.name()).collect();
    /// assert_eq!(names, ["url", "owner"]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
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
        shown.field("dns", &self.name_servers());
        if !self.unknown.is_empty() {
            shown.field("unknown", &self.unknown);
        }
        shown.finish_non_exhaustive()
    }
}

/// The entries of `dns[]` of a [`Draft`], unchecked; see [`Draft::name_servers`].
///
/// ```
/// use cnic_registration::{Draft, NameServer};
///
/// let draft = Draft::new().name_server("ns1.example.com").name_server("localhost");
/// let valid = draft.name_servers().filter(|text| text.parse::<NameServer>().is_ok());
/// assert_eq!(valid.collect::<Vec<_>>(), ["ns1.example.com"]);
/// ```
#[derive(Clone)]
pub struct RawNameServers<'d>(slice::Iter<'d, RawValue<'d>>);

impl<'d> Iterator for RawNameServers<'d> {
    type Item = &'d str;

    fn next(&mut self) -> Option<&'d str> {
        self.0.next().map(|value| &*value.text)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for RawNameServers<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|value| &*value.text)
    }
}

impl ExactSizeIterator for RawNameServers<'_> {}

impl FusedIterator for RawNameServers<'_> {}

impl fmt::Debug for RawNameServers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
