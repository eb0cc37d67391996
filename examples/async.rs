//! Walks a list of domains with an async HTTP client, and reads responses as they arrive.
//!
//! ```sh
//! cargo run -p cnic-examples --example async
//! ```

use std::io;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use cnic_command::Command;
use cnic_command::form::Credentials;
use cnic_examples::{ClientError, Endpoint};
use cnic_response::{Pager, Response, ResponseCodec};
use futures_util::{Stream, TryStreamExt, stream};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use tokio_util::codec::FramedRead;
use tokio_util::io::StreamReader;

type Error = ClientError<io::Error>;
type Page = Response<'static>;

/// A row of `QueryDomainList`. It borrows from the response.
#[derive(Deserialize)]
pub(crate) struct Domain<'r> {
    #[serde(rename = "domain")]
    pub(crate) name: &'r str,
    pub(crate) expiration_date: &'r str,
}

pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    credentials: Credentials<'static>,
}

impl Client {
    pub(crate) fn new(url: String, credentials: Credentials<'static>) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(300))
            // A redirect is not the API, and must not be given a password.
            .redirect(reqwest::redirect::Policy::none())
            // The mock server is on this machine. Leave this out elsewhere.
            .no_proxy();
        Ok(Self { http: http.build()?, url, credentials })
    }

    /// Returns the next page of the list of domains; `None` once the list is whole.
    pub(crate) async fn next_page(&self, pager: &mut Pager) -> Result<Option<Page>, Error> {
        let fetch = async |first: u64| {
            let command = Command::new("QueryDomainList")?.with("FIRST", first.to_string())?;
            self.call(&command).await
        };
        pager.next_page(fetch).await
    }

    /// Returns the pages as a stream. If they are not the whole list, the last item is an error.
    pub(crate) fn domains(&self) -> impl Stream<Item = Result<Page, Error>> {
        stream::try_unfold(Pager::new(), async |mut pager| {
            let page = self.next_page(&mut pager).await?;
            Ok(page.map(|page| (page, pager)))
        })
    }

    /// Sends a command, and returns the response to it, whatever its code.
    pub(crate) async fn call(&self, command: &Command<'_>) -> Result<Response<'static>, Error> {
        let body = String::from(self.credentials.wrap(command));
        let answer = self.post(body).await.map_err(ClientError::Transport)?;
        let chunks = answer.bytes_stream().map_err(io::Error::other);
        let mut responses = pin!(FramedRead::new(StreamReader::new(chunks), ResponseCodec::new()));
        match responses.try_next().await? {
            Some(response) => Ok(response),
            // Without a byte there is no response to begin with, and the error is that of an empty text.
            None => Ok(Response::parse("")?),
        }
    }

    /// The API answers with status 200 even if it rejects a command. Any other status, and the body
    /// with it, is not from the API.
    async fn post(&self, body: String) -> io::Result<reqwest::Response> {
        let request = self.http.post(&self.url).body(body);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = request.send().await.map_err(io::Error::other)?;
        match response.status() {
            StatusCode::OK => Ok(response),
            status => Err(io::Error::other(format!("HTTP status {status}"))),
        }
    }
}

/// Shows every 10,000th domain, and counts all of them.
async fn show(client: &Client, count: &mut usize) -> Result<(), Error> {
    let mut pages = pin!(client.domains());
    while let Some(page) = pages.try_next().await? {
        for domain in page.rows().deserialize() {
            let Domain { name, expiration_date } = domain?;
            *count += 1;
            if count.is_multiple_of(10_000) {
                eprintln!("{name} until {expiration_date}");
            }
        }
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let endpoint = Endpoint::from_env()?;
    let client = Client::new(endpoint.url.clone(), endpoint.credentials.clone())?;
    let mut count = 0;
    let end = show(&client, &mut count).await;
    match &end {
        Ok(()) => println!("{count} domains, which is all of them"),
        Err(error) => eprintln!("{count} domains, which is not all of them: {error}"),
    }
    Ok(if end.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
