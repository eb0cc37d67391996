//! What clients of HEXONET get, and what the clients of others ask for.

use cnic_mock::response::{Code, Pager, PagerStep};
use cnic_mock::{Account, Domain, MockServer, on};

use crate::util::{ask, column, form};

#[test]
fn a_client_of_hexonet_gets_capitals_and_columns() {
    let account = Account::new("a", "x")
        .domain(Domain::new("one.example"))
        .domain(Domain::new("two.example"));
    let server = MockServer::builder().account(account).start().expect("a server");
    let text = |who: &str| {
        server.answer(format!("s_login=a&s_pw=x&{who}command=QueryDomainList&limit=2").as_bytes())
    };
    assert_eq!(
        text("s_entity=54cd&"),
        "[RESPONSE]\r\nCODE=200\r\nDESCRIPTION=Command completed successfully\r\nRUNTIME=0.011\r\nQUEUETIME=0\r\n\
         PROPERTY[CREATEDDATE][0]=2020-01-01 08:00:00.0\r\nPROPERTY[CREATEDDATE][1]=2020-01-01 08:00:00.0\r\n\
         PROPERTY[DOMAIN][0]=one.example\r\nPROPERTY[DOMAIN][1]=two.example\r\n\
         PROPERTY[EXPIRATIONDATE][0]=2028-01-01 08:00:00.0\r\nPROPERTY[EXPIRATIONDATE][1]=2028-01-01 08:00:00.0\r\n\
         PROPERTY[COUNT][0]=2\r\nPROPERTY[FIRST][0]=0\r\nPROPERTY[LAST][0]=1\r\nPROPERTY[LIMIT][0]=2\r\n\
         PROPERTY[TOTAL][0]=2\r\nEOF\r\n"
    );
    assert!(text("").starts_with("[RESPONSE]\ncode = 200\n"));
    let failed = server.answer(b"S_ENTITY=54cd&s_login=a&s_pw=wrong&command=StatusAccount");
    assert!(failed.starts_with("[RESPONSE]\r\nCODE=530\r\n"), "{failed}");
}

#[test]
fn both_dialects_say_the_same() {
    let server = MockServer::start().expect("a server");
    for command in [
        "command=QueryDomainList&limit=3&wide=1",
        "command=QueryDomainList&domain=*.nowhere",
        "command=QueryDomainList&first=99999&limit=2",
        "command=StatusDomain&domain=d000015.example",
        "command=CheckDomains&domain0=a.example&domain1=d000001.example",
        "command=StatusAccount",
        "command=Nothing",
    ] {
        let who = "s_login=mock&s_pw=not-a-secret";
        let one = form(&server, &format!("{who}&{command}"));
        let other = form(&server, &format!("{who}&s_entity=1234&{command}"));
        assert_eq!((one.code(), one.page()), (other.code(), other.page()), "{command}");
        assert_eq!(one.row_count(), other.row_count(), "{command}");
        for column in one.columns() {
            let cells: Vec<_> = column.iter().collect();
            let others: Vec<_> = other.column(column.name()).expect("the column").iter().collect();
            assert_eq!(cells, others, "{command}");
        }
        // The end of the list is the end in both.
        let ends = |page| matches!(Pager::starting_at(99_999).advance(page), PagerStep::Done);
        assert_eq!(ends(&one), ends(&other), "{command}");
    }
}

#[test]
fn a_session_without_a_login_is_that_of_its_account() {
    let case = on("QueryDomainList").login("mock").fail(Code::SERVICE_LOCKED);
    let server = MockServer::builder().script(case).start().expect("a server");
    let opening = "s_entity=54cd&s_login=mock&s_pw=not-a-secret&command=StartSession";
    let id = form(&server, opening).get("session", 0).expect("an id").to_owned();
    let list = form(&server, &format!("s_session={id}&command=QueryDomainList"));
    assert_eq!(list.code(), Code::SERVICE_LOCKED);
    assert_eq!(server.received()[1].login(), Some("mock"));
    let account = server.answer(format!("s_session={id}&command=StatusAccount").as_bytes());
    assert!(account.starts_with("[RESPONSE]\r\nCODE=200\r\n"), "{account}");
    assert_eq!(form(&server, "s_session=other&command=QueryDomainList").code(), 530);
    assert_eq!(server.received()[3].login(), None);
}

#[test]
fn lists_are_ordered_as_clients_in_use_ask_for() {
    let time = |text: &str| text.parse().expect("a time");
    let domain = |name: &str, created: &str, expires: &str| {
        Domain::new(name).created(time(created)).expires(time(expires))
    };
    let account = Account::new("a", "x")
        .domain(domain("a.test", "2020-01-02 00:00:00", "2031-01-01 00:00:00"))
        .domain(domain("b.test", "2020-01-01 00:00:00", "2030-01-01 00:00:00"));
    let server = MockServer::builder().account(account).start().expect("a server");
    let list = |switches: &str| {
        let response =
            form(&server, &format!("s_login=a&s_pw=x&command=QueryDomainList&{switches}"));
        (response.code().as_u16(), column(&response, "domain").join(" "))
    };
    let ascending = (200, "b.test a.test".to_owned());
    assert_eq!(list("orderby=DOMAINREGISTRATIONEXPIRATIONDATE&wide=1"), ascending);
    assert_eq!(list("orderby=DOMAINCREATEDDATE"), ascending);
    let updated = "first=0&type=ALL&orderby=DOMAINUPDATEDDATE&order=DESC";
    assert_eq!(list(updated), (200, "a.test b.test".to_owned()));
    assert_eq!(list("type=SOME").0, 506);
}

#[test]
fn one_domain_is_checked_by_the_code() {
    let server = MockServer::start().expect("a server");
    for (domain, code) in
        [("free.example", 210), ("D000001.example", 211), ("a.nowhere", 549), ("-a-.example", 541)]
    {
        let response = ask(&server, &format!("COMMAND=CheckDomain\nDOMAIN={domain}"));
        assert_eq!(response.code(), code, "{domain}");
        assert_eq!(response.columns().count(), 0, "{domain}");
    }
    let more = ask(&server, "COMMAND=CheckDomain\nDOMAIN=a.example\nDOMAIN0=b.example");
    assert_eq!(more.code(), Code::INVALID_ATTRIBUTE_NAME);
}
