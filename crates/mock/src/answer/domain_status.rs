//! `StatusDomain`: all that is known about a domain.

use cnic_command::Command;
use cnic_response::{Code, ResponseBuilder};

use crate::account::State;
use crate::answer::keys::{allow_only, required};
use crate::clock::written;
use crate::outcome::{Rejection, completed};

/// The settings that a domain has, with the columns that show them and what they are at first.
pub(crate) const SETTINGS: [(&str, &str, &str); 7] = [
    ("ADMINCONTACT0", "admincontact", "P-MOCK1"),
    ("AUTH", "auth", "made-up-auth-code"),
    ("BILLINGCONTACT0", "billingcontact", "P-MOCK1"),
    ("OWNERCONTACT0", "ownercontact", "P-MOCK1"),
    ("RENEWALMODE", "renewalmode", "AUTORENEW"),
    ("TECHCONTACT0", "techcontact", "P-MOCK1"),
    ("TRANSFERLOCK", "transferlock", "0"),
];

pub(crate) fn status(command: &Command<'_>, state: &State) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| key.eq_ignore_ascii_case("DOMAIN"))?;
    let name = required(command, "DOMAIN")?.to_ascii_lowercase();
    let not_found = || Rejection::new(Code::ENTITY_NOT_FOUND);
    let domain = state.portfolio.get(&name).ok_or_else(not_found)?;
    let response = completed()
        .cell("created date", 0, &written(domain.created))
        .cell("domain", 0, &domain.name)
        .column("domaintag", domain.tags.iter())
        .cell("expiration date", 0, &written(domain.expires))
        .column("nameserver", domain.name_servers.iter())
        .cell("status", 0, "ACTIVE")
        .cell("zone", 0, state.zone_of(&name).map_or("", |zone| &zone.name));
    Ok(SETTINGS.iter().fold(response, |response, (key, column, default)| {
        response.cell(column, 0, domain.setting(key, default))
    }))
}
