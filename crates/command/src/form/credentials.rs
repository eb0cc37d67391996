//! Who sends a command.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use cnic_text::MASK;

/// The fields of a form that are not the command: who sends it, and in which session.
///
/// `Debug` shows account, role, `persistent` and the system, and every other value as `***`.
///
/// ```
/// use cnic_command::Credentials;
///
/// let credentials = Credentials::new().with_login("account").with_password("hunter2");
/// assert_eq!(credentials.login(), Some("account"));
/// assert!(!format!("{credentials:?}").contains("hunter2"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials<'t> {
    pub(crate) login: Option<Cow<'t, str>>,
    pub(crate) role: Option<Cow<'t, str>>,
    pub(crate) password: Option<Cow<'t, str>>,
    pub(crate) otp: Option<Cow<'t, str>>,
    pub(crate) session_id: Option<Cow<'t, str>>,
    pub(crate) persistent: bool,
    pub(crate) opmode: Option<Cow<'t, str>>,
    pub(crate) others: Vec<(Cow<'t, str>, Cow<'t, str>)>,
}

impl<'t> Credentials<'t> {
    /// Creates empty credentials.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// assert!(Credentials::new().alone().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the account: `s_login=account`.
    ///
    /// Servers split `s_login` at its first `:`, and so does this: `account:clerk` also sets the
    /// [role](Self::with_role). Without a `:`, a role that was set before stays. Reject a `:` in a
    /// login that another person enters, if that person must not choose the role.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account:clerk");
    /// assert_eq!((credentials.login(), credentials.role()), (Some("account"), Some("clerk")));
    /// assert_eq!(credentials, Credentials::new().with_role("clerk").with_login("account"));
    /// ```
    #[must_use]
    pub fn with_login(self, login: impl Into<Cow<'t, str>>) -> Self {
        let (login, role) = match login.into() {
            Cow::Borrowed(text) => match text.split_once(':') {
                Some((login, role)) => (login.into(), Some(role.into())),
                None => (text.into(), None),
            },
            Cow::Owned(text) => match text.split_once(':') {
                Some((login, role)) => (Cow::Owned(login.into()), Some(Cow::Owned(role.into()))),
                None => (text.into(), None),
            },
        };
        Self { login: Some(login), role: role.or(self.role), ..self }
    }

    /// Sets the role user: `s_login=account:clerk`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account").with_role("clerk");
    /// assert_eq!(credentials.alone().to_string(), "s_login=account%3Aclerk");
    /// ```
    #[must_use]
    pub fn with_role(self, role: impl Into<Cow<'t, str>>) -> Self {
        let login = self.login.or(Some(Cow::Borrowed("")));
        Self { login, role: Some(role.into()), ..self }
    }

    /// Sets the password: `s_pw=..`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let body = Credentials::new().with_password("p&w=1").alone().to_string();
    /// assert_eq!(body, "s_pw=p%26w%3D1");
    /// ```
    #[must_use]
    pub fn with_password(self, password: impl Into<Cow<'t, str>>) -> Self {
        Self { password: Some(password.into()), ..self }
    }

    /// Sets the one-time password: `s_otp=..`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account").with_otp("123456");
    /// assert_eq!(credentials.alone().to_string(), "s_login=account&s_otp=123456");
    /// ```
    #[must_use]
    pub fn with_otp(self, otp: impl Into<Cow<'t, str>>) -> Self {
        Self { otp: Some(otp.into()), ..self }
    }

    /// Sets the session: `s_sessionid=..`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account").with_session_id("f00d");
    /// assert_eq!(credentials.alone().to_string(), "s_login=account&s_sessionid=f00d");
    /// ```
    #[must_use]
    pub fn with_session_id(self, session_id: impl Into<Cow<'t, str>>) -> Self {
        Self { session_id: Some(session_id.into()), ..self }
    }

    /// Asks for a session: `persistent=1`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account").with_persistent();
    /// assert_eq!(credentials.alone().to_string(), "s_login=account&persistent=1");
    /// ```
    #[must_use]
    pub fn with_persistent(self) -> Self {
        Self { persistent: true, ..self }
    }

    /// Sets the system that is to carry out the command: `s_opmode=OTE`.
    ///
    /// ```
    /// # use cnic_command::Credentials;
    /// let credentials = Credentials::new().with_login("account").with_opmode("OTE");
    /// assert_eq!(credentials.alone().to_string(), "s_login=account&s_opmode=OTE");
    /// ```
    #[must_use]
    pub fn with_opmode(self, opmode: impl Into<Cow<'t, str>>) -> Self {
        Self { opmode: Some(opmode.into()), ..self }
    }

