//! A case: which commands it is for, and what happens to them.

use std::fmt;
use std::time::Duration;

use cnic_command::Command;
use cnic_response::{Code, ResponseBuilder};

use crate::http::outgoing::Cut;
use crate::script::Step;
use crate::script::answer::Answer;

/// No delay is longer.
const LONGEST_DELAY: Duration = Duration::from_secs(86_400);

/// Starts a [`Case`] for the commands of a name.
///
/// ```
/// use cnic_mock::response::{Code, Response, ResponseBuilder};
/// use cnic_mock::{MockServer, on};
///
/// let expired = ResponseBuilder::new(Code::COMPLETED).cell("status", 0, "EXPIRED");
/// let server = MockServer::builder()
///     .script(on("StatusDomain").with("domain", "example.com").answer(expired))
///     .start()?;
/// let body = b"s_login=mock&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
/// let response = Response::parse(server.answer(body))?;
/// assert_eq!(response.get("status", 0), Some("EXPIRED"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn on(name: impl Into<String>) -> Case {
    Case {
        name: name.into(),
        parameters: Vec::new(),
        login: None,
        from_row: None,
        left: None,
        answer: None,
        cut: Cut::None,
        delay: Duration::ZERO,
        status: None,
    }
}

/// What happens to certain commands, instead of or besides what the account answers.
///
/// Without an [answer](Self::answer) the account answers, so that a delay or a fault can be put on
/// any command. A case does not look at passwords. Faults work over HTTP only:
/// [`MockServer::answer`](crate::MockServer::answer) returns the whole text.
///
/// ```
/// use std::time::Duration;
/// use cnic_mock::{MockServer, on};
/// use cnic_mock::response::Code;
///
/// let server = MockServer::builder()
///     // The pages of a list from row 50,000 on fail.
///     .script(on("QueryDomainList").from_row(50_000).fail(Code::SERVER_ERROR_TRY_AGAIN))
///     // The first two checks are slow, and then break off.
///     .script(on("CheckDomains").times(2).delay(Duration::from_millis(5)).disconnect())
///     .start()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Case {
    name: String,
    parameters: Vec<(String, String)>,
    login: Option<String>,
    from_row: Option<u64>,
    /// How often it is still taken; `None` for ever.
    left: Option<u64>,
    answer: Option<Answer>,
    cut: Cut,
    delay: Duration,
    status: Option<u16>,
}

impl Case {
    /// Starts a case for the commands that have the name and all parameters of this one, as
    /// [`with`](Self::with) compares them. They may have other parameters.
    ///
    /// ```
    /// use cnic_mock::Case;
    /// use cnic_mock::command::Command;
    ///
    /// let command = |text| Command::parse(text).unwrap();
    /// let case = Case::of(&command("COMMAND=CheckDomains\nDOMAIN0=a.example\nDOMAIN1=b.example"));
    /// assert!(case.matches(&command("command=checkdomains\ndomain1=b.example\ndomain0=a.example\nX=1")));
    /// assert!(!case.matches(&command("COMMAND=CheckDomains\nDOMAIN0=a.example")));
    /// ```
    pub fn of(command: &Command<'_>) -> Self {
        command.parameters().fold(on(command.name()), |case, (key, value)| case.with(key, value))
    }

