//! Many clients, slow clients and large bodies: counted, not timed.

use std::env;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use cnic_mock::response::Response;
use cnic_mock::{Account, MockServer};

use crate::util::{Peak, assert_alive, post, read};

/// Tells the process of a test that it is the one that is measured.
const ALONE: &str = "CNIC_MOCK_ALONE";

/// Runs a test in a process of its own, so that nothing else is counted.
fn alone(name: &str, test: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        return test();
    }
    let program = env::current_exe().expect("this program");
    let output = Command::new(program)
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("1 passed"), "no such test: {text}");
    print!("{text}");
}

#[test]
fn two_hundred_clients_walk_the_list_at_once() {
    const CLIENTS: usize = 200;
    const ROWS: usize = 2000;
    alone("load::two_hundred_clients_walk_the_list_at_once", || {
        let account = Account::new("mock", "not-a-secret").sample_domains(2000);
        let server = MockServer::builder().account(account).start().expect("a server");
        let before = Peak::reset();
        // All are connected before the first one asks.
        let start = Barrier::new(CLIENTS);
        let walk = || {
            let mut stream = TcpStream::connect(server.address()).expect("the server listens");
            start.wait();
            let mut rows = 0;
            for first in (0..ROWS).step_by(500) {
                let body = format!(
                    "s_login=mock&s_pw=not-a-secret&command=QueryDomainList&limit=500&first={first}"
                );
                let length = body.len();
                write!(
                    stream,
                    "POST /api/call HTTP/1.1\r\nHost: m\r\nContent-Length: {length}\r\n\r\n{body}"
                )
                .expect("the server reads");
                let page = Response::parse(one(&mut stream)).expect("a response");
                assert_eq!(page.get("domain", 0), Some(&*format!("d{:06}.example", first + 1)));
                rows += page.row_count();
            }
            rows
        };
        let rows: usize = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(walk)).collect();
            clients.into_iter().map(|client| client.join().expect("a client")).sum()
        });
        assert_eq!(rows, CLIENTS * ROWS);
        assert_eq!(server.received_count(), 800);
        let peak = Peak::get() - before;
        println!("200 clients: {rows} rows, {peak} bytes at most, those of the clients included");
        assert!(peak < 100 << 20, "{peak}");
    });
}

/// Reads one response from a connection that stays open.
fn one(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("text").to_ascii_lowercase();
    let (_, length) = head.split_once("content-length: ").expect("a length");
    let length = length.lines().next().and_then(|it| it.parse().ok()).expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    String::from_utf8(body).expect("text")
}

#[test]
fn a_large_body_is_rejected_and_not_kept() {
    const MEGABYTES: usize = 100;
    alone("load::a_large_body_is_rejected_and_not_kept", || {
        let server = MockServer::start().expect("a server");
        assert_alive(&server);
        let piece = vec![b'a'; 1 << 20];
        let before = Peak::reset();
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        stream.write_all(post("/api/call", MEGABYTES << 20).as_bytes()).expect("the server reads");
        for place in 0..MEGABYTES {
            stream.write_all(&piece).expect("the server reads to the end");
            if place % 25 == 0 {
                assert_alive(&server);
            }
        }
        let (head, _) = read(&mut stream);
        assert!(head.starts_with("HTTP/1.1 413 "), "{head}");
        let peak = Peak::get() - before;
        println!("100 MiB: {peak} bytes at most");
        assert!(peak < 8 << 20, "{peak}");
        // The calls in between, and nothing else.
        assert_eq!(server.received_count(), 5);
    });
}

#[test]
fn a_head_without_an_end_is_not_kept() {
    let server = MockServer::start().expect("a server");
    let start = "GET /api/call HTTP/1.1\r\nHost: m\r\nX: ";
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    // The server may close before it has read all of it.
    let _ = stream.write_all((start.to_owned() + &"x".repeat(200_000)).as_bytes());
    let (head, _) = read(&mut stream);
    assert!(head.starts_with("HTTP/1.1 431 "), "{head}");
    assert_alive(&server);
}

#[test]
fn a_client_that_sends_a_byte_at_a_time_is_cut_off() {
    let server = MockServer::builder()
        .exchange_timeout(Duration::from_millis(200))
        .start()
        .expect("a server");
    let request = post("/api/call", 1 << 20) + &"a".repeat(1 << 20);
    // In the head, and in the body.
    for pause in [0, request.len() - (1 << 20) + 5] {
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        stream.write_all(&request.as_bytes()[..pause]).expect("the server reads");
        let mut sent = pause;
        // The client would need hours. It ends because the server closes the connection.
        let error = loop {
            if let Err(error) = stream.write_all(&request.as_bytes()[sent..=sent]) {
                break error.kind();
            }
            sent += 1;
            assert!(sent < pause + 1000, "the server goes on waiting");
            thread::sleep(Duration::from_millis(20));
        };
        assert!(matches!(error, ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{error}");
        assert_alive(&server);
    }
    assert_eq!(server.received_count(), 2);
}

#[test]
fn a_client_that_waits_for_others_is_not_cut_off() {
    const CLIENTS: u64 = 6;
    const REQUESTS: u64 = 4;
    let limit = Duration::from_millis(500);
    // One thread answers all. With half the limit for each, a round takes three times as long as it.
    let server = MockServer::builder()
        .exchange_timeout(limit)
        .on_request(move |_| thread::sleep(limit / 2))
        .start()
        .expect("a server");
    let ask = || {
        let mut stream = TcpStream::connect(server.address()).expect("the server listens");
        for _ in 0..REQUESTS {
            let request = "POST /api/call HTTP/1.1\r\nHost: m\r\nContent-Length: 0\r\n\r\n";
            stream.write_all(request.as_bytes()).expect("the server reads");
            assert!(Response::parse(one(&mut stream)).is_ok());
        }
    };
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(ask);
        }
    });
    assert_eq!(server.received_count(), CLIENTS * REQUESTS);
}

#[test]
fn a_client_that_does_not_read_is_cut_off() {
    let server = MockServer::builder()
        .exchange_timeout(Duration::from_millis(200))
        .start()
        .expect("a server");
    let body = "s_login=mock&s_pw=not-a-secret&command=QueryDomainList&limit=10000";
    let request = format!(
        "POST /api/call HTTP/1.1\r\nHost: m\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    // More responses than the system buffers; nobody reads them.
    let error = loop {
        if let Err(error) = stream.write_all(request.as_bytes()) {
            break error.kind();
        }
        thread::sleep(Duration::from_millis(20));
    };
    assert!(matches!(error, ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{error}");
    assert_alive(&server);
}
