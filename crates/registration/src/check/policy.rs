//! Checking a draft against the rules.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use cnic_text::Sink;

use crate::check::violation::{Violation, Violations};
use crate::draft::Draft;
use crate::field::Field;
use crate::registration::{Checked, Registration};
use crate::source::RawValue;
use crate::value::handle::{self, Handle};
use crate::value::label::{self, Label};
use crate::value::ldh::MAX_NAME;
use crate::value::name_server::Entry;
use crate::value::period;
use crate::value::rule::{InvalidValue, Rule};
use crate::value::suffix::Suffix;
use crate::value::suffix_set::AllowedSuffixes;

/// What is allowed in a registration. Every documented bound can be changed.
///
/// ```
/// use cnic_registration::{AllowedSuffixes, Draft, Policy};
///
/// const ANY_SUFFIX: Policy = Policy::TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);
///
/// let draft = Draft::from_form(b"user=H1&password=x&domain=example&suffix=co.uk&chandle=H1&thandle=H1")?;
/// assert!(Policy::TOOLKIT.validate(&draft).is_err());
/// assert!(ANY_SUFFIX.validate(&draft).is_ok());
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Policy<'s> {
    label_length: RangeInclusive<usize>,
    years: RangeInclusive<u8>,
    name_servers: u8,
    ipv6: bool,
    empty_v4_slot: bool,
    suffixes: AllowedSuffixes<'s>,
    idn: bool,
}

impl Policy<'static> {
    /// The rules of the vendor's page (docs/sources.md#seed-003): labels of 3 to 64 bytes, 1
    /// to 10 years, 0 to 13 name servers with IPv4 and IPv6 addresses, the 20 suffixes that are
    /// sold, no IDNs.
    pub const TOOLKIT: Self = Self {
        label_length: label::LENGTH,
        years: period::YEARS,
        name_servers: 13,
        ipv6: true,
        empty_v4_slot: false,
        suffixes: AllowedSuffixes::Builtin,
        idn: false,
    };

    /// The rules of an older page: 2 to 10 years, 0 to 5 name servers, IPv4 only (docs/toolkit.md,
    /// section 1.1).
    pub const LEGACY: Self = Self { years: 2..=10, name_servers: 5, ipv6: false, ..Self::TOOLKIT };
}

impl Default for Policy<'_> {
    fn default() -> Self {
        Policy::TOOLKIT
    }
}

impl<'s> Policy<'s> {
    /// Sets how many bytes a label may have. Default: 3 to 64. The DNS allows at most 63.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("ab").suffix("uk.com");
    /// assert_eq!(Policy::TOOLKIT.validate(&draft).unwrap_err().to_string(), "domain: too short");
    /// assert!(Policy::TOOLKIT.label_length(2..=63).validate(&draft).is_ok());
    /// ```
    pub const fn label_length(mut self, length: RangeInclusive<usize>) -> Self {
        self.label_length = length;
        self
    }

    /// Sets how many years are allowed. Default: 1 to 10; more than 10 are never allowed.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("example").suffix("uk.com").period("5");
    /// let violations = Policy::TOOLKIT.years(1..=2).validate(&draft).unwrap_err();
    /// assert_eq!(violations.to_string(), "period: not an allowed number of years");
    /// ```
    pub const fn years(mut self, years: RangeInclusive<u8>) -> Self {
        self.years = years;
        self
    }

    /// Sets how many name servers are allowed. Default: 13.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("example").suffix("uk.com").name_server("a.test").name_server("b.test");
    /// let violations = Policy::TOOLKIT.name_servers(1).validate(&draft).unwrap_err();
    /// assert_eq!(violations.to_string(), "dns: too many name servers");
    /// ```
    pub const fn name_servers(self, most: u8) -> Self {
        Self { name_servers: most, ..self }
    }

    /// Sets whether name servers may have IPv6 addresses. Default: `true`.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("example").suffix("uk.com").name_server("a.test::2001:db8::1");
    /// let violations = Policy::TOOLKIT.ipv6(false).validate(&draft).unwrap_err();
    /// assert_eq!(violations.to_string(), "dns[0]: IPv6 address is not allowed");
    /// ```
    pub const fn ipv6(self, ipv6: bool) -> Self {
        Self { ipv6, ..self }
    }

    /// Sets whether an entry may have an empty slot for the IPv4 address: `host::::v6`. Default:
    /// `false`.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("example").suffix("uk.com").name_server("a.test::::2001:db8::1");
    /// let registration = Policy::TOOLKIT.empty_v4_slot(true).validate(&draft)?;
    /// assert_eq!(registration.name_servers()[0].to_string(), "a.test::2001:db8::1");
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    pub const fn empty_v4_slot(self, empty_v4_slot: bool) -> Self {
        Self { empty_v4_slot, ..self }
    }

