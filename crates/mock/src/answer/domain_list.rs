//! `QueryDomainList`: a window of the domains.

use cnic_command::{Command, TagFamily};
use cnic_response::ResponseBuilder;

use crate::account::domain::Domain;
use crate::account::{Accounts, State};
use crate::answer::keys::{allow_only, is_one_of, word};
use crate::answer::list::{Window, directed, is_switch, is_wide, order, tags, users};
use crate::answer::pattern::Pattern;
use crate::clock::written;
use crate::outcome::{Rejection, completed};

/// What `ORDERBY` takes: two columns have long names too, which clients in use send.
const ORDERS: [&str; 6] = [
    "DOMAIN",
    "CREATEDDATE",
    "EXPIRATIONDATE",
    "DOMAINCREATEDDATE",
    "DOMAINREGISTRATIONEXPIRATIONDATE",
    // A domain does not know when it was changed.
    "DOMAINUPDATEDDATE",
];

/// A domain, whose it is, and where it was registered.
struct Row<'s> {
    domain: &'s Domain,
    user: &'s str,
    state: &'s State,
}

pub(crate) fn query(
    command: &Command<'_>,
    accounts: &mut Accounts,
    login: &str,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| is_switch(key) || is_one_of(key, &["TYPE", "ZONE"]))?;
    // A client in use asks for this type, and no other one is known.
    word(command, "TYPE", &["ALL"])?;
    let window = Window::new(command)?;
    let wide = is_wide(command)?;
    let (column, is_descending) = order(command, &ORDERS)?;
    let users = users(command, accounts, login)?;
    let states = || users.iter().filter_map(|user| Some((&**user, accounts.made(user)?)));

    let filter = Filter::new(command);
    let mut own = states();
    // The whole list of one account is stored as it is asked for.
    if let (true, 0, false, Some((user, state)), None) =
        (filter.takes_all(), column, is_descending, own.next(), own.next())
    {
        let (domains, page) = window.cut(state.portfolio.as_slice());
        let rows = domains.iter().map(|domain| Row { domain, user, state });
        return Ok(rows.fold(start(wide), |it, row| write(it, &row, wide)).page(page));
    }
    let mut rows: Vec<_> = states()
        .flat_map(|(user, state)| {
            state.portfolio.as_slice().iter().map(move |domain| Row { domain, user, state })
        })
        .filter(|row| filter.takes(row))
        .collect();
    rows.sort_by(|one, other| {
        let (one, other) = (one.domain, other.domain);
        let by_column = match column {
            1 | 3 | 5 => one.created.cmp(&other.created),
            2 | 4 => one.expires.cmp(&other.expires),
            _ => one.name.cmp(&other.name),
        };
        directed(by_column, is_descending).then_with(|| one.name.cmp(&other.name))
    });
    let (rows, page) = window.cut(&rows);
    Ok(rows.iter().fold(start(wide), |it, row| write(it, row, wide)).page(page))
}

/// What a domain has to be to stand in the list.
struct Filter<'c> {
    pattern: Option<Pattern>,
    zone: Option<&'c str>,
    domain_tags: Vec<&'c str>,
    zone_tags: Vec<&'c str>,
}

impl<'c> Filter<'c> {
    fn new(command: &'c Command<'_>) -> Self {
        Self {
            pattern: command.get("DOMAIN").map(Pattern::new),
            zone: command.get("ZONE"),
            domain_tags: tags(command, TagFamily::DomainTag),
            zone_tags: tags(command, TagFamily::ZoneTag),
        }
    }

    fn takes_all(&self) -> bool {
        let Self { pattern, zone, domain_tags, zone_tags } = self;
        pattern.is_none() && zone.is_none() && domain_tags.is_empty() && zone_tags.is_empty()
    }

    fn takes(&self, row: &Row<'_>) -> bool {
        let Row { domain, state, .. } = row;
        let zone = || state.zone_of(&domain.name);
        self.pattern.as_ref().is_none_or(|pattern| pattern.fits(&domain.name))
            && domain.has_all(&self.domain_tags)
            && self
                .zone
                .is_none_or(|it| zone().is_some_and(|zone| zone.name.eq_ignore_ascii_case(it)))
            && (self.zone_tags.is_empty()
                || zone().is_some_and(|zone| zone.has_all(&self.zone_tags)))
    }
}

fn start(wide: bool) -> ResponseBuilder {
    let columns: &[&str] = if wide {
        &["created date", "domain", "expiration date", "status", "user", "zone"]
    } else {
        &["created date", "domain", "expiration date"]
    };
    completed().column("column", columns)
}

fn write(response: ResponseBuilder, row: &Row<'_>, wide: bool) -> ResponseBuilder {
    let Row { domain, user, state } = row;
    let (created, expires) = (written(domain.created), written(domain.expires));
    let narrow =
        [("created date", &*created), ("domain", &*domain.name), ("expiration date", &*expires)];
    if !wide {
        return response.row(narrow);
    }
    let zone = state.zone_of(&domain.name).map_or("", |zone| &zone.name);
    response.row(narrow.into_iter().chain([("status", "ACTIVE"), ("user", user), ("zone", zone)]))
}
