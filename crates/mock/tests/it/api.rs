//! What is rejected, and how; what is received.

use cnic_mock::response::{Code, Response};
use cnic_mock::{Account, MockServer, on};

use crate::util::{ask, form, http, post, rejected};

#[test]
fn a_rejection_names_one_parameter() {
    let server = MockServer::start().expect("a server");
    for (command, code, detail) in [
        ("COMMAND=QueryDomainList\nLAST=9\nLIMITS=3", Code::INVALID_ATTRIBUTE_NAME, Some("LAST")),
        (
            "COMMAND=StatusDomain\nDOMAIN=d000001.example\nLIMIT=1",
            Code::INVALID_ATTRIBUTE_NAME,
            Some("LIMIT"),
        ),
        (
            "COMMAND=CheckDomains\nDOMAIN32=a.example",
            Code::INVALID_ATTRIBUTE_NAME,
            Some("DOMAIN32"),
        ),
        (
            "COMMAND=AddDomain\nDOMAIN=a.example\nDELDOMAINTAG0=x",
            Code::INVALID_ATTRIBUTE_NAME,
            Some("DelDomainTag"),
        ),
        ("COMMAND=StatusDomain", Code::MISSING_ATTRIBUTE, Some("DOMAIN")),
        ("COMMAND=CheckDomains", Code::MISSING_ATTRIBUTE, Some("DOMAIN0")),
        ("COMMAND=QueryDomainList\nFIRST=-1", Code::INVALID_ATTRIBUTE_SYNTAX, Some("FIRST")),
        ("COMMAND=QueryDomainList\nORDERBY=colour", Code::INVALID_OPTION_VALUE, Some("ORDERBY")),
        ("COMMAND=StatusDomain\nDOMAIN=other.example", Code::ENTITY_NOT_FOUND, None),
        (
            "COMMAND=AddDomain\nDOMAIN=a.nowhere",
            Code::COMMAND_FAILED,
            Some("zone is not supported"),
        ),
        ("COMMAND=AddDomain\nDOMAIN=d000001.example", Code::ALREADY_REGISTERED, None),
        ("COMMAND=StatusAccount\nSUBUSER=stranger", Code::AUTHORIZATION_FAILED, None),
        ("COMMAND=TransferDomain\nDOMAIN=a.example", Code::INVALID_COMMAND_NAME, None),
    ] {
        rejected(&server, command, code, detail);
    }
}

#[test]
fn only_what_was_carried_out_has_times() {
    let server = MockServer::start().expect("a server");
    let early = ask(&server, "COMMAND=QueryDomainList\nLAST=9");
    assert_eq!(
        early.as_str(),
        "[RESPONSE]\ncode = 503\ndescription = Invalid attribute name; LAST\nEOF\n"
    );
    let late = ask(&server, "COMMAND=StatusDomain\nDOMAIN=other.example");
    assert_eq!((late.runtime(), late.queuetime()), (Some("0.011"), Some("0")));
}

#[test]
fn who_is_nobody_gets_nothing() {
    let server = MockServer::start().expect("a server");
    for who in [
        "",
        "s_login=mock",
        "s_login=mock&s_pw=",
        "s_login=mock&s_pw=wrong",
        "s_login=other&s_pw=not-a-secret",
        "s_login=&s_pw=not-a-secret",
        "s_login=mock:clerk&s_pw=not-a-secret",
        "s_login=mock&s_sessionid=1",
    ] {
        for command in [
            "command=StatusAccount",
            "command=DeleteDomain&domain=d000001.example",
            "persistent=1",
            "command=Nothing",
        ] {
            assert_eq!(
                form(&server, &format!("{who}&{command}")).code(),
                Code::AUTHENTICATION_FAILED,
                "{who} {command}"
            );
        }
    }
    assert!(ask(&server, "COMMAND=StatusDomain\nDOMAIN=d000001.example").is_success());
    // What is no form, or no command, is said to be none.
    for body in
        ["100%", "s_login=mock&s_login=mock", "s_login=mock&s_pw=not-a-secret", "s_command=x"]
    {
        assert_eq!(form(&server, body).code(), Code::INVALID_COMMAND_FORMAT, "{body}");
    }
}

#[test]
fn too_many_commands_lock_the_account_for_a_minute() {
    let accounts = [Account::new("busy", "x").commands_a_minute(2), Account::new("calm", "x")];
    let server =
        accounts.into_iter().fold(MockServer::builder(), |it, account| it.account(account));
    let server = server.start().expect("a server");
    let code =
        |login| form(&server, &format!("s_login={login}&s_pw=x&command=StatusAccount")).code();
    let codes = [code("busy"), code("busy"), code("busy"), code("calm")];
    assert_eq!(codes.map(|code| code.as_u16()), [200, 200, 422, 200]);
    server.advance(std::time::Duration::from_secs(60));
    assert_eq!(code("busy"), Code::COMPLETED);
}