    /// Returns the account, without the role.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account%3Aclerk")?;
    /// assert_eq!(form.credentials().login(), Some("account"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn login(&self) -> Option<&str> {
        self.login.as_deref()
    }

    /// Returns the role user: what follows the first `:` of `s_login`.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let roles = [&b"s_login=account%3Aclerk"[..], b"s_login=account"].map(|body| {
    ///     Form::decode(body).map(|form| form.credentials().role().map(String::from))
    /// });
    /// assert_eq!(roles, [Ok(Some("clerk".into())), Ok(None)]);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Returns the password.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account&s_pw=+p%26w")?;
    /// assert_eq!(form.credentials().password(), Some(" p&w"), "blanks are kept");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// Returns the one-time password.
    #[must_use]
    pub fn otp(&self) -> Option<&str> {
        self.otp.as_deref()
    }

    /// Returns the session.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account&s_sessionid=f00d&command=EndSession")?;
    /// assert_eq!(form.credentials().session_id(), Some("f00d"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }

    /// Returns whether a session is asked for.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// assert!(Form::decode(b"s_login=account&persistent=1")?.credentials().is_persistent());
    /// assert!(!Form::decode(b"s_login=account&persistent=0")?.credentials().is_persistent());
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn is_persistent(&self) -> bool {
        self.persistent
    }

    /// Returns the system that is to carry out the command.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account&S_OPMODE=OTE&command=StatusAccount")?;
    /// assert_eq!(form.credentials().opmode(), Some("OTE"));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub fn opmode(&self) -> Option<&str> {
        self.opmode.as_deref()
    }

    /// Returns the other fields that begin with `s_`, such as `s_entity`, as names and values in
    /// order.
    ///
    /// ```
    /// # use cnic_command::Form;
    /// let form = Form::decode(b"s_login=account&s_entity=1234&s_remoteaddr=192.0.2.1")?;
    /// assert!(form.credentials().others().eq([("s_entity", "1234"), ("s_remoteaddr", "192.0.2.1")]));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    pub fn others(&self) -> Others<'_> {
        Others(self.others.iter())
    }

    /// Returns the fields in the order in which they are written. The login is in two parts, the
    /// second one the role.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str, Option<&str>)> + Clone {
        let login = self.login().map(|login| ("s_login", login, self.role()));
        let named = [
            ("s_pw", self.password()),
            ("s_otp", self.otp()),
            ("s_sessionid", self.session_id()),
            ("persistent", self.persistent.then_some("1")),
            ("s_opmode", self.opmode()),
        ];
        let named = named.into_iter().filter_map(|(name, value)| Some((name, value?, None)));
        login.into_iter().chain(named).chain(self.others().map(|(name, value)| (name, value, None)))
    }
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An unknown field may be a secret as well.
        let is_shown = |name| matches!(name, "s_login" | "persistent" | "s_opmode");
        let shown = self.fields().map(|(name, value, role)| {
            let value = if is_shown(name) { value } else { MASK };
            (
                name,
                role.map_or(Cow::Borrowed(value), |role| {
                    Cow::Owned(alloc::format!("{value}:{role}"))
                }),
            )
        });
        f.write_str("Credentials ")?;
        f.debug_map().entries(shown).finish()
    }
}

/// An iterator over the fields that are not known, as names and values: what
/// [`Credentials::others`] returns.
///
/// ```
/// use cnic_command::form::{Form, Others};
///
/// fn names(others: Others<'_>) -> Vec<&str> {
///     others.map(|(name, _)| name).collect()
/// }
///
/// let form = Form::decode(b"s_login=account&s_entity=1234&command=StatusAccount")?;
/// assert_eq!(names(form.credentials().others()), ["s_entity"]);
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Others<'c>(slice::Iter<'c, (Cow<'c, str>, Cow<'c, str>)>);

impl<'c> Iterator for Others<'c> {
    type Item = (&'c str, &'c str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (&**name, &**value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Others<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(name, value)| (&**name, &**value))
    }
}

impl ExactSizeIterator for Others<'_> {}

impl FusedIterator for Others<'_> {}

/// Shows the number of fields that are left: a value may be a secret.
impl fmt::Debug for Others<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Others").field("len", &self.len()).finish_non_exhaustive()
    }
}
