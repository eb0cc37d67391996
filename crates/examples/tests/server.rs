//! What the mock server answers, and that it goes on.

use std::io::{Read, Write};
use std::net::TcpStream;

use cnic_command::Command;
use cnic_command::form::Credentials;
use cnic_examples::{MockServer, answer};
use cnic_response::{Code, Page, Response};

/// Returns the answer to a command of an account that is sound.
#[track_caller]
fn ask(command: &str) -> Response<'static> {
    let command = Command::parse(command).expect("a command");
    let credentials = Credentials::new().with_login("account").with_password("secret");
    let text = answer(String::from(credentials.wrap(&command)).as_bytes());
    Response::parse(text).expect("a response")
}

#[track_caller]
fn refused(command: &str, code: Code, description: &str) {
    let response = ask(command);
    assert_eq!((response.code(), response.description()), (code, description), "{command}");
    assert_eq!(response.row_count(), 0, "{command}");
}

/// Sends bytes to the server as they are, and returns the HTTP status and the body of what it says.
#[track_caller]
fn send(server: &MockServer, method: &str, path: &str, body: &[u8]) -> (u16, String) {
    let host = server.url().split('/').nth(2).expect("a host").to_owned();
    let mut stream = TcpStream::connect(&host).expect("the server listens");
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len(),
    )
    .expect("the server reads");
    // A server that refuses a large body may not read it to the end.
    let _ = stream.write_all(body);
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    (head[9..12].parse().expect("a status"), body.to_owned())
}

#[test]
fn a_window_is_the_one_that_was_asked_for() {
    let response = ask("COMMAND=QueryDomainList\nFIRST=4999\nLIMIT=3");
    assert_eq!(response.page(), Some(Page::window(4999, 3, 3, 100_000)));
    let declared: Vec<_> = response.declared_columns().collect();
    assert_eq!(declared, ["created date", "domain", "expiration date"]);
    let names: Vec<_> = response.rows().map(|row| row.get("domain")).collect();
    assert_eq!(names, [Some("d005000.example"), Some("d005001.example"), Some("d005002.example")]);
    assert!(response.rows().all(|row| row.cells().all(|(_, cell)| cell.is_some())));
    assert!(response.is_framed() && response.notes().is_empty());
}

#[test]
fn windows_at_the_edges() {
    for (window, page) in [
        ("", Page::window(0, 1000, 1000, 100_000)),
        ("\nlimit=20000", Page::window(0, 10_000, 10_000, 100_000)),
        ("\nFIRST=7\nLIMIT=0", Page::window(7, 0, 0, 100_000)),
        ("\nFIRST=99990\nLIMIT=20", Page::window(99_990, 10, 20, 100_000)),
        ("\nFIRST=100000", Page::window(100_000, 0, 1000, 100_000)),
        ("\nFIRST=18446744073709551615\nLIMIT=5", Page::window(u64::MAX, 0, 5, 100_000)),
    ] {
        let response = ask(&format!("COMMAND=QueryDomainList{window}"));
        assert_eq!(response.page(), Some(page), "{window:?}");
        let count = page.count.expect("a window has a count");
        assert_eq!(u64::try_from(response.row_count()), Ok(count), "{window:?}");
        assert!(response.notes().is_empty(), "{window:?}");
    }
}

#[test]
fn each_domain_checked_is_in_its_row() {
    let response = ask(
        "COMMAND=CheckDomains\nDOMAIN3=d100000.example\nDOMAIN0=free.example\ndomain1=D000001.example",
    );
    let rows: Vec<_> =
        response.rows().map(|row| [row.get("domain"), row.get("domaincheck")]).collect();
    let available = Some("210 Domain name available");
    let not_available = Some("211 Domain name not available");
    assert_eq!(rows[0], [Some("free.example"), available]);
    assert_eq!(rows[1], [Some("D000001.example"), not_available]);
    assert_eq!(rows[2], [None, None], "a gap stays a gap");
    assert_eq!(rows[3], [Some("d100000.example"), not_available]);
    assert_eq!(rows.len(), 4);
    assert_eq!(response.page(), Some(Page::window(0, 4, 32, 4)));
}

#[test]
fn names_next_to_registered_ones_are_available() {
    for name in [
        "d000000.example",
        "d100001.example",
        "d1.example",
        "d+00001.example",
        "000001.example",
        "d000001.example.example",
    ] {
        let response = ask(&format!("COMMAND=CheckDomains\nDOMAIN0={name}"));
        assert_eq!(response.get("domaincheck", 0), Some("210 Domain name available"), "{name}");
    }
}

#[test]
fn as_many_domains_as_a_command_may_have() {
    let names = |count| (0..count).map(|n| format!("d{n:06}.example"));
    let command =
        |count| Command::new("CheckDomains").and_then(|it| it.with_series("DOMAIN", names(count)));
    let text = |count| command(count).expect("a command").encode().to_string();
    assert_eq!(ask(&text(32)).row_count(), 32);
    refused(&text(33), Code::INVALID_ATTRIBUTE_NAME, "Invalid attribute name; DOMAIN32");
}

