//! Scripted answers: which commands they are for, and how often.

use cnic_mock::response::{Code, Response, ResponseBuilder};
use cnic_mock::{Account, MockServer, on};

use crate::util::{ask, form};

#[test]
fn the_first_case_that_fits_and_is_left_is_taken() {
    let server = MockServer::builder()
        .script(
            on("statusdomain")
                .with("domain", "example.com")
                .times(2)
                .fail(Code::SERVER_ERROR_TRY_AGAIN),
        )
        .script(
            on("StatusDomain")
                .with("DOMAIN", "example.com")
                .answer("[RESPONSE]\r\ncode = 220\r\ndescription = later\r\nEOF\r\n"),
        )
        .start()
        .expect("a server");
    let code =
        |domain| ask(&server, &format!("COMMAND=StatusDomain\nDOMAIN={domain}")).code().as_u16();
    let codes =
        ["example.com", "d000001.example", "example.com", "example.com", "example.com"].map(code);
    assert_eq!(codes, [421, 200, 421, 220, 220]);
    assert_eq!(server.received()[3].code().map(Code::as_u16), Some(220));
    server.script(on("StatusAccount").fail(Code::SERVICE_LOCKED));
    assert_eq!(ask(&server, "COMMAND=StatusAccount").code(), Code::SERVICE_LOCKED);
    server.replace_script([on("StatusAccount").fail(Code::CLOSING)]);
    assert_eq!(ask(&server, "COMMAND=StatusAccount").code(), Code::CLOSING);
    assert_eq!(code("d000001.example"), 200);
}

#[test]
fn a_case_is_for_one_account_and_for_later_pages() {
    let server = MockServer::builder()
        .account(Account::new("a", "x").sample_domains(9))
        .account(Account::new("b", "x").sample_domains(9))
        .script(on("QueryDomainList").login("a").from_row(4).fail(Code::SERVER_ERROR_TRY_AGAIN))
        .start()
        .expect("a server");
    let code = |login, first: &str| {
        form(&server, &format!("s_login={login}&s_pw=x&command=QueryDomainList{first}")).code()
    };
    assert_eq!(code("a", ""), 200);
    assert_eq!(code("a", "&first=3"), 200);
    assert_eq!(code("a", "&first=4"), 421);
    assert_eq!(code("b", "&first=4"), 200);
}

#[test]
fn the_bytes_of_an_answer_are_those_that_were_given() {
    let text = "[RESPONSE]\r\nCODE=200\r\nPROPERTY[A][0]=x\r\n\r\n";
    let builder = ResponseBuilder::new(Code::COMPLETED).cell("a", 0, "b");
    let built = builder.to_text().expect("a text");
    let server = MockServer::builder()
        .script(on("A").answer(text))
        .script(on("B").answer(Response::parse(built.as_str()).expect("a response")))
        .script(on("C").answer(builder))
        .script(on("E").answer(&b"K\xf6ln"[..]))
        .script(on("D").answer(ResponseBuilder::new(Code::COMPLETED).cell("a", 0, "line\nbreak")))
        .start()
        .expect("a server");
    let answer = |name| server.answer(format!("command={name}").as_bytes());
    assert_eq!(answer("A"), text);
    assert_eq!(answer("E"), "K\u{fffd}ln");
    assert_eq!((answer("B"), answer("C")), (built.clone(), built));
    let broken = Response::parse(answer("D")).expect("a response");
    assert_eq!(broken.code(), Code::COMMAND_FAILED);
    assert!(broken.detail().is_some());
}
