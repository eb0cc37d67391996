//! `cnic mock`: what it answers, what it prints, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
#[cfg(target_os = "linux")]
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
#[cfg(target_os = "linux")]
use std::thread;
use std::time::{Duration, SystemTime};

const LOGIN: &str = "s_login=mock&s_pw=not-a-secret";

/// A server that ends with the test, whatever becomes of it.
struct Mock {
    child: Child,
    stdout: BufReader<ChildStdout>,
    url: String,
}

fn cnic(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cnic"));
    command.arg("mock").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Mock {
    #[track_caller]
    fn start(arguments: &[&str]) -> Self {
        let mut child = cnic(arguments).spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut url = String::new();
        stdout.read_line(&mut url).expect("a line");
        let mut mock = Self { child, stdout, url: url.trim_end().to_owned() };
        assert!(url.ends_with("/api/call.cgi\n"), "{url:?}: {}", mock.end().1);
        mock
    }

    #[track_caller]
    fn with_fixtures(folder: &Path) -> Self {
        Self::start(&["--fixtures", folder.to_str().expect("UTF-8")])
    }

    /// Sends a form, and returns the body of the response.
    #[track_caller]
    fn post(&self, form: &str) -> String {
        String::from_utf8(self.post_for_bytes(form)).expect("UTF-8")
    }

    #[track_caller]
    fn post_for_bytes(&self, form: &str) -> Vec<u8> {
        let host = self.url.split('/').nth(2).expect("a host");
        let mut stream = TcpStream::connect(host).expect("the server listens");
        // Not what is tested, but a test must not hang.
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        let length = form.len();
        let head = format!("POST /api/call.cgi HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        let request = format!("{head}Content-Length: {length}\r\n\r\n{form}");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        bytes.split_off(head.expect("a head and a body") + 4)
    }

    #[track_caller]
    fn send(&self, command: &str) -> String {
        self.post(&format!("{LOGIN}&{command}"))
    }

    #[track_caller]
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a line");
        line
    }

    /// Ends the server, and returns what was still on its outputs.
    fn end(&mut self) -> (String, String) {
        let _ = self.child.kill();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let _ = self.stdout.read_to_string(&mut stdout);
        if let Some(mut pipe) = self.child.stderr.take() {
            let _ = pipe.read_to_string(&mut stderr);
        }
        (stdout, stderr)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs what must not start, and returns its status and standard error.
#[track_caller]
fn fails(arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = cnic(arguments).spawn().expect("the binary starts");
    let mut stdout = String::new();
    let first = BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut stdout);
    if first.expect("a pipe") > 0 {
        let _ = child.kill();
    }
    let Output { status, stderr, .. } = child.wait_with_output().expect("the binary ends");
    assert_eq!(stdout, "", "output in spite of an error");
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// A response that can be told from others by its description.
fn says(description: &str) -> String {
    format!("[RESPONSE]\ncode = 200\ndescription = {description}\nEOF\n")
}

#[test]
fn the_address_comes_first_and_then_a_line_for_each_request() {
    let mut mock = Mock::start(&[]);
    assert!(mock.url.starts_with("http://127.0.0.1:"), "{}", mock.url);
    let list = mock.send("command=QueryDomainList&limit=1");
    assert!(list.contains("property[domain][0] = d000001.example\n"), "{list}");
    assert_eq!(mock.line(), "POST /api/call.cgi mock QueryDomainList limit=1 -> 200\n");
    mock.post("s_login=mock&s_pw=hunter2&command=ModifyDomain&domain=a.test&auth=hunter2");
    let line = mock.line();
    assert_eq!(line, "POST /api/call.cgi mock ModifyDomain domain=a.test auth=*** -> 530\n");
    // What would turn a line on a terminal around, or break it.
    mock.post("s_login=a%E2%80%AEb%0Ac&s_pw=x&command=StatusAccount");
    let line = mock.line();
    assert!(line.contains(r"\u{202e}") && line.ends_with(" -> 530\n"), "{line:?}");
    assert_eq!(mock.end(), (String::new(), String::new()));
}

#[test]
fn a_log_has_the_line_when_the_response_is_there() {
    let folder = folder(&[]);
    let log = folder.path().join("log");
    let path = log.to_str().expect("UTF-8");
    for run in 1..3 {
        let mut mock = Mock::start(&["--log", path]);
        for request in 1..4 {
            mock.send("command=StatusAccount");
            let lines = fs::read_to_string(&log).expect("a log");
            let line = "POST /api/call.cgi mock StatusAccount -> 200\n";
            assert_eq!(lines, line.repeat(3 * (run - 1) + request));
        }
        assert_eq!(mock.end(), (String::new(), String::new()));
    }
    let (status, stderr) = fails(&["--log", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(status, Some(2));
    assert!(stderr.starts_with("error: cannot write to "), "{stderr}");
}

#[test]
fn nobody_has_to_read_the_lines() {
    let mut mock = Mock::start(&[]);
    let long = "x".repeat(1000);
    // More than a pipe holds, and more than may wait for it.
    let requests = 1500;
    for _ in 0..requests {
        mock.send(&format!("command=OrderPizza&x={long}"));
    }
    let mut shown = 0;
    while shown < 1000 {
        assert!(mock.line().contains(&long));
        shown += 1;
    }
    mock.send("command=StatusAccount");
    let left_out = loop {
        let line = mock.line();
        if let Some(number) = line.strip_suffix(" requests left out)\n") {
            break number.trim_start_matches('(').parse::<usize>().expect("a number");
        }
        assert!(line.contains(&long), "{line}");
        shown += 1;
    };
    assert_eq!(shown + left_out, requests);
    assert_eq!(mock.line(), "POST /api/call.cgi mock StatusAccount -> 200\n");
}

#[test]
fn a_closed_pipe_does_not_end_the_server() {
    let mut child = cnic(&[]).spawn().expect("the binary starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut url = String::new();
    stdout.read_line(&mut url).expect("a line");
    drop(stdout);
    let empty =
        cnic(&["--help"]).spawn().expect("the binary starts").stdout.take().expect("a pipe");
    let mock = Mock { child, stdout: BufReader::new(empty), url: url.trim_end().to_owned() };
    for _ in 0..5 {
        assert!(mock.send("command=StatusAccount").contains("code = 200\n"));
    }
}

#[test]
fn the_port_and_the_address_are_those_that_are_given() {
    let mock = Mock::start(&["--host", "::1"]);
    assert!(mock.url.starts_with("http://[::1]:"), "{}", mock.url);
    let mock = Mock::start(&["--host", "localhost"]);
    assert!(mock.url.starts_with("http://127.0.0.1:"), "{}", mock.url);
    let mock = Mock::start(&[]);
    let port = mock.url.split([':', '/']).nth(4).expect("a port").to_owned();
    let (status, stderr) = fails(&["--port", &port]);
    assert_eq!(status, Some(2));
    assert!(stderr.starts_with("error: cannot listen: "), "{stderr}");
    // An address for documentation, which no machine has.
    let (status, stderr) = fails(&["--host", "192.0.2.1"]);
    assert_eq!(status, Some(2));
    let warning = "warning: other machines can send commands to 192.0.2.1\nerror: cannot listen: ";
    assert!(stderr.starts_with(warning), "{stderr}");
    assert_eq!(fails(&["--host", "example.com"]).0, Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn an_interrupt_ends_it() {
    let mut server = crate::signals::with_default_signals();
    let mut child = server.arg("mock").stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    stdout.read_line(&mut String::new()).expect("a line");
    let id = child.id().to_string();
    let kill = Command::new("kill").args(["-INT", &id]).status().expect("the program runs");
    assert!(kill.success());
    for _ in 0..600 {
        if let Some(status) = child.try_wait().expect("a child") {
            // A shell shows the signal as the status 130.
            assert_eq!(status.signal(), Some(2));
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let _ = child.kill();
    panic!("an interrupt does not end it");
}

mod fixtures;
