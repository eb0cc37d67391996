//! Real HTTP clients, blocking and async.

use cnic_mock::MockServer;
use cnic_mock::command::Command;
use cnic_mock::response::{Pager, PagerStep, Response};

/// Walks the whole list, with a function that posts a form.
fn page(first: u64) -> String {
    let command = format!("COMMAND=QueryDomainList\nFIRST={first}\nLIMIT=10000");
    let command = Command::parse(&command).expect("a command");
    MockServer::credentials().wrap(&command).to_string()
}

#[test]
fn a_blocking_client_walks_the_list_over_one_connection() {
    let server = MockServer::start().expect("a server");
    let agent = ureq::agent();
    let mut pager = Pager::new();
    let mut rows = 0;
    let mut first = 0;
    loop {
        let mut response = agent.post(server.url()).send(page(first)).expect("a response");
        let text = response.body_mut().read_to_string().expect("a text");
        let response = Response::parse(text).expect("a response");
        rows += response.row_count();
        match pager.advance(&response) {
            PagerStep::Next { first: next } => first = next,
            PagerStep::Done => break,
            step => panic!("{step:?}"),
        }
    }
    assert_eq!((rows, server.received_count()), (100_000, 10));
}

/// A runtime of one thread: a server that used it, or waited for it, would hang.
#[tokio::test]
async fn an_async_client_walks_the_list_and_drops_the_server() {
    let server = MockServer::start().expect("a server");
    let client = reqwest::Client::new();
    let mut rows = 0;
    for first in (0..100_000).step_by(10_000) {
        let response =
            client.post(server.url()).body(page(first)).send().await.expect("a response");
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        let text = response.text().await.expect("a text");
        rows += Response::parse(text).expect("a response").row_count();
    }
    assert_eq!(rows, 100_000);
    let address = server.address();
    drop(server);
    // The port is free at once, whatever connections there were.
    let next = MockServer::builder().address(address).start().expect("the same port");
    assert_eq!(next.address(), address);
}
