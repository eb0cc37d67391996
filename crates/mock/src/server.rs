//! The server: a thread, and what a test asks it.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use cnic_command::Credentials;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::api::Api;
use crate::http::connection::{HttpLimits, serve};
use crate::http::request::Request;
use crate::received::Received;
use crate::script::case::Case;

/// A server on the loopback address that answers like the API, until it is dropped.
///
/// It has a thread and a port of its own, so blocking and async tests use it alike, and any number
/// of servers can run at one time. Its state is in memory and starts the same each time.
///
/// ```
/// use cnic_mock::MockServer;
///
/// let server = MockServer::start()?;
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// assert!(server.url().ends_with("/api/call.cgi"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct MockServer {
    address: SocketAddr,
    api: Arc<Mutex<Api>>,
    /// Both are `None` once it stops.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl MockServer {
    /// The login of the account that a server has if none is given.
    pub const LOGIN: &'static str = "mock";

    /// The password of that account.
    pub const PASSWORD: &'static str = "not-a-secret";

    /// Starts a server at a free port of 127.0.0.1, with one account that has 100,000 domains.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// assert!(server.address().ip().is_loopback());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No free port, or no resources for a thread.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    pub(crate) fn run(address: SocketAddr, api: Api, limits: HttpLimits) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let api = Arc::new(Mutex::new(api));
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&api);
        let thread = thread::Builder::new()
            .name("cnic-mock".to_owned())
            .spawn(move || runtime.block_on(serve(listener, shared, limits, stopped)))?;
        Ok(Self { address, api, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns where commands go: `http://127.0.0.1:49152/api/call.cgi`. `/api/call` is the same.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// assert_eq!(server.url(), format!("http://{}/api/call.cgi", server.address()));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/api/call.cgi", self.address)
    }

    /// Returns where registrations go: `http://127.0.0.1:49152/srv/register`.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// assert_eq!(server.toolkit_url(), format!("http://{}/srv/register", server.address()));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn toolkit_url(&self) -> String {
        format!("http://{}/srv/register", self.address)
    }

    /// Returns the address and the port.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the login and the password of the account that a server has if none is given.
    ///
    /// ```
    /// use cnic_mock::MockServer;
    /// use cnic_mock::command::Command;
    ///
    /// let body = MockServer::credentials().wrap(&Command::new("StatusAccount")?).to_string();
    /// assert_eq!(body, "s_login=mock&s_pw=not-a-secret&s_command=COMMAND%3DStatusAccount");
    /// # Ok::<(), cnic_mock::command::BuildError>(())
    /// ```
    #[must_use]
    pub fn credentials() -> Credentials<'static> {
        Credentials::new().with_login(Self::LOGIN).with_password(Self::PASSWORD)
    }

    /// Answers a form without HTTP, for clients that leave the transport to their callers. It is
    /// received like any other, as a POST to `/api/call.cgi`. There are no delays and no faults, and
    /// U+FFFD stands in place of what is not UTF-8 in a scripted answer.
    ///
    /// ```
    /// use cnic_mock::MockServer;
    /// use cnic_mock::response::Response;
    ///
    /// let server = MockServer::start()?;
    /// let body = b"s_login=mock&s_pw=not-a-secret&command=CheckDomains&domain0=free.example";
    /// let response = Response::parse(server.answer(body))?;
    /// assert_eq!(response.get("domaincheck", 0), Some("210 Domain name available"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use = "the text of the response"]
    pub fn answer(&self, form: &[u8]) -> String {
        self.handle("/api/call.cgi", form)
    }

    /// Answers a form of the Toolkit without HTTP.
    ///
    /// ```
    /// use cnic_mock::MockServer;
    /// use cnic_mock::registration::Receipt;
    ///
    /// let server = MockServer::start()?;
    /// let form = b"user=mock&password=not-a-secret&domain=fresh&suffix=uk.com&chandle=H1&thandle=H2";
    /// let text = server.register(form);
    /// let receipt = Receipt::parse(&text)?;
    /// assert!(receipt.is_success());
    /// assert_eq!(receipt.amount().unwrap().to_string(), "20.00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use = "the text of the receipt"]
    pub fn register(&self, form: &[u8]) -> String {
        self.handle("/srv/register", form)
    }

    fn handle(&self, path: &str, form: &[u8]) -> String {
        let (method, path) = ("POST".to_owned(), path.to_owned());
        let request = Request { method, path, content_type: None, form: form.to_vec() };
        let bytes = Api::lock(&self.api).handle(&request).bytes;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Returns what was received, oldest first.
    ///
    /// Of very many requests the oldest are dropped, so that all take at most 64 MiB;
    /// [`received_count`](Self::received_count) counts them too.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"s_login=mock&s_pw=not-a-secret&command=StatusAccount");
    /// let names: Vec<_> = server.received().iter().map(|it| it.command().unwrap().name().to_owned()).collect();
    /// assert_eq!(names, ["StatusAccount"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        Api::lock(&self.api).log.snapshot()
    }

    /// Returns how many requests were received. A form that is too large is not one, nor is what
    /// is no HTTP.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"no form");
    /// assert_eq!(server.received_count(), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn received_count(&self) -> u64 {
        Api::lock(&self.api).log.count
    }

    /// Forgets what was received.
    ///
    /// ```
    /// let server = cnic_mock::MockServer::start()?;
    /// let _ = server.answer(b"");
    /// server.clear_received();
    /// assert_eq!(server.received_count(), 0);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn clear_received(&self) {
        Api::lock(&self.api).log.clear();
    }

    /// Adds a case behind those that there are.
    ///
    /// ```
    /// use cnic_mock::{MockServer, on};
    ///
    /// let server = MockServer::start()?;
    /// server.script(on("StatusAccount").answer("busy"));
    /// assert_eq!(server.answer(b"command=StatusAccount"), "busy");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn script(&self, case: Case) {
        Api::lock(&self.api).script.push(case);
    }

    /// Replaces all cases.
    ///
    /// ```
    /// use cnic_mock::response::{Code, Response};
    /// use cnic_mock::{MockServer, on};
    ///
    /// let server = MockServer::start()?;
    /// let code = || Response::parse(server.answer(b"s_login=mock&s_pw=not-a-secret&command=StatusAccount"));
    /// server.script(on("StatusAccount").fail(Code::SERVICE_LOCKED));
    /// assert_eq!(code()?.code(), Code::SERVICE_LOCKED);
    /// server.replace_script([]);
    /// assert_eq!(code()?.code(), Code::COMPLETED);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replace_script(&self, cases: impl IntoIterator<Item = Case>) {
        // The caller's iterator runs before the lock: it may ask the server.
        let cases = cases.into_iter().collect();
        Api::lock(&self.api).script.replace(cases);
    }

    /// Moves the clock of the server, which otherwise stands still: sessions expire, and an account
    /// that sent too many commands is free again.
    ///
    /// ```
    /// use std::time::Duration;
    /// use cnic_mock::MockServer;
    /// use cnic_mock::response::Response;
    ///
    /// let server = MockServer::start()?;
    /// let session = Response::parse(server.answer(b"s_login=mock&s_pw=not-a-secret&persistent=1"))?;
    /// let id = session.get("sessionid", 0).expect("a session");
    /// let body = format!("s_login=mock&s_sessionid={id}&command=StatusAccount");
    /// assert_eq!(Response::parse(server.answer(body.as_bytes()))?.code(), 200);
    /// server.advance(Duration::from_secs(301));
    /// assert_eq!(Response::parse(server.answer(body.as_bytes()))?.code(), 530);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn advance(&self, duration: Duration) {
        Api::lock(&self.api).clock.advance(duration);
    }

    /// Closes all sessions, as a server does that starts anew.
    ///
    /// ```
    /// use cnic_mock::MockServer;
    /// use cnic_mock::response::Response;
    ///
    /// let server = MockServer::start()?;
    /// let session = Response::parse(server.answer(b"s_login=mock&s_pw=not-a-secret&persistent=1"))?;
    /// server.close_sessions();
    /// let body = format!("s_sessionid={}&command=StatusAccount", session.get("sessionid", 0).unwrap());
    /// assert_eq!(Response::parse(server.answer(body.as_bytes()))?.code(), 530);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn close_sessions(&self) {
        Api::lock(&self.api).sessions.close_all();
    }
}

/// The address alone: what the accounts hold is much, and some of it secret.
impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for MockServer {
    /// Stops the server and waits for its thread: afterwards the port is free and all connections
    /// are closed.
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was printed where it happened.
            let _ = thread.join();
        }
    }
}