    /// Sets which suffixes are allowed. Default: [`AllowedSuffixes::Builtin`].
    ///
    /// ```
    /// # use cnic_registration::{AllowedSuffixes, Draft, Policy, SuffixSet};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let sold: SuffixSet = ["uk.com".parse()?].into_iter().collect();
    /// let policy = Policy::TOOLKIT.suffixes(AllowedSuffixes::Set(&sold));
    /// let violations = policy.validate(&draft.domain("example").suffix("us.com")).unwrap_err();
    /// assert_eq!(violations.to_string(), "suffix: unknown");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    pub const fn suffixes<'n>(self, suffixes: AllowedSuffixes<'n>) -> Policy<'n>
    where
        's: 'n,
    {
        Policy { suffixes, ..self }
    }

    /// Sets whether the label may be an IDN, in Unicode or as an A-label. Default: `false`.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let draft = draft.domain("b\u{fc}cher").suffix("uk.com");
    /// let registration = Policy::TOOLKIT.idn(true).validate(&draft)?;
    /// assert_eq!(*registration.label(), "xn--bcher-kva");
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[cfg(feature = "idn")]
    pub const fn idn(self, idn: bool) -> Self {
        Self { idn, ..self }
    }

    /// Reports every rule that a draft breaks, in the order of the fields. It allocates only for an
    /// IDN.
    ///
    /// Too many name servers are one violation of the list; the entries beyond the maximum are not
    /// checked. Unknown parameters come last, with one violation each.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field, Policy, Violation};
    /// let draft = Draft::from_form(b"user=H1&password=x&domain=ab&suffix=uk.com&chandle=H1")?;
    /// let mut fields = Vec::new();
    /// Policy::TOOLKIT.check(&draft, &mut |violation: Violation| fields.push(violation.field()));
    /// assert_eq!(fields, [Field::Domain, Field::Thandle]);
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    pub fn check(&self, draft: &Draft<'_>, sink: &mut impl Sink<Violation>) {
        let mut report = |field, invalid| sink.report(Violation::new(field, invalid));
        let mut scalar = |field, check: &dyn Fn(&str) -> Result<(), InvalidValue>| {
            let result = match draft.get(field) {
                Some(value) => check(value),
                None if is_required(field) => Err(InvalidValue::new(Rule::Missing, 0..0)),
                None => Ok(()),
            };
            result.map_err(|invalid| report(field, invalid)).is_ok()
        };
        scalar(Field::Test, &check_flag);
        scalar(Field::User, &check_opaque);
        scalar(Field::Password, &check_opaque);
        let label = scalar(Field::Domain, &|text| self.to_label(text).map(drop));
        let suffix = scalar(Field::Suffix, &|text| self.suffixes.check(text));
        if label && suffix && self.name_length(draft) > MAX_NAME {
            scalar(Field::Domain, &|text| Err(InvalidValue::new(Rule::NameTooLong, 0..text.len())));
        }
        for field in [Field::Chandle, Field::Ahandle, Field::Thandle, Field::Bhandle] {
            scalar(field, &handle::check);
        }
        scalar(Field::Period, &|text| period::parse(text, &self.years).map(drop));
        self.check_name_servers(draft, &mut report);
        for (place, unknown) in draft.unknown.iter().enumerate() {
            let name = 0..unknown.name().len();
            report(Field::unknown(place), InvalidValue::new(Rule::UnknownParameter, name));
        }
    }

    /// Returns the length of the whole name of a draft whose label and suffix were checked.
    fn name_length(&self, draft: &Draft<'_>) -> usize {
        let label = draft.get(Field::Domain).and_then(|text| self.to_label(text).ok());
        label.map_or(0, |label| label.len()) + 1 + draft.get(Field::Suffix).map_or(0, str::len)
    }

