//! `StatusAccount`: the account and its money.

use cnic_command::Command;
use cnic_response::ResponseBuilder;

use crate::account::State;
use crate::account::ledger::written;
use crate::answer::keys::allow_only;
use crate::outcome::{Rejection, completed};

pub(crate) fn status(
    command: &Command<'_>,
    login: &str,
    state: &State,
) -> Result<ResponseBuilder, Rejection> {
    allow_only(command, |_| false)?;
    Ok(completed()
        .cell("balance", 0, &written(state.ledger.balance))
        .cell("credit threshold", 0, "0.00")
        .cell("currency", 0, "USD")
        .cell("registrar", 0, login))
}
