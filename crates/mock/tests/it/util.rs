//! What the tests have in common: commands, raw HTTP, and an allocator that counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cnic_mock::MockServer;
use cnic_mock::command::{Command, Credentials};
use cnic_mock::response::{Code, Response};

/// Sends a command with the credentials of the default account.
#[track_caller]
pub(crate) fn ask(server: &MockServer, command: &str) -> Response<'static> {
    ask_as(server, &MockServer::credentials(), command)
}

#[track_caller]
pub(crate) fn ask_as(
    server: &MockServer,
    credentials: &Credentials<'_>,
    command: &str,
) -> Response<'static> {
    let command = Command::parse(command).expect("a command");
    form(server, &credentials.wrap(&command).to_string())
}

#[track_caller]
pub(crate) fn form(server: &MockServer, form: &str) -> Response<'static> {
    let response = Response::parse(server.answer(form.as_bytes())).expect("a response");
    assert!(response.is_framed() && response.notes().is_empty(), "{response:?}");
    response
}

#[track_caller]
pub(crate) fn rejected(server: &MockServer, command: &str, code: Code, detail: Option<&str>) {
    let response = ask(server, command);
    assert_eq!((response.code(), response.detail()), (code, detail), "{command}");
    assert_eq!(response.row_count(), 0, "{command}");
}

/// Returns a column without its holes.
pub(crate) fn column(response: &Response<'_>, name: &str) -> Vec<String> {
    let column = response.column(name);
    column.into_iter().flat_map(|it| it.iter().flatten().map(str::to_owned)).collect()
}

/// A request by hand: head and body of what comes back, until the connection closes.
pub(crate) fn http(server: &MockServer, request: &[u8]) -> (String, String) {
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    // A server that hangs is a failure.
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    // A server that closes early may not take all of it.
    let _ = stream.write_all(request);
    read(&mut stream)
}

pub(crate) fn read(stream: &mut TcpStream) -> (String, String) {
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..length]);
    }
    let answer = String::from_utf8(answer).expect("text");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_owned(), body.to_owned())
}

/// The request line and the fields that a POST needs.
pub(crate) fn post(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    )
}

/// Asserts that the server still answers, over HTTP.
#[track_caller]
pub(crate) fn assert_alive(server: &MockServer) {
    let body = format!("{}&command=StatusAccount", MockServer::credentials().alone());
    let request = post("/api/call", body.len()) + &body;
    let (head, body) = http(server, request.as_bytes());
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(Response::parse(body).expect("a response").is_success());
}

/// The allocator of the system, with the most bytes that all threads held at one time.
#[derive(Debug)]
pub(crate) struct Peak;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

impl Peak {
    /// Starts to count, and returns how many bytes are held.
    pub(crate) fn reset() -> usize {
        let live = LIVE.load(Ordering::SeqCst);
        PEAK.store(live, Ordering::SeqCst);
        live
    }

    pub(crate) fn get() -> usize {
        PEAK.load(Ordering::SeqCst)
    }
}

// SAFETY: every call goes to the allocator of the system, unchanged.
unsafe impl GlobalAlloc for Peak {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::SeqCst) + layout.size();
        PEAK.fetch_max(live, Ordering::SeqCst);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::SeqCst);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}
