//! Commands that change something, and what they leave alone.

use cnic_mock::response::{Code, Response};
use cnic_mock::{Account, Domain, MockServer};

use crate::util::{ask, column, form, rejected};

#[test]
fn a_domain_is_added_listed_modified_and_deleted() {
    let server = MockServer::start().expect("a server");
    let added = ask(
        &server,
        "COMMAND=AddDomain\nDOMAIN=Fresh.example\nPERIOD=2\nDOMAINTAG0=new\nNAMESERVER1=ns2.example.net\nNAMESERVER0=ns1.example.net\nOWNERCONTACT0=P-1",
    );
    assert_eq!(added.code(), Code::COMPLETED);
    assert_eq!(added.get("expiration date", 0), Some("2028-01-01 08:00:00.0"));
    let list = ask(&server, "COMMAND=QueryDomainList\nDOMAIN=fresh.*");
    assert_eq!((column(&list, "domain"), list.row_count()), (vec!["fresh.example".to_owned()], 1));
    let status = || ask(&server, "COMMAND=StatusDomain\nDOMAIN=fresh.example");
    assert_eq!(column(&status(), "domaintag"), ["new"]);
    assert_eq!(column(&status(), "nameserver"), ["ns1.example.net", "ns2.example.net"]);
    assert_eq!(status().get("ownercontact", 0), Some("P-1"));

    for (change, tags, hosts) in [
        (
            "ADDDOMAINTAG0=b\nADDDOMAINTAG1=new",
            &["new", "b"][..],
            &["ns1.example.net", "ns2.example.net"][..],
        ),
        (
            "DELDOMAINTAG0=new\nADDDOMAINTAG0=c\nDELDOMAINTAG1=none",
            &["b", "c"],
            &["ns1.example.net", "ns2.example.net"],
        ),
        (
            "DOMAINTAG0=x\nDOMAINTAG5=y\nADDNAMESERVER0=NS3.example.net",
            &["x", "y"],
            &["ns1.example.net", "ns2.example.net", "ns3.example.net"],
        ),
        (
            "DELNAMESERVER0=ns1.example.net\nDOMAINTAG0=",
            &[],
            &["ns2.example.net", "ns3.example.net"],
        ),
        ("NAMESERVER0=ns9.example.net", &[], &["ns9.example.net"]),
        ("NAMESERVER0=", &[], &[]),
    ] {
        let modified =
            ask(&server, &format!("COMMAND=ModifyDomain\nDOMAIN=fresh.example\n{change}"));
        assert_eq!(modified.code(), Code::COMPLETED, "{change}");
        assert_eq!(column(&status(), "domaintag"), tags, "{change}");
        assert_eq!(column(&status(), "nameserver"), hosts, "{change}");
    }
    assert_eq!(ask(&server, "COMMAND=DeleteDomain\nDOMAIN=FRESH.example").code(), Code::COMPLETED);
    rejected(&server, "COMMAND=DeleteDomain\nDOMAIN=fresh.example", Code::ENTITY_NOT_FOUND, None);
    let count = ask(&server, "COMMAND=QueryDomainList\nLIMIT=0");
    assert_eq!(count.page().and_then(|page| page.total), Some(100_000));
}

#[test]
fn a_command_that_fails_changes_nothing() {
    let domain = Domain::new("a.example").tag("t").name_server("ns1.example.net");
    let account = Account::new("mock", "not-a-secret").domain(domain).credit_for(1);
    let server = MockServer::builder().account(account).start().expect("a server");
    let before = ask(&server, "COMMAND=StatusDomain\nDOMAIN=a.example");
    for (command, code) in [
        (
            "COMMAND=ModifyDomain\nDOMAIN=a.example\nDOMAINTAG0=x\nNAMESERVER0=nohost",
            Code::INVALID_ATTRIBUTE_VALUE,
        ),
        (
            "COMMAND=ModifyDomain\nDOMAIN=a.example\nDOMAINTAG0=x\nADDDOMAINTAG0=y",
            Code::INVALID_ATTRIBUTE_NAME,
        ),
        (
            "COMMAND=AddDomain\nDOMAIN=b.example\nNAMESERVER0=no_host.example",
            Code::INVALID_ATTRIBUTE_VALUE,
        ),
        ("COMMAND=AddDomain\nDOMAIN=b.example\nPERIOD=11", Code::INVALID_ATTRIBUTE_VALUE),
        ("COMMAND=AddDomain\nDOMAIN=b.example\nPERIOD=2", Code::CREDIT_LIMIT_EXCEEDED),
    ] {
        assert_eq!(ask(&server, command).code(), code, "{command}");
    }
    assert_eq!(ask(&server, "COMMAND=StatusDomain\nDOMAIN=a.example"), before);
    assert_eq!(ask(&server, "COMMAND=QueryDomainList").row_count(), 1);
    assert_eq!(ask(&server, "COMMAND=StatusAccount").get("balance", 0), Some("10.00"));
    // What can be paid is paid, and stands in the accounting.
    assert_eq!(ask(&server, "COMMAND=AddDomain\nDOMAIN=b.example").code(), Code::COMPLETED);
    assert_eq!(ask(&server, "COMMAND=StatusAccount").get("balance", 0), Some("0.00"));
    let accounting = ask(&server, "COMMAND=QueryAccountingList\nORDER=DESC");
    assert_eq!(accounting.get("domain", 0), Some("b.example"));
    assert_eq!(accounting.get("date", 0), Some("2026-01-01 08:00:00.0"));
}

#[test]
fn each_account_is_apart_and_each_server_starts_the_same() {
    let text = |response: Response<'static>| response.as_str().to_owned();
    let run = || {
        let builder = MockServer::builder().account(Account::new("a", "x").sample_domains(60));
        let server = builder.account(Account::new("b", "x")).start().expect("a server");
        let both = |command: &str| {
            ["a", "b"].map(|login| form(&server, &format!("s_login={login}&s_pw=x&{command}")))
        };
        let codes = both("command=AddDomain&domain=one.test").map(|it| it.code().as_u16());
        assert_eq!(codes, [200, 200]);
        form(&server, "s_login=a&s_pw=x&command=DeleteDomain&domain=one.test");
        let codes = both("command=StatusDomain&domain=one.test").map(|it| it.code().as_u16());
        assert_eq!(codes, [545, 200]);
        let mut texts = both("persistent=1").map(text).to_vec();
        texts.extend(both("command=QueryDomainList").map(text));
        texts.extend(both("command=QueryAccountingList").map(text));
        texts
    };
    assert_eq!(run(), run());
}
