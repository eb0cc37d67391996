//! Sends a command with `cnic` and ureq, in a session. Of a list it asks for all pages. Prints the
//! rows, and at the end whether they are all.
//!
//! ```sh
//! cargo run -p cnic-mock --example walk -- URL LOGIN PASSWORD 'COMMAND=QueryDomainList'
//! ```

use std::error::Error;
use std::process::ExitCode;

use cnic_mock::command::{Command, Credentials};
use cnic_mock::response::{Pager, Parser, Response};

/// Posts a form, and returns the response to it.
fn post(url: &str, form: String) -> Result<Response<'static>, Box<dyn Error>> {
    let request = ureq::post(url).content_type("application/x-www-form-urlencoded");
    // As bytes: `read_to_string` writes `?` in place of what is no UTF-8.
    let body = request.send(form)?.into_body().read_to_vec()?;
    Ok(Parser::new().parse_bytes(body)?)
}

/// Prints the rows of a response.
fn print(page: &Response<'_>) {
    for row in page.rows() {
        let cells = row.cells().map(|(name, cell)| match cell {
            Some(cell) => format!("{name}={cell}"),
            None => format!("{name} is not there"),
        });
        println!("{}", cells.collect::<Vec<_>>().join(", "));
    }
}

/// Sends a command until there is no further page, and counts the rows.
fn walk(
    url: &str,
    account: &Credentials<'_>,
    mut command: Command<'_>,
    rows: &mut usize,
) -> Result<(), Box<dyn Error>> {
    let mut pager = Pager::new();
    while let Some(first) = pager.next_first()? {
        // Only lists take `FIRST`, and all of them begin at the first row.
        if first > 0 {
            command.set("FIRST", first.to_string())?;
        }
        let page = post(url, account.wrap(&command).to_string())?.into_result()?;
        pager.advance(&page).into_result()?;
        print(&page);
        *rows += page.row_count();
    }
    Ok(())
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, login, password, command] = &arguments[..] else {
        return Err("four arguments are needed: URL LOGIN PASSWORD COMMAND".into());
    };
    let account = Credentials::new().with_login(login.as_str());
    let opening = account.clone().with_password(password.as_str()).with_persistent();
    let session = post(url, opening.alone().to_string())?.into_result()?;
    let id = session.get("sessionid", 0).ok_or("no session")?;
    let account = account.with_session_id(id.to_owned());

    let mut rows = 0;
    let end = walk(url, &account, Command::parse(command)?, &mut rows);
    match &end {
        Ok(()) => println!("{rows} rows, which is all"),
        Err(error) => println!("{rows} rows, which is not all: {error}"),
    }
    post(url, account.wrap(&Command::new("StopSession")?).to_string())?;
    Ok(if end.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
