//! `QueryDomainList`: a window of the registry.

use cnic_command::Command;
use cnic_response::{Code, Page, ResponseBuilder};

use crate::account::Account;
use crate::refusal::{Refusal, allow_only};
use crate::registry;

/// The rows of a window where the command has no `LIMIT` (docs/protocol.md, section 1.7).
const DEFAULT_LIMIT: u64 = 1000;

/// The rows of the largest window: a `LIMIT` above it means this one, and the response says so.
const MAX_LIMIT: u64 = 10_000;

pub(crate) fn query(command: &Command<'_>, account: Account) -> Result<String, Refusal> {
    allow_only(command, |key| ["FIRST", "LIMIT"].iter().any(|it| it.eq_ignore_ascii_case(key)))?;
    let first = number(command, "FIRST")?.unwrap_or(0);
    let limit = number(command, "LIMIT")?.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    let trouble = (first >= Account::TROUBLE).then_some(account);
    if trouble == Some(Account::Failing) {
        return Err(Refusal::new(Code::SERVER_ERROR_TRY_AGAIN));
    }
    let mut text = page(first, limit)?;
    if trouble == Some(Account::Truncated) {
        text.truncate(text.len() / 2);
    }
    Ok(text)
}

fn page(first: u64, limit: u64) -> Result<String, Refusal> {
    let count = registry::TOTAL.saturating_sub(first).min(limit);
    let response = ResponseBuilder::new(Code::COMPLETED)
        .field("runtime", "0.011")
        .field("queuetime", "0")
        .column("column", ["created date", "domain", "expiration date"]);
    let rows = (first..first + count).map(registry::domain);
    let response = rows.fold(response, |response, domain| {
        response.row([
            ("created date", domain.created),
            ("domain", domain.name),
            ("expiration date", domain.expires),
        ])
    });
    Ok(response.page(Page::window(first, count, limit, registry::TOTAL)).to_text()?)
}

/// Returns the value of a parameter that is a number in decimal digits.
fn number(command: &Command<'_>, key: &str) -> Result<Option<u64>, Refusal> {
    let Some(value) = command.get(key) else { return Ok(None) };
    let digits = Some(value).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.map(Some).ok_or_else(|| Refusal::because(Code::INVALID_ATTRIBUTE_SYNTAX, key))
}
