//! Walks a list of domains with a blocking HTTP client.
//!
//! ```sh
//! cargo run -p cnic-examples --example blocking
//! ```

use std::process::ExitCode;
use std::time::Duration;

use cnic_command::Command;
use cnic_command::form::Credentials;
use cnic_examples::{ClientError, Endpoint};
use cnic_response::{Pager, Pages, Parser, Response};
use serde::Deserialize;

type Error = ClientError<ureq::Error>;

/// A row of `QueryDomainList`. It borrows from the response.
#[derive(Deserialize)]
pub(crate) struct Domain<'r> {
    #[serde(rename = "domain")]
    pub(crate) name: &'r str,
    pub(crate) expiration_date: &'r str,
}

pub(crate) struct Client {
    agent: ureq::Agent,
    url: String,
    credentials: Credentials<'static>,
}

impl Client {
    pub(crate) fn new(url: String, credentials: Credentials<'static>) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(300)))
            // A redirect is not the API, and must not be given a password.
            .max_redirects(0)
            // The mock server is on this machine. Leave this out elsewhere.
            .proxy(None);
        Self { agent: config.build().into(), url, credentials }
    }

    /// Returns the pages of the list of domains. If they are not the whole list, the last item is an
    /// error.
    pub(crate) fn domains(&self) -> Pages<impl FnMut(u64) -> Result<Response<'static>, Error>> {
        Pager::new().pages(|first| {
            let command = Command::new("QueryDomainList")?.with("FIRST", first.to_string())?;
            self.call(&command)
        })
    }

    /// Sends a command, and returns the response to it, whatever its code.
    pub(crate) fn call(&self, command: &Command<'_>) -> Result<Response<'static>, Error> {
        let body = String::from(self.credentials.wrap(command));
        let response = self.post(body).map_err(Error::Transport)?;
        Ok(Parser::new().parse_bytes(response)?)
    }

    /// The API answers with status 200 even if it rejects a command. Any other status, and the body
    /// with it, is not from the API.
    fn post(&self, body: String) -> Result<Vec<u8>, ureq::Error> {
        let request = self.agent.post(&self.url).content_type("application/x-www-form-urlencoded");
        let response = request.send(body)?;
        match response.status().as_u16() {
            200 => response.into_body().read_to_vec(),
            status => Err(ureq::Error::StatusCode(status)),
        }
    }
}

/// Shows every 10,000th domain, and counts all of them.
fn show(client: &Client, count: &mut usize) -> Result<(), Error> {
    for page in client.domains() {
        for domain in page?.rows().deserialize() {
            let Domain { name, expiration_date } = domain?;
            *count += 1;
            if count.is_multiple_of(10_000) {
                eprintln!("{name} until {expiration_date}");
            }
        }
    }
    Ok(())
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let endpoint = Endpoint::from_env()?;
    let client = Client::new(endpoint.url.clone(), endpoint.credentials.clone());
    let mut count = 0;
    let end = show(&client, &mut count);
    match &end {
        Ok(()) => println!("{count} domains, which is all of them"),
        Err(error) => eprintln!("{count} domains, which is not all of them: {error}"),
    }
    Ok(if end.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
