//! `GetZoneInfo`: a zone, its price and its tags.

use cnic_command::Command;
use cnic_response::{Code, ResponseBuilder};

use crate::account::State;
use crate::account::ledger::{PRICE, written};
use crate::answer::keys::{allow_only, required};
use crate::outcome::{Rejection, completed};

pub(crate) fn get(command: &Command<'_>, state: &State) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |key| key.eq_ignore_ascii_case("ZONE"))?;
    let name = required(command, "ZONE")?;
    let zone = state.zones.iter().find(|zone| zone.name.eq_ignore_ascii_case(name));
    let zone = zone.ok_or_else(|| Rejection::new(Code::ENTITY_NOT_FOUND))?;
    Ok(completed()
        .cell("currency", 0, "USD")
        .cell("price", 0, &written(PRICE))
        .column("tag", &zone.tags)
        .cell("zone", 0, &zone.name))
}
