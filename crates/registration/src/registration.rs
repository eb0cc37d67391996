//! A valid registration.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

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
pub struct Registration(pub(crate) Checked);

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
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// assert_eq!(Policy::TOOLKIT.validate(&draft.clone().test("0"))?.test(), Some(false));
    /// assert_eq!(Policy::TOOLKIT.validate(&draft)?.test(), None);
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
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
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft.domain("EXAMPLE"))?;
    /// assert_eq!(*registration.label(), "example");
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
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
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft.domain("Example").suffix("UK.com"))?;
    /// assert_eq!(registration.domain_name(), "example.uk.com");
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
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
    ///
    /// ```
    /// # use cnic_registration::{Draft, Period, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft.period("5"))?;
    /// assert_eq!(registration.period().map(Period::years), Some(5));
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.0.period
    }

    /// Returns the period that the server uses: the one given, or [2 years](Period::DEFAULT).
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft)?;
    /// assert_eq!((registration.period(), registration.effective_period().years()), (None, 2));
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub const fn effective_period(&self) -> Period {
        match self.0.period {
            Some(period) => period,
            None => Period::DEFAULT,
        }
    }

    /// Returns the name servers in their order: `dns[]=..`.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// let draft = draft.name_server("ns1.example.com").name_server("ns2.example.com::192.0.2.1");
    /// let registration = Policy::TOOLKIT.validate(&draft)?;
    /// let [first, second] = registration.name_servers() else { panic!("two name servers") };
    /// assert_eq!((first.ipv4(), second.ipv4()), (None, Some([192, 0, 2, 1].into())));
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub fn name_servers(&self) -> &[NameServer] {
        &self.0.name_servers
    }

    /// Returns whether the form had a `registrant`, which the server ignores and
    /// [`encode_form`](Self::encode_form) leaves out.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// let body = b"user=H1&password=x&domain=example&suffix=uk.com&chandle=H1&thandle=H1&registrant=R";
    /// let registration = Policy::TOOLKIT.validate(&Draft::from_form(body).expect("a form"))?;
    /// assert!(registration.ignored_registrant());
    /// assert!(!registration.encode_form().to_string().contains("registrant"));
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub const fn ignored_registrant(&self) -> bool {
        self.0.ignored_registrant
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Registration ")?;
        self.pairs().fmt(f)
    }
}