#[test]
fn the_api_is_at_two_addresses_and_takes_gets_and_any_type() {
    let server = MockServer::start().expect("a server");
    let body = "s_login=mock&s_pw=not-a-secret&s_command=COMMAND%3DStatusAccount%0D%0ASUBUSER%3D";
    for path in ["/api/call.cgi", "/api/call"] {
        for request in [
            post(path, body.len()) + body,
            format!("GET {path}?{body} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n"),
            format!(
                "POST {path} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
                body.len()
            ),
        ] {
            let (head, text) = http(&server, request.as_bytes());
            assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
            let response = Response::parse(text).expect("a response");
            assert_eq!(response.get("registrar", 0), Some("mock"), "{request}");
        }
    }
    let received = server.received();
    assert_eq!(received.len(), 6);
    assert!(received.iter().all(|it| it.is_wrapped() && it.form() == body.as_bytes()));
    assert_eq!((received[1].method(), received[5].content_type()), ("GET", Some("text/plain")));
    for (request, status) in [
        ("PUT /api/call HTTP/1.1", " 405 "),
        ("GET /srv/register HTTP/1.1", " 405 "),
        ("POST /api HTTP/1.1", " 404 "),
    ] {
        let (head, _) = http(
            &server,
            format!("{request}\r\nHost: m\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                .as_bytes(),
        );
        assert!(head.contains(status), "{request}: {head}");
    }
}

#[test]
fn no_secret_is_shown() {
    let account = Account::new("shop", "hunter2").role("clerk", "hunter3");
    let text = "[RESPONSE]\ncode = 200\nproperty[auth][0] = hunter6\nEOF\n";
    let case = on("TransferDomain").with("auth", "hunter5").answer(text);
    let builder = MockServer::builder().account(account).script(case);
    assert!(!format!("{builder:?}").contains("hunter"), "{builder:?}");
    let server = builder.start().expect("a server");
    let secrets = ["hunter2", "hunter3", "hunter4", "hunter5"];
    for body in [
        "s_login=shop&s_pw=hunter2&command=AddDomain&domain=a.example&auth=hunter4",
        "s_login=shop&s_pw=hunter2&persistent=1",
        "s_login=shop&s_pw=hunter2&command=ModifyDomain&auth=hunter4",
        "s_login=shop:clerk&s_pw=hunter3&s_otp=hunter4&s_command=COMMAND%3DAddDomain%0Apassword0%3Dhunter5",
        "s_login=shop&s_sessionid=hunter4&command=A\u{7f}%0D&s_pw=hunter2",
        "s_pw=hunter2&s_login",
    ] {
        let _ = server.answer(body.as_bytes());
    }
    let _ = server.register(b"user=shop&password=hunter2&domain=a");
    let _ = server.register(b"user=shop&password=hunter2&password=hunter4");
    let session = "00000000000000000000000000000001";
    let status =
        form(&server, &format!("s_sessionid={session}&command=StatusDomain&domain=a.example"));
    assert_eq!(status.get("auth", 0), Some("hunter4"));
    let shown = format!("{server:?} {:?}", server.received());
    assert!(!shown.contains(session), "{shown}");
    for received in server.received() {
        let line = received.to_string();
        assert!(secrets.iter().all(|it| !line.contains(it)), "{line}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
    for secret in secrets {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn transactions_of_the_client_come_back() {
    let server = MockServer::start().expect("a server");
    for (command, code) in [
        ("COMMAND=StatusDomain\nDOMAIN=d000001.example\nCLTRID=order 7", 200),
        ("COMMAND=QueryDomainList\nLIMIT=2\ncltrid=order 7", 200),
        ("COMMAND=StatusDomain\nDOMAIN=other.example\nCLTRID=order 7", 545),
    ] {
        let response = ask(&server, command);
        assert_eq!(response.code(), code, "{command}");
        assert_eq!(response.get("cltrid", 0), Some("order 7"), "{command}");
        let own = format!("mock-{}", server.received_count());
        assert_eq!(response.get("svtrid", 0), Some(&*own), "{command}");
    }
    let without = ask(&server, "COMMAND=StatusDomain\nDOMAIN=d000001.example");
    assert!(without.column("svtrid").is_none());
}
