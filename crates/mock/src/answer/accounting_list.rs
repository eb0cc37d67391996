//! `QueryAccountingList`: what the account was charged.

use cnic_command::{Command, TagFamily};
use cnic_response::ResponseBuilder;

use crate::account::ledger::{self, Entry};
use crate::account::{Accounts, State};
use crate::answer::keys::allow_only;
use crate::answer::list::{Window, directed, is_switch, is_wide, order, tags, users};
use crate::answer::pattern::Pattern;
use crate::clock::written;
use crate::outcome::{Rejection, completed};

/// What `ORDERBY` takes.
const ORDERS: [&str; 3] = ["DATE", "DOMAIN", "AMOUNT"];

pub(crate) fn query(
    command: &Command<'_>,
    accounts: &mut Accounts,
    login: &str,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| is_switch(key) || key.eq_ignore_ascii_case("TYPE"))?;
    let window = Window::new(command)?;
    let wide = is_wide(command)?;
    let (column, is_descending) = order(command, &ORDERS)?;
    let users = users(command, accounts, login)?;
    let domain_tags = tags(command, TagFamily::DomainTag);
    let zone_tags = tags(command, TagFamily::ZoneTag);
    let pattern = command.get("DOMAIN").map(Pattern::new);
    let takes = |state: &State, entry: &Entry| {
        let domain = || state.portfolio.get(&entry.domain);
        let zone = || state.zone_of(&entry.domain);
        pattern.as_ref().is_none_or(|it| it.fits(&entry.domain))
            && command.get("TYPE").is_none_or(|it| it.eq_ignore_ascii_case(entry.kind))
            && (domain_tags.is_empty() || domain().is_some_and(|it| it.has_all(&domain_tags)))
            && (zone_tags.is_empty() || zone().is_some_and(|it| it.has_all(&zone_tags)))
    };
    let states = users.iter().filter_map(|user| Some((&**user, accounts.made(user)?)));
    let entries = states.flat_map(|(user, state)| {
        let entries = state.ledger.entries.iter();
        entries.filter(|entry| takes(state, entry)).map(move |entry| (user, entry))
    });
    let mut rows: Vec<_> = entries.collect();
    // Entries of one value stay in the order in which they were charged.
    rows.sort_by(|(_, one), (_, other)| {
        let by_column = match column {
            1 => one.domain.cmp(&other.domain),
            2 => one.amount.cmp(&other.amount),
            _ => one.date.cmp(&other.date),
        };
        directed(by_column, is_descending)
    });
    let (rows, page) = window.cut(&rows);
    let narrow = ["amount", "currency", "date", "domain", "type"];
    let columns = narrow.into_iter().chain(wide.then_some("user"));
    let response = completed().column("column", columns);
    let response = rows.iter().fold(response, |response, (user, entry)| {
        let (amount, date) = (ledger::written(entry.amount), written(entry.date));
        let cells = [&*amount, "USD", &*date, &*entry.domain, entry.kind];
        let user = wide.then_some(("user", *user));
        response.row(narrow.into_iter().zip(cells).chain(user))
    });
    Ok(response.page(page))
}
