//! What a server received.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use cnic_command::Command;
use cnic_response::Code;

use crate::http::outgoing::Outgoing;
use crate::http::request::Request;

/// A request that the server received, and how it was answered.
///
/// `Debug` and `Display` show no password, session or other secret; `Display` is one line.
///
/// ```
/// use cnic_mock::MockServer;
///
/// let server = MockServer::start()?;
/// let _ = server.answer(b"s_login=mock&s_pw=not-a-secret&command=StatusDomain&domain=example.com&auth=hidden");
/// let received = server.received();
/// assert_eq!(received[0].command().map(|command| command.name()), Some("StatusDomain"));
/// assert_eq!(received[0].to_string(), "POST /api/call.cgi mock StatusDomain domain=example.com auth=*** -> 503");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Received {
    request: Arc<Request>,
    pub(crate) login: Option<String>,
    role: Option<String>,
    pub(crate) command: Option<Command<'static>>,
    pub(crate) is_wrapped: bool,
    pub(crate) code: Option<Code>,
    status: u16,
}

impl Received {
    pub(crate) fn new(request: &Request) -> Self {
        let request = Arc::new(request.clone());
        let (login, role, command, code) = (None, None, None, None);
        Self { request, login, role, command, is_wrapped: false, code, status: 0 }
    }

    pub(crate) fn sent_by(&mut self, login: Option<&str>, role: Option<&str>) {
        self.login = login.map(str::to_owned);
        self.role = role.map(str::to_owned);
    }

    pub(crate) fn answered(&mut self, outgoing: &Outgoing) {
        self.status = outgoing.status;
    }

    /// Returns the command; `None` if the request has none, such as one that opens a session, or
    /// could not be parsed.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=not-a-secret&command=CheckDomains&domain0=a.test");
    /// let received = server.received();
    /// let command = received[0].command().expect("a command");
    /// assert_eq!((command.name(), command.get("DOMAIN0")), ("CheckDomains", Some("a.test")));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn command(&self) -> Option<&Command<'static>> {
        self.command.as_ref()
    }

    /// Returns the login without the role; in a session without a login, that of the session. Of a
    /// request to the Toolkit, it is the `user`.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=somebody&persistent=1");
    /// assert_eq!(server.received()[0].login(), Some("somebody"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn login(&self) -> Option<&str> {
        self.login.as_deref()
    }

    /// Returns the role that follows the `:` or `!` of the login; in a session without a login, that
    /// of the session.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock:clerk&s_pw=x&command=StatusAccount");
    /// assert_eq!(server.received()[0].role(), Some("clerk"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Returns the method of HTTP: `POST`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.request.method
    }

    /// Returns the path of the URL: `/api/call.cgi`.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.register(b"user=mock");
    /// assert_eq!(server.received()[0].path(), "/srv/register");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        &self.request.path
    }

    /// Returns the `Content-Type`, which the server does not look at.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.request.content_type.as_deref()
    }

    /// Returns the form as it was sent, with every secret in it: a body, or the query of a GET.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=100%");
    /// assert_eq!(server.received()[0].form(), b"s_login=mock&s_pw=100%");
    /// assert!(!format!("{:?}", server.received()).contains("100%"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn form(&self) -> &[u8] {
        &self.request.form
    }

    /// Returns whether the command came in the field `s_command`, and not as fields of its own.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=not-a-secret&s_command=COMMAND%3DStatusAccount");
    /// assert!(server.received()[0].is_wrapped());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn is_wrapped(&self) -> bool {
        self.is_wrapped
    }

    /// Returns the code of the response; `None` for the Toolkit, for an error of HTTP, and for a
    /// scripted text without a code.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=wrong&command=StatusAccount");
    /// assert_eq!(server.received()[0].code(), Some(cnic_mock::response::Code::AUTHENTICATION_FAILED));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        self.code
    }

    /// Returns the status of HTTP: 200 for every response of the API, whatever its code.
    ///
    /// ```
    /// # let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"no form");
    /// assert_eq!(server.received()[0].status(), 200);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// Returns about how many bytes are held.
    fn size(&self) -> usize {
        // The command is a copy of what is in the form, with a few words for each parameter.
        let parameters = self.command.as_ref().map_or(0, Command::len);
        let Request { method, path, content_type, form } = &*self.request;
        let names = [&self.login, &self.role, content_type].into_iter().flatten();
        let names: usize = names.map(String::len).sum();
        256 + method.len() + path.len() + names + 2 * form.len() + 64 * parameters
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method())
            .field("path", &self.path())
            .field("login", &self.login())
            .field("role", &self.role())
            .field("command", &self.command())
            .field("is_wrapped", &self.is_wrapped)
            .field("code", &self.code)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let visible = |text: &str| text.replace(|it: char| it.is_control(), "\u{fffd}");
        write!(f, "{} {}", self.method(), visible(self.path()))?;
        if let Some(login) = self.login() {
            write!(f, " {}", visible(login))?;
        }
        if let Some(role) = self.role() {
            write!(f, ":{}", visible(role))?;
        }
        if let Some(command) = &self.command {
            let text = command.redacted().to_string();
            for (place, line) in text.lines().enumerate() {
                let line = if place == 0 { line.trim_start_matches("COMMAND=") } else { line };
                write!(f, " {}", visible(line))?;
            }
        }
        match self.code {
            Some(code) => write!(f, " -> {code}"),
            None => write!(f, " -> HTTP {}", self.status),
        }
    }
}

/// What is called with each request.
pub(crate) type Observer = Box<dyn FnMut(&Received) + Send>;

/// The requests of a server. The oldest ones are dropped where all would take too much memory.
pub(crate) struct Log {
    kept: VecDeque<Received>,
    bytes: usize,
    pub(crate) count: u64,
    pub(crate) observer: Option<Observer>,
}

impl Log {
    /// What all requests may take.
    const BYTES: usize = 64 << 20;

    pub(crate) const fn new(observer: Option<Observer>) -> Self {
        Self { kept: VecDeque::new(), bytes: 0, count: 0, observer }
    }

    pub(crate) fn push(&mut self, received: Received) {
        if let Some(observer) = &mut self.observer {
            observer(&received);
        }
        self.count += 1;
        self.bytes += received.size();
        self.kept.push_back(received);
        while self.bytes > Self::BYTES {
            let Some(dropped) = self.kept.pop_front() else { break };
            self.bytes -= dropped.size();
        }
    }

    pub(crate) fn snapshot(&self) -> Vec<Received> {
        self.kept.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.bytes = 0;
        self.count = 0;
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log")
            .field("kept", &self.kept)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_kept_of_a_request_counts() {
        let long = || "x".repeat(1 << 20);
        let short = || Request {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            content_type: None,
            form: Vec::new(),
        };
        for request in [
            Request { method: long(), ..short() },
            Request { path: long(), ..short() },
            Request { content_type: Some(long()), ..short() },
            Request { form: long().into_bytes(), ..short() },
        ] {
            let mut log = Log::new(None);
            for _ in 0..100 {
                log.push(Received::new(&request));
            }
            assert!(log.kept.len() < 64 && log.bytes <= Log::BYTES, "{}", log.kept.len());
            assert_eq!(log.count, 100);
        }
    }
}
