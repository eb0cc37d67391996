//! The clients against the mock server, and against servers that break.
#![expect(dead_code, reason = "the examples are modules here, and nobody calls their `main`")]

use std::error::Error;
use std::future::ready;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use cnic_command::Command;
use cnic_command::form::Credentials;
use cnic_examples::Endpoint;
use cnic_mock::MockServer;
use cnic_response::{Code, DateTime, ErrorKind, IncompleteReason, Pager, ParseError, Response};
use futures_util::StreamExt;

#[path = "../async.rs"]
mod r#async;
#[path = "../blocking.rs"]
mod blocking;

fn credentials(login: &'static str) -> Credentials<'static> {
    Credentials::new().with_login(login).with_password(MockServer::PASSWORD)
}

fn mock() -> MockServer {
    Endpoint::mock().expect("a port of 127.0.0.1 is free")
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

/// The domains that a client has shown, and how its walk ended.
#[derive(Default)]
struct Walk {
    client: &'static str,
    /// Their names, and when they expire.
    domains: Vec<[String; 2]>,
    error: Option<Box<dyn Error>>,
}

impl Walk {
    /// Walks the list of an account by each of the clients.
    fn each(url: &str, login: &'static str) -> [Self; 3] {
        let client = blocking::Client::new(url.to_owned(), credentials(login));
        let mut pages = Self { client: "blocking", ..Self::default() };
        client.domains().for_each(|page| pages.take(page));

        let client = r#async::Client::new(url.to_owned(), credentials(login)).expect("a client");
        let mut stream = Self { client: "stream", ..Self::default() };
        wait(client.domains().for_each(|page| {
            stream.take(page);
            ready(())
        }));

        let mut each = Self { client: "async", ..Self::default() };
        wait(async {
            let mut pager = Pager::new();
            while let Some(page) = client.next_page(&mut pager).await.transpose() {
                each.take(page);
                if each.error.is_some() {
                    break;
                }
            }
        });
        [pages, stream, each]
    }

    fn take<E: Error + 'static>(&mut self, page: Result<Response<'_>, E>) {
        assert!(self.error.is_none(), "{}: an error is the last item", self.client);
        match page {
            Ok(page) => self.domains.extend(page.rows().deserialize().map(|row| {
                let row: blocking::Domain<'_> = row.expect("a domain");
                [row.name.to_owned(), row.expiration_date.to_owned()]
            })),
            Err(error) => self.error = Some(Box::new(error)),
        }
    }

    /// Checks that the walk has shown the domains up to that number, in order and none twice.
    fn has_shown(&self, count: usize) {
        assert_eq!(self.domains.len(), count, "{}", self.client);
        for ([name, expires], offset) in self.domains.iter().zip(0..) {
            assert_eq!(*name, format!("d{:06}.example", offset + 1), "{}", self.client);
            assert!(expires.parse::<DateTime>().is_ok(), "{}: {name}", self.client);
        }
    }

    /// Returns the error that the walk ended with, of the kind that is expected.
    fn error<E: Error + 'static>(&self) -> &E {
        let error = self.error.as_ref().expect(self.client);
        let source = error.source().unwrap_or_else(|| panic!("{}: {error}", self.client));
        source.downcast_ref().unwrap_or_else(|| panic!("{}: {error}", self.client))
    }

    /// Checks that the walk ended for want of a response.
    fn has_no_response(&self) {
        match self.client {
            "blocking" => drop(self.error::<ureq::Error>().to_string()),
            _ => drop(self.error::<std::io::Error>().to_string()),
        }
    }
}

/// Sends a command by each of the clients.
fn call_each(url: &str, command: &Command<'_>) -> [Response<'static>; 2] {
    let blocking = blocking::Client::new(url.to_owned(), credentials(MockServer::LOGIN));
    let r#async =
        r#async::Client::new(url.to_owned(), credentials(MockServer::LOGIN)).expect("a client");
    [blocking.call(command).expect("a response"), wait(r#async.call(command)).expect("a response")]
}

/// Starts a server that gives the same answer to everybody, whatever the request, and closes the connection.
fn parrot(answer: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            // The head and the body of a request may come one by one, and a close before both were read is a reset.
            let mut request = Vec::new();
            let mut piece = [0; 4096];
            while !request.windows(15).any(|bytes| bytes == b"QueryDomainList") {
                let read = stream.read(&mut piece).expect("a request");
                request.extend_from_slice(&piece[..read]);
            }
            stream.write_all(answer.as_bytes()).expect("the client reads");
        }
    });
    format!("http://{address}/api/call.cgi")
}