    /// Takes only commands with a parameter of that value. Keys are compared ASCII
    /// case-insensitively, values exactly; the command may have other parameters.
    ///
    /// ```
    /// # use cnic_mock::on;
    /// let case = on("StatusDomain").with("domain", "example.com");
    /// let command = |text| cnic_mock::command::Command::parse(text).unwrap();
    /// assert!(case.matches(&command("COMMAND=statusdomain\nDOMAIN=example.com\nX=1")));
    /// assert!(!case.matches(&command("COMMAND=StatusDomain\nDOMAIN=example.net")));
    /// ```
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((key.into(), value.into()));
        self
    }

    /// Takes only commands of one account.
    ///
    /// ```
    /// # use cnic_mock::{MockServer, on};
    /// # use cnic_mock::response::Code;
    /// let server = MockServer::builder().script(on("StatusAccount").login("other").fail(Code::CLOSING)).start()?;
    /// let body = b"s_login=mock&s_pw=not-a-secret&command=StatusAccount";
    /// assert!(server.answer(body).contains("code = 200"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn login(self, login: impl Into<String>) -> Self {
        Self { login: Some(login.into()), ..self }
    }

    /// Takes only commands whose `FIRST` is this or more: the later pages of a list.
    ///
    /// ```
    /// # use cnic_mock::on;
    /// let case = on("QueryDomainList").from_row(2000);
    /// let command = |text| cnic_mock::command::Command::parse(text).unwrap();
    /// assert!(case.matches(&command("COMMAND=QueryDomainList\nFIRST=3000")));
    /// assert!(!case.matches(&command("COMMAND=QueryDomainList")));
    /// ```
    pub fn from_row(self, first: u64) -> Self {
        Self { from_row: Some(first), ..self }
    }

    /// Takes only so many commands; without this, all of them.
    ///
    /// ```
    /// # use cnic_mock::{MockServer, on};
    /// # use cnic_mock::response::Code;
    /// let server = MockServer::builder().script(on("StatusAccount").times(1).fail(Code::CLOSING)).start()?;
    /// let body = b"s_login=mock&s_pw=not-a-secret&command=StatusAccount";
    /// assert!(server.answer(body).contains("code = 520"));
    /// assert!(server.answer(body).contains("code = 200"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn times(self, times: u64) -> Self {
        Self { left: Some(times), ..self }
    }

    /// Sends this instead of the answer of the account: a response, or any bytes.
    ///
    /// ```
    /// # use cnic_mock::{MockServer, on};
    /// # use cnic_mock::response::Code;
    /// let server = MockServer::builder().script(on("StatusAccount").answer("[RESPONSE]\ncode = 200\n")).start()?;
    /// let body = b"s_login=mock&s_pw=not-a-secret&command=StatusAccount";
    /// assert_eq!(server.answer(body), "[RESPONSE]\ncode = 200\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn answer(self, answer: impl Into<Answer>) -> Self {
        Self { answer: Some(answer.into()), ..self }
    }

    /// Answers with a code and its meaning.
    ///
    /// ```
    /// # use cnic_mock::{MockServer, on};
    /// # use cnic_mock::response::Code;
    /// let server = MockServer::builder().script(on("StatusAccount").fail(Code::SERVICE_LOCKED)).start()?;
    /// let body = b"s_login=mock&s_pw=not-a-secret&command=StatusAccount";
    /// assert!(server.answer(body).contains("code = 425"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn fail(self, code: Code) -> Self {
        self.answer(ResponseBuilder::new(code))
    }

    /// Waits before the response; a day at most. Other requests do not wait.
    pub fn delay(self, delay: Duration) -> Self {
        Self { delay: delay.min(LONGEST_DELAY), ..self }
    }

    /// Sends half of the text, in a sound HTTP response: the client sees a response without `EOF`.
    pub fn truncate(self) -> Self {
        Self { cut: Cut::Truncate(None), ..self }
    }

    /// Sends only so many bytes of the text, in a sound HTTP response.
    pub fn truncate_at(self, bytes: usize) -> Self {
        Self { cut: Cut::Truncate(Some(bytes)), ..self }
    }

    /// Sends half of the text and closes the connection. The HTTP response tells the length of the
    /// whole, so that a client can see that it broke off.
    pub fn disconnect(self) -> Self {
        Self { cut: Cut::Disconnect(None), ..self }
    }

    /// Sends only so many bytes of the text, at most all but one, and closes the connection.
    pub fn disconnect_at(self, bytes: usize) -> Self {
        Self { cut: Cut::Disconnect(Some(bytes)), ..self }
    }

    /// Sets the status of HTTP, from 200 to 999; 200 without this and for any other number.
    pub fn status(self, status: u16) -> Self {
        Self { status: Some(status).filter(|status| (200..1000).contains(status)), ..self }
    }

    /// Returns whether the case is for a command, whoever sends it and however often it came.
    #[must_use]
    pub fn matches(&self, command: &Command<'_>) -> bool {
        let first = || command.get("FIRST").and_then(|first| first.parse().ok()).unwrap_or(0);
        command.name().eq_ignore_ascii_case(&self.name)
            && self.parameters.iter().all(|(key, value)| command.get(key) == Some(value.as_str()))
            && self.from_row.is_none_or(|row| row <= first())
    }

    /// Takes a use of the case, if it is for the command of this login.
    pub(crate) fn take(&mut self, command: &Command<'_>, login: Option<&str>) -> Option<Step> {
        let is_login = self.login.as_deref().is_none_or(|it| Some(it) == login);
        if self.left == Some(0) || !is_login || !self.matches(command) {
            return None;
        }
        self.left = self.left.map(|left| left - 1);
        let Self { cut, delay, status, .. } = *self;
        Some(Step { answer: self.answer.clone(), cut, delay, status })
    }
}

/// The parameters without their values, some of which may be secret.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.parameters.iter().map(|(key, _)| key).collect();
        f.debug_struct("Case")
            .field("name", &self.name)
            .field("keys", &keys)
            .field("login", &self.login)
            .field("from_row", &self.from_row)
            .field("left", &self.left)
            .field("answer", &self.answer)
            .field("cut", &self.cut)
            .field("delay", &self.delay)
            .field("status", &self.status)
            .finish()
    }
}
