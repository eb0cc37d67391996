//! Windows, orders and filters of lists.

use cnic_mock::response::Page;
use cnic_mock::{Account, Domain, MockServer, Zone};

use crate::util::{ask, column, form};

#[test]
fn windows_at_the_edges() {
    let server = MockServer::start().expect("a server");
    for (window, page) in [
        ("", Page::window(0, 1000, 1000, 100_000)),
        ("\nlimit=20000", Page::window(0, 10_000, 10_000, 100_000)),
        ("\nFIRST=7\nLIMIT=0", Page::window(7, 0, 0, 100_000)),
        ("\nFIRST=99990\nLIMIT=20", Page::window(99_990, 10, 20, 100_000)),
        ("\nFIRST=100000", Page::window(100_000, 0, 1000, 100_000)),
        ("\nFIRST=18446744073709551615\nLIMIT=5", Page::window(u64::MAX, 0, 5, 100_000)),
    ] {
        let response = ask(&server, &format!("COMMAND=QueryDomainList{window}"));
        assert_eq!(response.page(), Some(page), "{window:?}");
        assert_eq!(u64::try_from(response.row_count()).ok(), page.count, "{window:?}");
    }
}

#[test]
fn the_windows_of_a_list_are_the_list() {
    let server = MockServer::start().expect("a server");
    for switches in ["", "\nORDER=DESC", "\nORDERBY=EXPIRATIONDATE", "\nDOMAINTAG0=parked"] {
        let mut names = Vec::new();
        let mut total = 0;
        for first in (0..100_000).step_by(10_000) {
            let page = ask(
                &server,
                &format!("COMMAND=QueryDomainList\nLIMIT=10000\nFIRST={first}{switches}"),
            );
            total = page.page().and_then(|page| page.total).expect("a total");
            names.extend(column(&page, "domain"));
        }
        assert_eq!(names.len() as u64, total, "{switches}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len() as u64, total, "{switches}");
    }
}

#[test]
fn tags_are_a_conjunction() {
    let server = MockServer::start().expect("a server");
    let total = |tags: &str| {
        let page = ask(&server, &format!("COMMAND=QueryDomainList\nLIMIT=0{tags}"));
        page.page().and_then(|page| page.total)
    };
    assert_eq!(total("\nDOMAINTAG0=customer-a"), Some(33_333));
    assert_eq!(total("\nDOMAINTAG7=parked"), Some(20_000));
    assert_eq!(total("\nDOMAINTAG0=customer-a\nDOMAINTAG1=parked"), Some(6666));
    assert_eq!(total("\nDOMAINTAG0=customer-a\nZONETAG0=reserved"), Some(33_333));
    assert_eq!(total("\nDOMAINTAG0=customer-a\nZONETAG0=reserved\nZONETAG1=country"), Some(0));
    // The accounting has a line for every fiftieth domain: the first, the 51st, ..
    let accounting =
        ask(&server, "COMMAND=QueryAccountingList\nLIMIT=3\nDOMAINTAG0=customer-a\nTYPE=add");
    assert_eq!(accounting.page().and_then(|page| page.total), Some(667));
    assert_eq!(column(&accounting, "amount"), ["10.00"; 3]);
    assert_eq!(ask(&server, "COMMAND=QueryAccountingList\nTYPE=RENEW").row_count(), 0);
}

#[test]
fn orders_patterns_and_wide_rows() {
    let time = |text: &str| text.parse().expect("a time");
    let domain = |name: &str, created: &str, expires: &str| {
        Domain::new(name).created(time(created)).expires(time(expires))
    };
    let account = Account::new("a", "x")
        .domain(domain("b.one.test", "2020-01-03 00:00:00", "2031-01-01 00:00:00"))
        .domain(domain("A.test", "2020-01-01 00:00:00", "2033-01-01 00:00:00"))
        .domain(domain("c.test", "2020-01-02 00:00:00", "2032-01-01 00:00:00"))
        .zone(Zone::new("test").tag("short"))
        .zone(Zone::new("one.test").tag("long"));
    let server = MockServer::builder().account(account).start().expect("a server");
    let names = |rest: &str| {
        column(&form(&server, &format!("s_login=a&s_pw=x&command=QueryDomainList{rest}")), "domain")
    };
    for (switches, expected) in [
        ("", &["a.test", "b.one.test", "c.test"][..]),
        ("&order=desc", &["c.test", "b.one.test", "a.test"]),
        ("&orderby=createddate", &["a.test", "c.test", "b.one.test"]),
        ("&orderby=expirationdate&order=asc", &["b.one.test", "c.test", "a.test"]),
        ("&orderby=expirationdate&order=desc&first=1&limit=1", &["c.test"]),
        ("&domain=*.ONE.*", &["b.one.test"]),
        ("&domain=?.test", &["a.test", "c.test"]),
        ("&zone=one.test", &["b.one.test"]),
        ("&zonetag0=short", &["a.test", "c.test"]),
    ] {
        assert_eq!(names(switches), expected, "{switches}");
    }
    let wide = form(&server, "s_login=a&s_pw=x&command=QueryDomainList&wide=1");
    let declared: Vec<_> = wide.declared_columns().collect();
    assert_eq!(declared, ["created date", "domain", "expiration date", "status", "user", "zone"]);
    assert_eq!((wide.get("user", 1), wide.get("zone", 1)), (Some("a"), Some("one.test")));
    assert!(wide.rows().all(|row| row.cells().all(|(_, cell)| cell.is_some())));
}

#[test]
fn each_domain_checked_is_in_its_row() {
    let server = MockServer::start().expect("a server");
    let response = ask(
        &server,
        "COMMAND=CheckDomains\nDOMAIN4=a.nowhere\nDOMAIN3=d100000.example\nDOMAIN0=free.example\ndomain1=D000001.example\nDOMAIN5=b\u{fc}cher.example",
    );
    let codes: Vec<_> =
        (0..6).map(|row| response.get("domaincheck", row).map(|it| &it[..3])).collect();
    assert_eq!(codes, [Some("210"), Some("211"), None, Some("211"), Some("549"), Some("541")]);
    assert_eq!(response.get("domain", 1), Some("D000001.example"));

    let zones = ask(&server, "COMMAND=CheckDomains\nDOMAIN0=d000001\nZONETAG=reserved");
    assert_eq!(column(&zones, "domain"), ["d000001.example", "d000001.test"]);
    assert_eq!(
        column(&zones, "domaincheck"),
        ["211 Domain name not available", "210 Domain name available"]
    );
    // More rows than domains can be in one command, and the page says so.
    let all = ask(
        &server,
        "COMMAND=CheckDomains\nDOMAIN0=a\nDOMAIN1=b\nDOMAIN2=c\nDOMAIN3=d\nDOMAIN4=e\nZONETAG=all",
    );
    let page = all.page().expect("a page");
    assert_eq!((page.count, page.limit), (Some(35), Some(35)));

    let tags = ask(&server, "COMMAND=GetZoneInfo\nZONE=UK.com");
    assert_eq!(column(&tags, "tag"), ["all", "country"]);
}
