//! How a server is made.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::account::{Account, Accounts};
use crate::api::Api;
use crate::clock::Clock;
use crate::http::connection::HttpLimits;
use crate::received::{Log, Observer, Received};
use crate::script::Script;
use crate::script::case::Case;
use crate::server::MockServer;
use crate::session::Sessions;

/// No timeout and no session is longer: a year.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// Builds a [`MockServer`].
///
/// ```
/// use std::time::Duration;
/// use cnic_mock::{Account, Domain, MockServer, on};
///
/// let account = Account::new("shop", "not-a-secret").domain(Domain::new("example.com"));
/// let server = MockServer::builder()
///     .account(account)
///     .script(on("StatusDomain").times(1).delay(Duration::from_millis(10)))
///     .session_lifetime(Duration::from_secs(60))
///     .start()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub struct MockServerBuilder {
    accounts: Vec<Account>,
    address: SocketAddr,
    limits: HttpLimits,
    observer: Option<Observer>,
    script: Script,
    session_lifetime: Duration,
}

impl MockServer {
    /// Returns a builder, for accounts, scripted answers and limits.
    pub fn builder() -> MockServerBuilder {
        MockServerBuilder::new()
    }
}

impl MockServerBuilder {
    pub(crate) fn new() -> Self {
        Self {
            accounts: Vec::new(),
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            limits: HttpLimits::DEFAULT,
            observer: None,
            script: Script::default(),
            session_lifetime: Duration::from_secs(300),
        }
    }

    /// Adds an account. The first one replaces the account that a server has without this, with the
    /// login [`MockServer::LOGIN`] and 100,000 domains.
    pub fn account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    /// Adds a case. Of several that fit a command, the first one that is not used up is taken.
    pub fn script(mut self, case: Case) -> Self {
        self.script.push(case);
        self
    }

    /// Calls a function before each request. If it returns cases, they replace all that there are,
    /// as with [`MockServer::replace_script`]. The function must not ask the server anything: that
    /// would wait for itself.
    ///
    /// ```
    /// use cnic_mock::{MockServer, on};
    ///
    /// // Any place that cases may come from, such as files that somebody edits.
    /// let mut later = ["busy", "gone"].into_iter();
    /// let next = move || later.next().map(|text| vec![on("StatusAccount").answer(text)]);
    /// let server = MockServer::builder().script_from(next).start()?;
    /// let answers = [(); 3].map(|()| server.answer(b"command=StatusAccount"));
    /// assert_eq!(answers, ["busy", "gone", "gone"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn script_from(
        mut self,
        function: impl FnMut() -> Option<Vec<Case>> + Send + 'static,
    ) -> Self {
        self.script.source = Some(Box::new(function));
        self
    }

    /// Sets the port of 127.0.0.1; any that is free without this.
    ///
    /// ```
    /// use cnic_mock::MockServer;
    ///
    /// let server = MockServer::builder().port(0).start()?;
    /// let taken = MockServer::builder().port(server.address().port()).start();
    /// assert!(taken.is_err());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn port(self, port: u16) -> Self {
        self.address((Ipv4Addr::LOCALHOST, port))
    }

    /// Sets the address and the port. Anything but a loopback address lets others on the network
    /// send commands.
    pub fn address(self, address: impl Into<SocketAddr>) -> Self {
        Self { address: address.into(), ..self }
    }

    /// Sets how many bytes a form may have; 1 MiB without this. A longer one is rejected with the
    /// status 413. Nothing of it is kept.
    pub fn max_form(self, bytes: usize) -> Self {
        Self { limits: HttpLimits { form: bytes, ..self.limits }, ..self }
    }

    /// Sets how long one exchange may take, besides the delay of a case and the time in which the
    /// server makes responses, to this request and others: 30 seconds without this.
    /// Then the connection closes, whatever the client does.
    pub fn exchange_timeout(self, timeout: Duration) -> Self {
        let exchange = timeout.min(LONGEST);
        Self { limits: HttpLimits { exchange, ..self.limits }, ..self }
    }

    /// Sets how long a session lasts after its last command, by the clock of the server: 300
    /// seconds without this.
    pub fn session_lifetime(self, lifetime: Duration) -> Self {
        Self { session_lifetime: lifetime.min(LONGEST), ..self }
    }

    /// Calls a function with each request, after its response was made and before it is sent. The
    /// function must not ask the server anything: that would wait for itself.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use cnic_mock::MockServer;
    ///
    /// let (lines, log) = mpsc::channel();
    /// let server = MockServer::builder().on_request(move |it| drop(lines.send(it.to_string()))).start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=hidden&command=StatusAccount");
    /// assert_eq!(log.recv().unwrap(), "POST /api/call.cgi mock StatusAccount -> 530");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn on_request(self, function: impl FnMut(&Received) + Send + 'static) -> Self {
        Self { observer: Some(Box::new(function)), ..self }
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// An address or a port that can't be had, or no resources for a thread.
    pub fn start(self) -> io::Result<MockServer> {
        let mut accounts = self.accounts;
        if accounts.is_empty() {
            let account = Account::new(MockServer::LOGIN, MockServer::PASSWORD);
            accounts.push(account.sample_domains(100_000));
        }
        let api = Api {
            accounts: Accounts::new(accounts),
            clock: Clock::new(),
            log: Log::new(self.observer),
            script: self.script,
            sessions: Sessions::new(self.session_lifetime),
        };
        MockServer::run(self.address, api, self.limits)
    }
}

impl fmt::Debug for MockServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServerBuilder")
            .field("accounts", &self.accounts)
            .field("address", &self.address)
            .field("limits", &self.limits)
            .field("script", &self.script)
            .finish_non_exhaustive()
    }
}
