//! Faults that a test asks for, and faults of clients.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use cnic_mock::response::Response;
use cnic_mock::{MockServer, on};

use crate::util::{assert_alive, http, post, read};

const BODY: &str = "s_login=mock&s_pw=not-a-secret&command=QueryDomainList";

fn request() -> String {
    post("/api/call", BODY.len()) + BODY
}

fn told_length(head: &str) -> usize {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-length:"));
    line.and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a length")
}

#[test]
fn a_truncated_response_is_sound_http() {
    let server = MockServer::builder()
        .script(on("QueryDomainList").times(1).truncate())
        .script(on("QueryDomainList").times(1).truncate_at(40))
        .start()
        .expect("a server");
    let (head, half) = http(&server, request().as_bytes());
    let (_, start) = http(&server, request().as_bytes());
    let (_, whole) = http(&server, request().as_bytes());
    assert_eq!((told_length(&head), half.len()), (whole.len() / 2, whole.len() / 2));
    assert_eq!(start, whole[..40]);
    assert!(whole.starts_with(&half));
    assert!(Response::parse(half).expect_err("no end").is_truncated());
    assert!(Response::parse(whole).is_ok());
}

#[test]
fn a_disconnect_shows_in_the_length() {
    let server = MockServer::builder()
        .script(on("QueryDomainList").times(1).disconnect_at(100))
        .script(on("QueryDomainList").times(1).disconnect_at(usize::MAX))
        .script(on("QueryDomainList").times(1).disconnect_at(0))
        .start()
        .expect("a server");
    let sent: Vec<_> = (0..3).map(|_| http(&server, request().as_bytes())).collect();
    let (_, whole) = http(&server, request().as_bytes());
    for ((head, piece), length) in sent.iter().zip([100, whole.len() - 1, 0]) {
        assert_eq!(told_length(head), whole.len());
        assert_eq!(piece.len(), length);
        assert!(whole.starts_with(piece.as_str()));
    }
    // A client over HTTP sees an error, never a short text.
    server.script(on("QueryDomainList").disconnect());
    let mut response = ureq::post(server.url()).send(BODY).expect("a head");
    assert!(response.body_mut().read_to_string().is_err());
    assert_alive(&server);
}

#[test]
fn a_status_and_a_delay_are_of_one_response() {
    let case = on("QueryDomainList").status(503).delay(Duration::from_millis(1)).answer("busy");
    let server = MockServer::builder().script(case.times(1)).start().expect("a server");
    let (head, body) = http(&server, request().as_bytes());
    assert!(head.starts_with("HTTP/1.1 503 "), "{head}");
    assert_eq!((body.as_str(), server.received()[0].status()), ("busy", 503));
    assert!(http(&server, request().as_bytes()).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn others_are_answered_while_one_waits() {
    let server = MockServer::builder()
        .script(on("QueryDomainList").delay(Duration::from_secs(90)))
        .start()
        .expect("a server");
    let mut waiting = TcpStream::connect(server.address()).expect("the server listens");
    waiting.write_all(request().as_bytes()).expect("the server reads");
    // Not timed: the other answer could not come at all behind one that waits longer than a
    // client does.
    while server.received_count() == 0 {
        assert_alive(&server);
    }
    assert_alive(&server);
    drop(server);
    assert_eq!(read(&mut waiting), (String::new(), String::new()));
}

#[test]
fn what_is_no_http_closes_its_connection_only() {
    let server = MockServer::start().expect("a server");
    let long = format!("GET /{} HTTP/1.1\r\nHost: m\r\n\r\n", "x".repeat(3 << 20));
    let headers = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(5000));
    for request in [
        "\0\u{1}\u{2}\u{3}",
        "[COMMAND]\nCOMMAND=StatusAccount\nEOF\n",
        "POST /api/call HTTP/9.9\r\n\r\n",
        "POST /api/call HTTP/1.1\r\nHost: m\r\nContent-Length: -1\r\n\r\n",
        "POST /api/call HTTP/1.1\r\nHost: m\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /api/call HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0",
        &long,
        &headers,
    ] {
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        let (head, _) = read(&mut stream);
        assert!(head.is_empty() || head.starts_with("HTTP/1.1 4"), "{head}");
        assert_alive(&server);
    }
    let alive = server.received().iter().filter(|it| it.code().is_some()).count();
    assert_eq!(alive, 9, "only the calls between");
}

#[test]
fn a_client_that_leaves_in_the_middle_is_forgotten() {
    let server = MockServer::start().expect("a server");
    let request = request();
    for length in [0, 1, 20, request.len() - 1, request.len()] {
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        stream.write_all(&request.as_bytes()[..length]).expect("the server reads");
        drop(stream);
    }
    assert_alive(&server);
}