    /// Checks a label and returns it in ASCII, which is another text only for an IDN.
    fn to_label<'d>(&self, text: &'d str) -> Result<Cow<'d, str>, InvalidValue> {
        #[cfg(feature = "idn")]
        if self.idn {
            return label::idn::to_label(text, &self.label_length);
        }
        label::check(text, &self.label_length)?;
        Ok(Cow::Borrowed(text))
    }

    fn parse_name_server<'d>(&self, value: &'d RawValue<'_>) -> Result<Entry<'d>, InvalidValue> {
        Entry::parse(&value.text, self.empty_v4_slot)
    }

    fn check_name_servers(&self, draft: &Draft<'_>, report: &mut impl FnMut(Field, InvalidValue)) {
        let most = usize::from(self.name_servers);
        if draft.name_servers.len() > most {
            report(Field::NameServers, InvalidValue::new(Rule::TooManyNameServers, 0..0));
        }
        let servers = || draft.name_servers.iter().take(most).enumerate();
        for (place, value) in servers() {
            let entry = self.parse_name_server(value).and_then(|entry| match entry.ipv6 {
                Some(_) if !self.ipv6 => {
                    let addresses = entry.host.len()..value.text.len();
                    Err(InvalidValue::new(Rule::Ipv6NotAllowed, addresses))
                }
                _ => Ok(entry),
            });
            // A policy allows at most 255 entries, so each is compared with all before it, and
            // nothing is allocated. Comparing hosts is cheap; only an equal one is parsed again.
            let given_twice = |entry: Entry<'_>| {
                let mut earlier =
                    servers().take(place).filter(|(_, value)| has_host(value, entry.host));
                earlier.any(|(_, value)| self.parse_name_server(value).is_ok())
            };
            match entry {
                Ok(entry) if given_twice(entry) => {
                    let host = 0..entry.host.len();
                    report(Field::name_server(place), InvalidValue::new(Rule::DuplicateHost, host));
                }
                Ok(_) => {}
                Err(invalid) => report(Field::name_server(place), invalid),
            }
        }
    }

    /// Converts a draft into a registration.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// let body = b"user=H1&password=x&domain=example&suffix=UK.com&chandle=H1&thandle=H1&period=1";
    /// let draft = Draft::from_form(body)?;
    /// assert_eq!(Policy::TOOLKIT.validate(&draft).expect("valid").domain_name(), "example.uk.com");
    /// let violations = Policy::LEGACY.validate(&draft).unwrap_err();
    /// assert_eq!(violations.to_string(), "period: not an allowed number of years");
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All violations that [`check`](Self::check) reports.
    #[expect(clippy::missing_panics_doc, reason = "a draft without violations can be converted")]
    pub fn validate(&self, draft: &Draft<'_>) -> Result<Registration, Violations> {
        let mut violations = Vec::new();
        self.check(draft, &mut violations);
        if !violations.is_empty() {
            let names = draft.unknown.iter().map(|unknown| unknown.to_string().into());
            return Err(Violations::new(violations, names.collect()));
        }
        Ok(self.convert(draft).expect("a draft without violations has every value"))
    }

    /// Converts the values of a draft without violations.
    fn convert(&self, draft: &Draft<'_>) -> Option<Registration> {
        let handle = |field| draft.get(field).map(Handle::from_checked);
        let servers = draft.name_servers.iter();
        Some(Registration::new(Checked {
            test: draft.get(Field::Test).map(|flag| flag == "1"),
            user: draft.get(Field::User)?.into(),
            password: draft.get(Field::Password)?.into(),
            label: Label::from_checked(&self.to_label(draft.get(Field::Domain)?).ok()?),
            suffix: Suffix::from_checked(draft.get(Field::Suffix)?),
            chandle: handle(Field::Chandle)?,
            ahandle: handle(Field::Ahandle),
            thandle: handle(Field::Thandle)?,
            bhandle: handle(Field::Bhandle),
            period: draft.get(Field::Period).and_then(|text| text.parse().ok()),
            name_servers: servers
                .map(|value| self.parse_name_server(value).map(Entry::into_name_server))
                .collect::<Result<_, _>>()
                .ok()?,
            ignored_registrant: draft.registrant.is_some(),
        }))
    }
}

/// Returns whether an entry, if it is valid, has that host.
fn has_host(value: &RawValue<'_>, host: &str) -> bool {
    let start = value.text.as_bytes().get(..host.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(host.as_bytes()))
        && matches!(value.text.as_bytes().get(host.len()), None | Some(b':'))
}

const fn is_required(field: Field) -> bool {
    use Field::{Chandle, Domain, Password, Suffix, Thandle, User};

    matches!(field, User | Password | Domain | Suffix | Chandle | Thandle)
}

/// Any text but an empty one is a user or a password.
fn check_opaque(text: &str) -> Result<(), InvalidValue> {
    if text.is_empty() { Err(InvalidValue::new(Rule::Empty, 0..0)) } else { Ok(()) }
}

fn check_flag(text: &str) -> Result<(), InvalidValue> {
    match text {
        "0" | "1" => Ok(()),
        _ => Err(InvalidValue::first_of(Rule::InvalidFlag, text, |c| c.is_ascii_digit())),
    }
}
