//! The Toolkit.

use cnic_mock::registration::{Draft, Policy, Receipt};
use cnic_mock::{Account, MockServer};

use crate::util::{ask, column, http, post};

const GOOD: &str =
    "user=mock&password=not-a-secret&domain=fresh&suffix=uk.com&chandle=H1&thandle=H2";

fn register(server: &MockServer, form: &str) -> Receipt<'static> {
    let text = server.register(form.as_bytes());
    Receipt::parse(&text).expect("a receipt").into_owned()
}

#[test]
fn a_registration_is_the_accounts_and_a_test_leaves_no_trace() {
    let server = MockServer::start().expect("a server");
    let state = || {
        let status = ask(&server, "COMMAND=StatusDomain\nDOMAIN=fresh.uk.com");
        let account = ask(&server, "COMMAND=StatusAccount");
        (status, account)
    };
    let before = state();
    for _ in 0..2 {
        assert!(register(&server, &format!("{GOOD}&test=1")).is_success());
    }
    assert_eq!(state(), before);
    let form = format!("{GOOD}&period=3&dns[]=NS1.example.net&dns[]=ns.fresh.uk.com::192.0.2.1");
    let receipt = register(&server, &form);
    assert!(receipt.is_success());
    assert_eq!(receipt.amount().map(|it| it.to_string()).as_deref(), Some("30.00"));
    assert_eq!((receipt.get("domain"), receipt.get("suffix")), (Some("fresh"), Some("uk.com")));
    assert_eq!((receipt.get("thandle"), receipt.get("registrar")), (Some("H2"), Some("mock")));
    let (status, account) = state();
    assert_eq!(status.get("expiration date", 0), Some("2029-01-01 08:00:00.0"));
    assert_eq!(column(&status, "nameserver"), ["ns1.example.net", "ns.fresh.uk.com"]);
    assert_eq!(account.get("balance", 0), Some("999970.00"));
    let again = register(&server, &format!("{GOOD}&test=1"));
    assert_eq!((again.is_success(), again.message()), (false, Some("Domain already registered")));
}

#[test]
fn every_violation_is_in_the_message() {
    let server = MockServer::start().expect("a server");
    for form in [
        "user=mock&password=x&domain=-x-&suffix=gb.com&chandle=h1&thandle=H2&url=x",
        "",
        "user=mock&password=not-a-secret&domain=b%C3%BCcher&suffix=uk.com&chandle=H1&thandle=H2&period=11&dns[]=a",
    ] {
        let draft = Draft::from_form(form.as_bytes()).expect("a form");
        let violations = Policy::TOOLKIT.validate(&draft).expect_err("violations");
        assert!(violations.len() > 1, "{form}");
        let receipt = register(&server, form);
        assert_eq!(
            (receipt.is_success(), receipt.message()),
            (false, Some(&*violations.to_string()))
        );
    }
    let form = register(&server, "user=mock&user=mock");
    assert!(!form.is_success() && form.message().is_some_and(|it| it.contains("byte")));
}

#[test]
fn what_is_not_paid_or_not_allowed_is_no_success() {
    let account = Account::new("mock", "not-a-secret").role("clerk", "y").credit_for(1);
    let server = MockServer::builder().account(account).start().expect("a server");
    for (form, message) in [
        (GOOD.to_owned(), "Credit limit exceeded"),
        (GOOD.replace("not-a", "no"), "Authentication failed"),
        (GOOD.replace("mock", "mock%0AStatus: 0"), "Authentication failed"),
        (GOOD.replace("mock", "mock:clerk"), "Authentication failed"),
    ] {
        let receipt = register(&server, &form);
        assert_eq!((receipt.is_success(), receipt.message()), (false, Some(message)), "{form}");
    }
    assert!(register(&server, &format!("{GOOD}&period=1")).is_success());
}

#[test]
fn a_user_with_a_line_break_never_gets_a_receipt() {
    let account = Account::new("a\nStatus: 0", "not-a-secret");
    let server = MockServer::builder().account(account).start().expect("a server");
    let receipt = register(&server, &GOOD.replace("mock", "a%0AStatus: 0"));
    assert!(!receipt.is_success());
}

#[test]
fn the_toolkit_has_an_address_of_its_own() {
    let server = MockServer::start().expect("a server");
    assert!(server.toolkit_url().ends_with("/srv/register"));
    let (head, body) = http(&server, (post("/srv/register", GOOD.len()) + GOOD).as_bytes());
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(Receipt::parse(&body).expect("a receipt").is_success());
    let received = server.received();
    assert_eq!((received[0].login(), received[0].command()), (Some("mock"), None));
    assert_eq!(received[0].to_string(), "POST /srv/register mock -> HTTP 200");
}