#[test]
fn the_whole_list_in_order_and_nothing_twice() {
    let server = mock();
    for walk in Walk::each(&server.url(), MockServer::LOGIN) {
        walk.has_shown(100_000);
        assert!(walk.error.is_none(), "{}", walk.client);
    }
}

#[test]
fn a_page_that_fails_leaves_the_list_incomplete() {
    let server = mock();
    for walk in Walk::each(&server.url(), "failing") {
        walk.has_shown(50_000);
        assert_eq!(
            *walk.error::<IncompleteReason>(),
            IncompleteReason::ErrorPage(Code::SERVER_ERROR_TRY_AGAIN)
        );
    }
}

#[test]
fn a_page_that_is_cut_off_leaves_the_list_incomplete() {
    let server = mock();
    for walk in Walk::each(&server.url(), "truncated") {
        walk.has_shown(50_000);
        assert!(walk.error::<ParseError>().is_truncated(), "{}", walk.client);
    }
}

#[test]
fn the_rows_of_a_check_are_those_of_the_command() {
    let server = mock();
    let names: Vec<_> = (99_990..100_010).map(|number| format!("d{number:06}.example")).collect();
    let command = Command::new("CheckDomains").and_then(|it| it.with_series("DOMAIN", &names));
    for response in call_each(&server.url(), &command.expect("a command")) {
        assert_eq!(response.row_count(), names.len());
        for ((row, name), number) in response.rows().zip(&names).zip(99_990..) {
            assert_eq!(row.get("domain"), Some(&**name));
            let (code, _) = Code::split(row.get("domaincheck").expect("a cell")).expect("a code");
            let expected = if number <= 100_000 { 211 } else { 210 };
            assert_eq!(code, expected, "{name}");
        }
    }
}

#[test]
fn a_rejection_is_a_response() {
    let server = mock();
    let command = Command::new("QueryDomains").expect("a command");
    for response in call_each(&server.url(), &command) {
        assert_eq!(response.code(), Code::INVALID_COMMAND_NAME);
    }
}

#[test]
fn no_server_is_no_response() {
    // Nobody listens at a port that has just been given back.
    let url = mock().url();
    for walk in Walk::each(&url, MockServer::LOGIN) {
        walk.has_shown(0);
        walk.has_no_response();
    }
}

#[test]
fn another_http_status_is_no_response_whatever_the_body() {
    for status in
        ["302 Found\r\nLocation: /", "404 Not Found", "500 Internal Server Error", "204 No Content"]
    {
        let body = "[RESPONSE]\ncode = 200\nEOF\n";
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        for walk in Walk::each(&parrot(answer.leak()), MockServer::LOGIN) {
            walk.has_shown(0);
            walk.has_no_response();
        }
    }
}

#[test]
fn a_connection_that_breaks_is_no_response() {
    let url = parrot(
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n\
         [RESPONSE]\ncode = 200\nproperty[domain][0] = d000001.example\n",
    );
    for walk in Walk::each(&url, MockServer::LOGIN) {
        walk.has_shown(0);
        walk.has_no_response();
    }
}

#[test]
fn a_body_that_is_no_response() {
    for (body, kind) in [
        ("", ErrorKind::Empty),
        ("<html><body>Maintenance</body></html>\n", ErrorKind::Markup),
        ("description = Command completed successfully\n", ErrorKind::MissingCode),
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        for walk in Walk::each(&parrot(answer.leak()), MockServer::LOGIN) {
            walk.has_shown(0);
            assert_eq!(walk.error::<ParseError>().kind(), kind, "{}", walk.client);
        }
    }
}
