//! A valid registration.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use cnic_text::{MASK, Redaction};

use crate::value::handle::Handle;
use crate::value::label::Label;
use crate::value::name_server::NameServer;
use crate::value::period::Period;
use crate::value::suffix::Suffix;

/// A registration that a [`Policy`](crate::Policy) found valid. Only
/// [`Policy::validate`](crate::Policy::validate) creates one.
///
/// `Debug` shows the password as `***`.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let body = b"domain=Example&suffix=uk.com&chandle=H1&thandle=H2&user=H12345&password=p%26w&dns[]=ns0.example.com";
/// let registration = Policy::TOOLKIT.validate(&Draft::from_form(body).expect("a form"))?;
/// assert_eq!(registration.label().as_str(), "example");
/// assert_eq!((registration.period(), registration.effective_period().years()), (None, 2));
/// assert_eq!(
///     registration.encode_form().to_string(),
///     "user=H12345&password=p%26w&domain=example&suffix=uk.com&chandle=H1&thandle=H2&dns%5B%5D=ns0.example.com",
/// );
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Registration(Checked);

/// The values of a registration, all of them checked.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) test: Option<bool>,
    pub(crate) user: Box<str>,
    pub(crate) password: Box<str>,
    pub(crate) label: Label,
    pub(crate) suffix: Suffix,
    pub(crate) chandle: Handle,
    pub(crate) ahandle: Option<Handle>,
    pub(crate) thandle: Handle,
    pub(crate) bhandle: Option<Handle>,
    pub(crate) period: Option<Period>,
    pub(crate) name_servers: Vec<NameServer>,
    pub(crate) ignored_registrant: bool,
}

impl Registration {
    pub(crate) const fn new(values: Checked) -> Self {
        Self(values)
    }

    /// Returns the flag of the test system: `test=1`.
    #[must_use]
    pub const fn test(&self) -> Option<bool> {
        self.0.test
    }

    /// Returns the registrar: `user=H12345`. It need not be a handle.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.0.user
    }

    /// Returns the password, as it was given.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.0.password
    }

    /// Returns the label: `domain=example`.
    #[must_use]
    pub const fn label(&self) -> &Label {
        &self.0.label
    }

    /// Returns the suffix: `suffix=uk.com`.
    #[must_use]
    pub const fn suffix(&self) -> &Suffix {
        &self.0.suffix
    }

    /// Returns the whole name: `example.uk.com`.
    #[must_use]
    pub fn domain_name(&self) -> String {
        alloc::format!("{}.{}", self.0.label, self.0.suffix)
    }

    /// Returns the registrant: `chandle=H12345`.
    #[must_use]
    pub const fn chandle(&self) -> &Handle {
        &self.0.chandle
    }

    /// Returns the administrative contact: `ahandle=H12345`. The default of the server is not
    /// documented.
    #[must_use]
    pub const fn ahandle(&self) -> Option<&Handle> {
        self.0.ahandle.as_ref()
    }

    /// Returns the technical contact: `thandle=H12345`.
    #[must_use]
    pub const fn thandle(&self) -> &Handle {
        &self.0.thandle
    }

    /// Returns the billing contact: `bhandle=H12345`. The default of the server is not documented.
    #[must_use]
    pub const fn bhandle(&self) -> Option<&Handle> {
        self.0.bhandle.as_ref()
    }

    /// Returns the period, if one was given.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.0.period
    }

    /// Returns the period that the server uses: the one given, or [2 years](Period::DEFAULT).
    #[must_use]
    pub const fn effective_period(&self) -> Period {
        match self.0.period {
            Some(period) => period,
            None => Period::DEFAULT,
        }
    }

    /// Returns the name servers in their order: `dns[]=..`.
    #[must_use]
    pub fn name_servers(&self) -> &[NameServer] {
        &self.0.name_servers
    }

    /// Returns whether the form had a `registrant`, which the server ignores and
    /// [`encode_form`](Self::encode_form) leaves out.
    #[must_use]
    pub const fn ignored_registrant(&self) -> bool {
        self.0.ignored_registrant
    }

    /// Returns the parameters, decoded, in the order of the vendor's page. They include the
    /// password.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.values().map(|(name, value)| (name, value.to_string()))
    }

    /// Returns the parameters, each with a value to write.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, impl fmt::Display)> {
        let checked = &self.0;
        let texts = [
            ("test", checked.test.map(|test| if test { "1" } else { "0" })),
            ("user", Some(&*checked.user)),
            ("password", Some(&*checked.password)),
            ("domain", Some(checked.label.as_str())),
            ("suffix", Some(checked.suffix.as_str())),
            ("chandle", Some(checked.chandle.as_str())),
            ("ahandle", checked.ahandle.as_ref().map(Handle::as_str)),
            ("thandle", Some(checked.thandle.as_str())),
            ("bhandle", checked.bhandle.as_ref().map(Handle::as_str)),
        ];
        let texts =
            texts.into_iter().filter_map(|(name, text)| Some((name, ParameterValue::Text(text?))));
        let period = checked.period.map(|period| ("period", ParameterValue::Period(period)));
        let servers =
            checked.name_servers.iter().map(|server| ("dns[]", ParameterValue::Server(server)));
        texts.chain(period).chain(servers)
    }
}

/// A value of a parameter, which `Display` writes.
enum ParameterValue<'r> {
    Text(&'r str),
    Period(Period),
    Server(&'r NameServer),
}

impl fmt::Display for ParameterValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Period(period) => period.fmt(f),
            Self::Server(server) => server.fmt(f),
        }
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Registration ")?;
        let shown = self.pairs().map(|(name, value)| {
            (name, if Redaction::DEFAULT.is_secret(name) { MASK.into() } else { value })
        });
        f.debug_map().entries(shown).finish()
    }
}
