//! `AddDomain`, `ModifyDomain` and `DeleteDomain`.

use std::sync::Arc;

use cnic_command::{Command, TagFamily};
use cnic_response::{Code, ResponseBuilder};

use crate::account::State;
use crate::account::domain::Domain;
use crate::account::ledger::{Entry, PRICE};
use crate::account::zone::is_label;
use crate::answer::domain_status::SETTINGS;
use crate::answer::keys::{allow_only, hosts, is_member, is_one_of, number, required};
use crate::clock::{written, years_later};
use crate::outcome::{Rejection, completed};

/// The most name servers of a domain: `NAMESERVER0` to `NAMESERVER12`.
const MAX_HOSTS: u32 = 13;

/// The most tags of a domain.
const MAX_TAGS: u32 = 4096;

pub(crate) fn add(
    command: &Command<'_>,
    state: &mut State,
    now: i64,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| {
        is_common(key)
            || key.eq_ignore_ascii_case("PERIOD")
            || is_member(key, "ADDDOMAINTAG", MAX_TAGS)
    })?;
    let name = required(command, "DOMAIN")?.to_ascii_lowercase();
    let years = number(command, "PERIOD")?.unwrap_or(1);
    let years = u16::try_from(years).ok().filter(|years| (1..=10).contains(years));
    let years = years.ok_or_else(|| Rejection::because(Code::INVALID_ATTRIBUTE_VALUE, "PERIOD"))?;
    if !name.split('.').all(is_label) {
        return Err(Rejection::because(Code::INVALID_ATTRIBUTE_VALUE, "DOMAIN"));
    }
    if state.portfolio.get(&name).is_some() {
        return Err(Rejection::new(Code::ALREADY_REGISTERED));
    }
    if state.zone_of(&name).is_none() {
        return Err(Rejection::because(Code::COMMAND_FAILED, "zone is not supported"));
    }
    let mut domain = Domain::new(&name);
    (domain.created, domain.expires) = (now, years_later(now, years));
    change(&mut domain, command)?;
    let amount = PRICE * i64::from(years);
    if !state.ledger.charge(Entry { date: now, kind: "ADD", domain: name.clone(), amount }) {
        return Err(Rejection::new(Code::CREDIT_LIMIT_EXCEEDED));
    }
    let response = completed()
        .cell("created date", 0, &written(domain.created))
        .cell("domain", 0, &name)
        .cell("expiration date", 0, &written(domain.expires))
        .cell("status", 0, "ACTIVE");
    state.portfolio.insert(domain);
    Ok(response)
}

pub(crate) fn modify(
    command: &Command<'_>,
    state: &mut State,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| {
        let is_tag = |family| is_member(key, family, MAX_TAGS);
        let is_host = |family| is_member(key, family, MAX_HOSTS);
        is_common(key)
            || is_tag("ADDDOMAINTAG")
            || is_tag("DELDOMAINTAG")
            || is_host("ADDNAMESERVER")
            || is_host("DELNAMESERVER")
    })?;
    let name = required(command, "DOMAIN")?.to_ascii_lowercase();
    let domain = state.portfolio.get_mut(&name);
    let domain = domain.ok_or_else(|| Rejection::new(Code::ENTITY_NOT_FOUND))?;
    // A command that fails changes nothing.
    let mut changed = domain.clone();
    change(&mut changed, command)?;
    *domain = changed;
    Ok(completed())
}

pub(crate) fn delete(
    command: &Command<'_>,
    state: &mut State,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| key.eq_ignore_ascii_case("DOMAIN"))?;
    let name = required(command, "DOMAIN")?.to_ascii_lowercase();
    let removed = state.portfolio.remove(&name);
    removed.ok_or_else(|| Rejection::new(Code::ENTITY_NOT_FOUND)).map(|_| completed())
}

/// Returns whether both commands take a key.
fn is_common(key: &str) -> bool {
    is_one_of(key, &["DOMAIN"])
        || SETTINGS.iter().any(|(setting, ..)| setting.eq_ignore_ascii_case(key))
        || is_member(key, "NAMESERVER", MAX_HOSTS)
        || is_member(key, "DOMAINTAG", MAX_TAGS)
}

/// Does to a domain what the parameters say.
fn change(domain: &mut Domain, command: &Command<'_>) -> Result<(), Rejection> {
    let tags = |family: TagFamily| {
        let tags = command.tags(family);
        tags.iter().map(|(_, tag)| tag.to_owned()).filter(|tag| !tag.is_empty()).collect::<Vec<_>>()
    };
    let replaces = !command.tags(TagFamily::DomainTag).is_empty();
    let replacement = replaces.then(|| tags(TagFamily::DomainTag));
    let (added, removed) = (tags(TagFamily::AddDomainTag), tags(TagFamily::DelDomainTag));
    domain.tags = changed(&domain.tags, replacement, &added, &removed);

    let replaces = !command.series("NAMESERVER").is_empty();
    let replacement = if replaces { Some(hosts(command, "NAMESERVER")?) } else { None };
    let (added, removed) = (hosts(command, "ADDNAMESERVER")?, hosts(command, "DELNAMESERVER")?);
    let hosts = changed(&domain.name_servers, replacement, &added, &removed);
    if hosts.len() > MAX_HOSTS as usize {
        return Err(Rejection::because(Code::INVALID_ATTRIBUTE_VALUE, "ADDNAMESERVER"));
    }
    domain.name_servers = hosts;

    for (key, ..) in SETTINGS {
        if let Some(value) = command.get(key) {
            domain.settings.insert(key, value.to_owned());
        }
    }
    Ok(())
}

/// Replaces a list, then takes some away, then adds those that are missing. The order stays.
fn changed(
    old: &Arc<[String]>,
    replacement: Option<Vec<String>>,
    added: &[String],
    removed: &[String],
) -> Arc<[String]> {
    if replacement.is_none() && added.is_empty() && removed.is_empty() {
        return Arc::clone(old);
    }
    let mut list: Vec<String> = Vec::new();
    let kept = replacement.unwrap_or_else(|| old.to_vec());
    for item in kept.into_iter().filter(|it| !removed.contains(it)).chain(added.iter().cloned()) {
        if !list.contains(&item) {
            list.push(item);
        }
    }
    list.into()
}
