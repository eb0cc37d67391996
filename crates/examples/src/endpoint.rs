//! Where the examples send their commands.

use std::env;
use std::io;

use cnic_command::form::Credentials;

use crate::server::MockServer;

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
    /// Takes the address from the first argument of the program, and starts a mock server where there is none.
    ///
    /// Login and password are in the variables `CNIC_LOGIN` and `CNIC_PASSWORD`, never among the arguments, which all users of a
    /// machine can see. The mock server takes what stands in for them, too.
    ///
    /// # Errors
    ///
    /// Those of [`MockServer::start`].
    pub fn from_env() -> io::Result<Self> {
        let variable = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
        let credentials = Credentials::new()
            .with_login(variable("CNIC_LOGIN", "account"))
            .with_password(variable("CNIC_PASSWORD", "secret"));
        if let Some(url) = env::args().nth(1) {
            return Ok(Self { url, credentials, _mock: None });
        }
        let mock = MockServer::start(0)?;
        Ok(Self { url: mock.url(), credentials, _mock: Some(mock) })
    }
}
