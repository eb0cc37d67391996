//! `CheckDomains` and `CheckDomain`: which names can be had.

use cnic_command::Command;
use cnic_response::{Code, Page, ResponseBuilder};

use crate::account::State;
use crate::account::zone::is_label;
use crate::answer::keys::{allow_only, is_member, required};
use crate::outcome::{Rejection, completed, executed};

/// The number of domains in one command: `DOMAIN0` to `DOMAIN31` (docs/protocol.md, section 1.5).
const MAX_DOMAINS: u32 = 32;

/// Checks each domain. Its row in the response is its index in the command, so that a gap stays a
/// gap. With `ZONETAG` the names have no ending, and each is checked in all zones of that tag.
pub(crate) fn check(command: &Command<'_>, state: &State) -> Result<ResponseBuilder, Rejection> {
    let is_tag = |key: &str| key.eq_ignore_ascii_case("ZONETAG");
    allow_only(command, |key| is_member(key, "DOMAIN", MAX_DOMAINS) || is_tag(key))?;
    let domains = command.series("DOMAIN");
    let Some((last, _)) = domains.iter().next_back() else {
        return Err(Rejection::because(Code::MISSING_ATTRIBUTE, "DOMAIN0"));
    };
    if let Some((empty, _)) = domains.iter().find(|(_, name)| name.is_empty()) {
        return Err(Rejection::because(Code::INVALID_ATTRIBUTE_SYNTAX, format!("DOMAIN{empty}")));
    }
    let mut response = completed().column("column", ["domain", "domaincheck"]);
    let mut rows = last + 1;
    if let Some(tag) = command.get("ZONETAG") {
        let zones: Vec<_> = state.zones.iter().filter(|zone| zone.has_all(&[tag])).collect();
        if zones.is_empty() {
            return Err(Rejection::new(Code::ENTITY_NOT_FOUND));
        }
        rows = 0;
        for (_, label) in domains.iter() {
            for zone in &zones {
                let name = format!("{label}.{}", zone.name);
                let status =
                    status(if is_label(label) { availability(state, &name) } else { NOT_A_NAME });
                response = response.cell("domain", rows, &name).cell("domaincheck", rows, &status);
                rows += 1;
            }
        }
    } else {
        for (row, name) in domains.iter() {
            let status = status(availability(state, name));
            response = response.cell("domain", row, name).cell("domaincheck", row, &status);
        }
    }
    // The zones of a tag may make more rows than a command has domains.
    let limit = rows.max(MAX_DOMAINS);
    Ok(response.page(Page::window(0, rows.into(), limit.into(), rows.into())))
}

/// Checks one domain. The code of the response is what CheckDomains writes into its row.
pub(crate) fn check_one(
    command: &Command<'_>,
    state: &State,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| key.eq_ignore_ascii_case("DOMAIN"))?;
    let name = required(command, "DOMAIN")?;
    Ok(executed(ResponseBuilder::new(availability(state, name))))
}

/// What stands in the row of a name that no domain can have.
const NOT_A_NAME: Code = Code::INVALID_ATTRIBUTE_VALUE;

fn availability(state: &State, name: &str) -> Code {
    let name = name.to_ascii_lowercase();
    if state.portfolio.get(&name).is_some() {
        Code::DOMAIN_NOT_AVAILABLE
    } else if !name.contains('.') || !name.split('.').all(is_label) {
        NOT_A_NAME
    } else if state.zone_of(&name).is_none() {
        // Nobody sells it here.
        Code::COMMAND_FAILED
    } else {
        Code::DOMAIN_AVAILABLE
    }
}

fn status(code: Code) -> String {
    format!("{code} {}", code.meaning().unwrap_or_default())
}
