//! What an account answers to a command.

mod account_status;
mod accounting_list;
mod domain_change;
mod domain_check;
mod domain_list;
mod domain_status;
pub(crate) mod keys;
mod list;
mod pattern;
mod zone_info;

use cnic_command::{Command, Violation};
use cnic_response::{Code, ResponseBuilder};

use crate::account::Accounts;
use crate::outcome::Rejection;

/// Carries out a command of an account.
pub(crate) fn answer(
    command: &Command<'_>,
    accounts: &mut Accounts,
    login: &str,
    now: i64,
) -> Result<ResponseBuilder, Rejection> {
    let is = |name| command.name().eq_ignore_ascii_case(name);
    let lists = is("QueryDomainList") || is("QueryAccountingList");
    let mut violation: Option<Violation> = None;
    command.check(&mut violation);
    if lists {
        reject_violation(violation)?;
        return if is("QueryDomainList") {
            domain_list::query(command, accounts, login)
        } else {
            accounting_list::query(command, accounts, login)
        };
    }
    let state = accounts.state(login).ok_or_else(|| Rejection::new(Code::AUTHORIZATION_FAILED))?;
    if is("CheckDomains") {
        reject_violation(violation)?;
        domain_check::check(command, state)
    } else if is("CheckDomain") {
        domain_check::check_one(command, state)
    } else if is("StatusDomain") {
        domain_status::status(command, state)
    } else if is("AddDomain") {
        reject_violation(violation)?;
        domain_change::add(command, state, now)
    } else if is("ModifyDomain") {
        reject_violation(violation)?;
        domain_change::modify(command, state)
    } else if is("DeleteDomain") {
        domain_change::delete(command, state)
    } else if is("StatusAccount") {
        account_status::status(command, login, state)
    } else if is("GetZoneInfo") {
        zone_info::get(command, state)
    } else {
        Err(Rejection::new(Code::INVALID_COMMAND_NAME))
    }
}

/// Rejects tags that a command does not take. The rules are those of the vendor's page on tags.
fn reject_violation(violation: Option<Violation>) -> Result<(), Rejection> {
    let because =
        |it: Violation| Rejection::because(Code::INVALID_ATTRIBUTE_NAME, it.family().key());
    violation.map_or(Ok(()), |violation| Err(because(violation)))
}
