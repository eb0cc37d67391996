//! Sessions, role users and sub-accounts.

use std::time::Duration;

use cnic_mock::response::Code;
use cnic_mock::{Account, Domain, MockServer, on};

use crate::util::{column, form};

fn server() -> MockServer {
    let shop = Account::new("shop", "x").role("clerk", "y").domain(Domain::new("own.example"));
    let below = Account::new("below", "z").parent("shop").domain(Domain::new("below.example"));
    let server = MockServer::builder().account(shop).account(below);
    server.session_lifetime(Duration::from_secs(100)).start().expect("a server")
}

#[test]
fn a_session_stands_for_the_password_until_it_is_closed() {
    let server = server();
    for start in [
        "persistent=1",
        "command=StartSession&persistent=1",
        "s_command=COMMAND%3DStartSession%0Apersistent%3D1",
    ] {
        let session = form(&server, &format!("s_login=shop&s_pw=x&{start}"));
        let id = session.get("sessionid", 0).expect("an id");
        assert_eq!(session.get("expiration date", 0), Some("2026-01-01 08:01:40.0"));
        assert_eq!(session.get("session", 0).is_some(), start.contains("Start"));
        for who in [format!("s_login=shop&s_sessionid={id}"), format!("s_session={id}")] {
            assert_eq!(form(&server, &format!("{who}&command=StatusAccount")).code(), 200, "{who}");
        }
        for who in [
            format!("s_login=below&s_sessionid={id}"),
            format!("s_login=shop:clerk&s_sessionid={id}"),
            format!("s_sessionid={id}0"),
        ] {
            assert_eq!(form(&server, &format!("{who}&command=StatusAccount")).code(), 530, "{who}");
        }
        assert_eq!(
            form(&server, &format!("s_login=shop&s_sessionid={id}&command=StopSession")).code(),
            200
        );
        // A second time there is no session to close.
        assert_eq!(
            form(&server, &format!("s_login=shop&s_sessionid={id}&command=StopSession")).code(),
            530
        );
    }
    assert_eq!(form(&server, "s_login=shop&s_pw=x&command=EndSession").code(), 530);
}

#[test]
fn a_session_expires_so_long_after_its_last_command() {
    let server = server();
    let id = form(&server, "s_login=shop&s_pw=x&persistent=1");
    let body =
        format!("s_sessionid={}&command=StatusAccount", id.get("sessionid", 0).expect("an id"));
    for (seconds, code) in [(99, 200), (99, 200), (100, 530), (0, 530)] {
        server.advance(Duration::from_secs(seconds));
        assert_eq!(form(&server, &body).code(), code, "{seconds}");
    }
    let id = form(&server, "s_login=shop&s_pw=x&persistent=1");
    server.close_sessions();
    let body =
        format!("s_sessionid={}&command=StatusAccount", id.get("sessionid", 0).expect("an id"));
    assert_eq!(form(&server, &body).code(), 530);
}

#[test]
fn an_account_has_a_hundred_sessions_at_most() {
    let server = server();
    let open = |login| form(&server, &format!("s_login={login}&persistent=1")).code();
    assert!((0..100).all(|_| open("shop&s_pw=x") == 200));
    assert_eq!(open("shop&s_pw=x"), Code::TOO_MANY_SESSIONS);
    assert_eq!(open("below&s_pw=z"), Code::COMPLETED);
    server.advance(Duration::from_secs(100));
    assert_eq!(open("shop&s_pw=x"), Code::COMPLETED);
}

#[test]
fn a_role_user_has_his_own_password_in_both_dialects() {
    let server = server();
    for login in ["shop:clerk", "shop!clerk"] {
        let code = |password| {
            form(&server, &format!("s_login={login}&s_pw={password}&command=StatusAccount")).code()
        };
        assert_eq!(
            (code("y"), code("x")),
            (Code::COMPLETED, Code::AUTHENTICATION_FAILED),
            "{login}"
        );
        let id = form(&server, &format!("s_login={login}&s_pw=y&persistent=1"));
        let id = id.get("sessionid", 0).expect("an id");
        assert_eq!(
            form(&server, &format!("s_login={login}&s_sessionid={id}&command=StatusAccount"))
                .code(),
            200
        );
        assert_eq!(
            form(&server, &format!("s_login=shop&s_sessionid={id}&command=StatusAccount")).code(),
            530
        );
    }
}

#[test]
fn a_role_user_is_seen_as_one_of_his_account() {
    let server = server();
    server.script(on("StatusDomain").login("shop").fail(Code::SERVICE_LOCKED));
    for login in ["shop:clerk", "shop!clerk"] {
        let id = form(&server, &format!("s_login={login}&s_pw=y&persistent=1"));
        let id = id.get("sessionid", 0).expect("an id");
        for who in [
            format!("s_login={login}&s_pw=y"),
            format!("s_login={login}&s_sessionid={id}"),
            format!("s_sessionid={id}"),
        ] {
            let response = form(&server, &format!("{who}&command=StatusDomain"));
            assert_eq!(response.code(), Code::SERVICE_LOCKED, "{who}");
            let received = server.received();
            let last = received.last().expect("a request");
            assert_eq!((last.login(), last.role()), (Some("shop"), Some("clerk")), "{who}");
        }
    }
}

#[test]
fn a_sub_account_is_seen_from_above_and_not_from_below() {
    let server = server();
    let names = |rest: &str| {
        column(
            &form(&server, &format!("s_login=shop&s_pw=x&command=QueryDomainList{rest}")),
            "domain",
        )
    };
    assert_eq!(names(""), ["own.example"]);
    assert_eq!(names("&userdepth=subuser"), ["below.example"]);
    assert_eq!(names("&userdepth=all"), ["below.example", "own.example"]);
    assert_eq!(names("&subuser=below"), ["below.example"]);
    assert_eq!(names("&s_user=below"), ["below.example"]);
    let up = form(&server, "s_login=below&s_pw=z&command=StatusDomain&domain=own.example");
    assert_eq!(up.code(), Code::ENTITY_NOT_FOUND);
    assert_eq!(
        form(&server, "s_login=below&s_pw=z&subuser=shop&command=StatusAccount").code(),
        531
    );
}