#[test]
fn commands_that_are_refused() {
    let name = Code::INVALID_ATTRIBUTE_NAME;
    let syntax = Code::INVALID_ATTRIBUTE_SYNTAX;
    refused("COMMAND=QueryDomains", Code::INVALID_COMMAND_NAME, "Invalid command name");
    refused("COMMAND=QueryDomainList\nLAST=9", name, "Invalid attribute name; LAST");
    refused("COMMAND=CheckDomains\nDOMAIN=a.example", name, "Invalid attribute name; DOMAIN");
    refused("COMMAND=CheckDomains\nDOMAIN00=a.example", name, "Invalid attribute name; DOMAIN00");
    refused("COMMAND=CheckDomains", Code::MISSING_ATTRIBUTE, "Missing required attribute; DOMAIN0");
    refused("COMMAND=CheckDomains\nDOMAIN0=", syntax, "Invalid attribute value syntax; DOMAIN0");
    for value in ["", "ten", "-1", "+1", "1.5", "0x10", "18446744073709551616"] {
        for key in ["LIMIT", "FIRST"] {
            let command = format!("COMMAND=QueryDomainList\n{key}={value}");
            refused(&command, syntax, &format!("Invalid attribute value syntax; {key}"));
        }
    }
}

#[test]
fn without_a_login_or_a_password() {
    for body in [
        "",
        "s_command=COMMAND%3DQueryDomainList",
        "s_login=account&s_command=COMMAND%3DQueryDomainList",
        "s_login=account&s_pw=&s_command=COMMAND%3DQueryDomainList",
        "s_login=&s_pw=secret&s_command=COMMAND%3DQueryDomainList",
        "s_pw=secret&command=QueryDomainList",
    ] {
        let response = Response::parse(answer(body.as_bytes())).expect("a response");
        assert_eq!(response.code(), Code::AUTHENTICATION_FAILED, "{body}");
    }
}

#[test]
fn both_shapes_of_a_form_are_read() {
    for body in [
        "s_login=account&s_pw=secret&s_command=COMMAND%3DQueryDomainList%0ALIMIT%3D1",
        "s_login=account&s_pw=secret&command=querydomainlist&limit=1",
    ] {
        let response = Response::parse(answer(body.as_bytes())).expect("a response");
        assert_eq!(response.row_count(), 1, "{body}");
    }
}

#[test]
fn troubled_accounts_are_sound_until_their_trouble() {
    let ask = |login: &str, first: &str| {
        let body =
            format!("s_login={login}&s_pw=secret&command=QueryDomainList&limit=10&first={first}");
        Response::parse(answer(body.as_bytes()))
    };
    for login in ["failing", "truncated"] {
        assert_eq!(ask(login, "49990").expect("a response").row_count(), 10);
    }
    assert_eq!(ask("failing", "50000").expect("a response").code(), 421);
    assert!(ask("truncated", "50000").expect_err("half a response").is_truncated());
}

#[test]
fn malformed_requests_are_507_and_the_server_goes_on() {
    let server = MockServer::start(0).expect("a port of 127.0.0.1 is free");
    let good = b"s_login=account&s_pw=secret&command=CheckDomains&domain0=free.example";
    let malformed: [&[u8]; 12] = [
        b"hunter2",
        b"s_login=account&s_pw=hunter2&s_command=%",
        b"s_login=account&s_pw=hunter2&s_command=%zz",
        b"s_login=account&s_pw=%ff&command=hunter2",
        b"s_login=account&s_pw=hunter2&S_PW=hunter2&command=CheckDomains",
        b"s_login=account&s_pw=hunter2",
        b"s_login=account&s_pw=hunter2&s_command=",
        b"s_login=account&s_pw=hunter2&s_command=hunter2",
        b"s_login=account&s_pw=hunter2&s_command=COMMAND%3DA%0ACOMMAND%3DB",
        b"s_login=account&s_pw=hunter2&s_command=COMMAND%3DA&domain0=hunter2",
        b"s_login=account&s_pw=hunter2&command=CheckDomains&domain0=a%0Ahunter2",
        b"\xff\xfe\x00hunter2\r\n\r\nGET / HTTP/1.1=",
    ];
    for body in malformed {
        let shown = body.escape_ascii();
        let (status, text) = send(&server, "POST", "/api/call.cgi", body);
        assert_eq!(status, 200, "{shown}");
        let response = Response::parse(text).expect("a response");
        assert_eq!(response.code(), Code::INVALID_COMMAND_FORMAT, "{shown}");
        assert!(response.description().starts_with("Invalid command format; "), "{shown}");
        assert!(!response.as_str().contains("hunter2"), "{shown}");

        let (status, text) = send(&server, "POST", "/api/call", good);
        assert_eq!(status, 200, "after {shown}");
        assert_eq!(Response::parse(text).expect("a response").code(), 200, "after {shown}");
    }
}

#[test]
fn what_http_itself_refuses() {
    let server = MockServer::start(0).expect("a port of 127.0.0.1 is free");
    assert_eq!(send(&server, "POST", "/", b"").0, 404);
    assert_eq!(send(&server, "GET", "/api/call.cgi", b"").0, 405);
    let mut body = b"s_login=account&s_pw=secret&command=CheckDomains&domain0=".to_vec();
    body.resize(1 << 15, b'a');
    assert_eq!(send(&server, "POST", "/api/call.cgi", &body).0, 200);
    body.push(b'a');
    assert_eq!(send(&server, "POST", "/api/call.cgi", &body).0, 413);
}
