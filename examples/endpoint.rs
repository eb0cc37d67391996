//! Where the examples send their commands.

use std::env;
use std::io;

use cnic_command::form::Credentials;
use cnic_mock::response::Code;
use cnic_mock::{Account, MockServer, on};

/// Where commands go, and who sends them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Endpoint {
    /// The address of the API: `http://127.0.0.1:49152/api/call.cgi`.
    pub url: String,
    /// The account, and its password.
    pub credentials: Credentials<'static>,
    /// Runs as long as the endpoint is there.
    _mock: Option<MockServer>,
}

impl Endpoint {
    /// Takes the address from the first argument of the program, and starts a mock server if there
    /// is none.
    ///
    /// Login and password are in the variables `CNIC_LOGIN` and `CNIC_PASSWORD`, never among the
    /// arguments, which all users of a machine can see. Without them they are those of a mock server.
    ///
    /// # Errors
    ///
    /// Those of [`mock`](Self::mock).
    pub fn from_env() -> io::Result<Self> {
        let variable = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
        let credentials = Credentials::new()
            .with_login(variable("CNIC_LOGIN", MockServer::LOGIN))
            .with_password(variable("CNIC_PASSWORD", MockServer::PASSWORD));
        if let Some(url) = env::args().nth(1) {
            return Ok(Self { url, credentials, _mock: None });
        }
        let mock = Self::mock()?;
        Ok(Self { url: mock.url(), credentials, _mock: Some(mock) })
    }

    /// Starts a mock server with three accounts of 100,000 domains. Two of them have wrong pages
    /// from `FIRST=50000` on: those of `failing` have code 421, those of `truncated` are cut off.
    ///
    /// # Errors
    ///
    /// No free port, or no resources for a thread.
    pub fn mock() -> io::Result<MockServer> {
        let account = |login| Account::new(login, MockServer::PASSWORD).sample_domains(100_000);
        let later_pages = |login: &str| on("QueryDomainList").login(login).from_row(50_000);
        MockServer::builder()
            .account(account(MockServer::LOGIN))
            .account(account("failing"))
            .account(account("truncated"))
            .script(later_pages("failing").fail(Code::SERVER_ERROR_TRY_AGAIN))
            .script(later_pages("truncated").truncate())
            .start()
    }
}
