//! The command that makes the name servers and tags of one response those of another.

use std::io::Write;

use cnic_command::{BuildError, Command};
use cnic_response::Response;

use super::object::{SETS, values};
use super::{Args, Side, columns, object, trouble, unknown};
use crate::failure::{Failure, tell};
use crate::output;
use crate::visible::visible;

/// The column that says which object a response is about, unless `--key` does.
const OBJECT: &str = "domain";

/// Writes the command, and says on standard error which differences are not in it.
///
/// # Errors
///
/// Lists, which hold many objects; responses about different objects, or that do not say about which.
pub(super) fn write(
    name: &str,
    args: &Args,
    old: &Side<'_>,
    new: &Side<'_>,
) -> Result<(), Failure> {
    if let Some(side) = [old, new].into_iter().find(|side| side.is_list()) {
        return Err(trouble(side.path, "a list; --as-command compares responses about one object"));
    }
    let key = args.key.as_deref().unwrap_or(OBJECT);
    let subject = subject(old, key)?;
    if subject != self::subject(new, key)? {
        let text = format!("`{}` differs: the responses are about two objects", visible(key));
        return Err(Failure::Refused(text));
    }
    let command = command(name, key, subject, &old.response, &new.response)
        .map_err(|error| Failure::Refused(format!("--as-command: {error}")))?;
    let difference = object::compare(&columns(args, old, new)?);
    if command.len() > 1 {
        output::plain(|out| {
            match args.redact {
                true => write!(out, "{}", command.redacted())?,
                false => write!(out, "{}", command.encode())?,
            }
            Ok(out.write_all(b"\n")?)
        })?;
    }
    // Whoever sends the command should not believe that the objects are the same then.
    let is_set = |column: &str| SETS.iter().any(|(set, _)| column.eq_ignore_ascii_case(set));
    let mut left: Vec<&str> =
        difference.iter().map(|changed| changed.column).filter(|column| !is_set(column)).collect();
    let count = left.len();
    left.dedup();
    if count > 0 {
        let names: Vec<_> = left.iter().map(|name| format!("`{}`", visible(name))).collect();
        let (differences, are) =
            if count == 1 { ("difference", "is") } else { ("differences", "are") };
        let names = names.join(", ");
        tell("note", format_args!("{count} {differences} in {names} {are} not in the command"));
    }
    if difference.is_empty() { Ok(()) } else { Err(Failure::Different) }
}

/// Returns the only cell of the column that says which object a response is about.
fn subject<'r>(side: &'r Side<'_>, key: &str) -> Result<&'r str, Failure> {
    let Some(column) = side.response.column(key) else {
        return Err(unknown(Some(side.path), key, side.names()));
    };
    match (column.height(), column.get(0)) {
        (1, Some(value)) => Ok(value),
        _ => {
            let text = format!("`{}` has not exactly one row", visible(key));
            Err(trouble(side.path, text))
        }
    }
}

fn command<'r>(
    name: &'r str,
    key: &str,
    subject: &'r str,
    old: &Response<'_>,
    new: &Response<'_>,
) -> Result<Command<'r>, BuildError> {
    let mut command = Command::new(name)?.with(key.to_ascii_uppercase(), subject)?;
    for (column, family) in SETS {
        command.set_change(family, values(old.column(column)), values(new.column(column)))?;
    }
    Ok(command)
}
