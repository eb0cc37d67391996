//! Real HTTP clients, blocking and async.

use std::error::Error;
use std::sync::Arc;

use cnic_mock::MockServer;
use cnic_mock::command::Command;
use cnic_mock::response::{Pager, Response};

/// Returns the form that asks for a page.
fn page(first: u64) -> String {
    let command = format!("COMMAND=QueryDomainList\nFIRST={first}\nLIMIT=10000");
    let command = Command::parse(&command).expect("a command");
    MockServer::credentials().wrap(&command).to_string()
}

#[test]
fn a_blocking_client_walks_the_list_over_one_connection() {
    let server = MockServer::start().expect("a server");
    let agent = ureq::agent();
    let pages = Pager::new().pages(|first| -> Result<Response<'_>, Box<dyn Error>> {
        let mut response = agent.post(server.url()).send(page(first))?;
        Ok(Response::parse(response.body_mut().read_to_string()?)?)
    });
    let rows = pages.rows().inspect(|row| assert!(row.is_ok(), "the list is whole")).count();
    assert_eq!((rows, server.received_count()), (100_000, 10));
}

/// A runtime of one thread: a server that used it, or waited for it, would hang.
#[tokio::test]
async fn an_async_client_walks_the_list_and_drops_the_server() {
    let server = MockServer::start().expect("a server");
    let client = reqwest::Client::new();
    let (mut pager, mut rows) = (Pager::new(), 0);
    let fetch = async |first| -> Result<Response<'_>, Box<dyn Error>> {
        let response = client.post(server.url()).body(page(first)).send().await?;
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
        Ok(Response::parse(response.text().await?)?)
    };
    while let Some(page) = pager.next_page(fetch).await.expect("the list is whole") {
        rows += page.row_count();
    }
    assert_eq!(rows, 100_000);
    let address = server.address();
    drop(server);
    // The port is free at once, whatever connections there were.
    let next = MockServer::builder().address(address).start().expect("the same port");
    assert_eq!(next.address(), address);
}

/// The thread owns what `on_request` holds, until it ends.
#[test]
fn a_server_that_is_dropped_leaves_no_thread() {
    let held = Arc::new(());
    let holder = Arc::clone(&held);
    let server = MockServer::builder().on_request(move |_| drop(Arc::clone(&holder)));
    let server = server.start().expect("a server");
    let url = server.url();
    ureq::post(&url).send(page(0)).expect("a response");
    assert_eq!(Arc::strong_count(&held), 2);
    drop(server);
    assert_eq!(Arc::strong_count(&held), 1, "the thread has ended");
    assert!(ureq::post(&url).send(page(0)).is_err());
}
