//! Serves accounts that show what a client does with each kind of response, until standard input
//! ends. Prints the URL, then a line for each request. Every password is `not-a-secret`.
//!
//! ```sh
//! cargo run -p cnic-mock --example serve
//! ```

use std::io;

use cnic_mock::response::{Code, Page, ResponseBuilder};
use cnic_mock::{Account, Case, MockServer, on};

/// The accounts, and how many domains each has. A list comes in windows of 1,000.
const ACCOUNTS: [(&str, u32); 7] = [
    ("mock", 2500),   // as it should be
    ("none", 0),      // an empty list
    ("sparse", 0),    // a list with a hole
    ("cut", 2500),    // the pages after the first are cut off
    ("gone", 2500),   // the connection breaks off in the pages after the first
    ("busy", 2500),   // the pages after the first are the code 421
    ("broken", 2500), // the pages after the first are the HTTP status 500
];

const PAGE_500: &str = "<html><body><h1>500 Internal Server Error</h1></body></html>\n";

/// Three domains, of which the second has no contact.
fn sparse() -> ResponseBuilder {
    let rows = [("a.example", Some("P-ADA1")), ("b.example", None), ("c.example", Some("P-BOB2"))];
    let mut response = ResponseBuilder::new(Code::COMPLETED);
    for (row, (domain, contact)) in (0..).zip(rows) {
        if let Some(contact) = contact {
            response = response.cell("admincontact", row, contact);
        }
        response = response.cell("domain", row, domain);
    }
    response.page(Page::window(0, 3, 1000, 3))
}

fn cases() -> [Case; 6] {
    let list = |login| on("QueryDomainList").login(login);
    let later_pages = |login| list(login).from_row(1);
    [
        list("sparse").answer(sparse()),
        later_pages("cut").truncate(),
        later_pages("gone").disconnect(),
        later_pages("busy").fail(Code::SERVER_ERROR_TRY_AGAIN),
        later_pages("broken").status(500).answer(PAGE_500),
        on("StatusDomain").with("domain", "odd.example").answer(
            ResponseBuilder::new(Code::COMMAND_FAILED)
                .description("Command failed; code=2306: policy error (PERIOD=11)"),
        ),
    ]
}

fn main() -> io::Result<()> {
    let mut server = MockServer::builder().on_request(|request| {
        println!("{} {request}", request.content_type().unwrap_or("-"));
    });
    for (login, domains) in ACCOUNTS {
        let account = Account::new(login, MockServer::PASSWORD).sample_domains(domains);
        server = server.account(account.role("clerk", MockServer::PASSWORD));
    }
    let below = Account::new("below", MockServer::PASSWORD).parent("mock");
    server = server.account(below);
    let server = cases().into_iter().fold(server, |server, case| server.script(case)).start()?;
    println!("{}", server.url());
    io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
}
