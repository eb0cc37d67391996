//! The Toolkit: `POST /srv/register`, a form in and a receipt out.

use std::fmt::Write;

use cnic_registration::{Amount, Draft, Limits, Parser, Policy, Receipt, Registration};

use crate::account::domain::Domain;
use crate::account::ledger::{Entry, PRICE};
use crate::account::{Accounts, State};
use crate::clock::years_later;

/// The path of the call.
pub(crate) const REGISTER: &str = "/srv/register";

/// The text of a receipt, and who it is for.
pub(crate) struct Sent {
    pub(crate) text: String,
    pub(crate) user: Option<String>,
}

/// Registers a domain, or says why not. With `test=1` nothing is registered.
pub(crate) fn register(form: &[u8], accounts: &mut Accounts, now: i64) -> Sent {
    let limit = u32::try_from(form.len()).unwrap_or(u32::MAX);
    let draft = Parser::new().limits(Limits::DEFAULT.bytes(limit.max(1))).parse_form(form);
    let draft = match draft {
        Ok(draft) => draft,
        Err(error) => return Sent { text: rejected(&error.to_string()), user: None },
    };
    let user = draft.get(cnic_registration::Field::User).map(str::to_owned);
    let text = carry_out(&draft, accounts, now).unwrap_or_else(|message| rejected(&message));
    Sent { text, user }
}

fn carry_out(draft: &Draft<'_>, accounts: &mut Accounts, now: i64) -> Result<String, String> {
    let registration = Policy::TOOLKIT.validate(draft).map_err(|it| it.to_string())?;
    let login = accounts.authenticate(registration.user(), None, registration.password());
    let login = login.ok_or("Authentication failed")?;
    let state = accounts.state(&login).ok_or("Authentication failed")?;
    let name = registration.domain_name();
    if state.portfolio.get(&name).is_some() {
        return Err("Domain already registered".to_owned());
    }
    let years = registration.effective_period().years();
    let amount = PRICE * i64::from(years);
    if registration.test() != Some(true) {
        let entry = Entry { date: now, kind: "ADD", domain: name.clone(), amount };
        if !state.ledger.charge(entry) {
            return Err("Credit limit exceeded".to_owned());
        }
        insert(state, &registration, name, now);
    }
    Ok(receipt(&registration, amount))
}

fn insert(state: &mut State, registration: &Registration, name: String, now: i64) {
    let mut domain = Domain::new(name);
    domain.created = now;
    domain.expires = years_later(now, registration.effective_period().years().into());
    let hosts = registration.name_servers().iter();
    domain.name_servers = hosts.map(|server| server.host().to_string()).collect();
    state.portfolio.insert(domain);
}

/// Writes the receipt of a success.
fn receipt(registration: &Registration, amount: i64) -> String {
    let minor_units = u64::try_from(amount).unwrap_or_default();
    let mut text = head(0, "Done");
    let (label, suffix) = (registration.label(), registration.suffix());
    let handle = registration.chandle();
    let amount = Amount::from_minor_units(minor_units);
    write!(text, "domain: {label}\nsuffix: {suffix}\nchandle: {handle}\n").expect("a string");
    if let Some(handle) = registration.ahandle() {
        writeln!(text, "ahandle: {handle}").expect("a string");
    }
    writeln!(text, "thandle: {}", registration.thandle()).expect("a string");
    if let Some(handle) = registration.bhandle() {
        writeln!(text, "bhandle: {handle}").expect("a string");
    }
    write!(text, "registrar: {}\namount: {amount}\n", registration.user()).expect("a string");
    checked(&text)
}

/// Writes the receipt of a failure, with all violations in its message.
fn rejected(message: &str) -> String {
    checked(&head(1, message))
}

/// The id is always the same: a test compares whole texts.
fn head(status: u8, message: &str) -> String {
    format!("Transaction-ID: {:032x}\nStatus: {status}\nMessage: {message}\n", 1)
}

/// Returns the text as the types of cnic-registration write it. A user name, of which the rules
/// allow any text, may have a line break: then there is no receipt, and so no success.
fn checked(text: &str) -> String {
    match Receipt::parse(text) {
        Ok(receipt) => receipt.to_string(),
        Err(_) => head(1, "the receipt cannot be written"),
    }
}
