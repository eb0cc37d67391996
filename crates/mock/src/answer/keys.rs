//! The parameters of a command.

use cnic_command::Command;
use cnic_response::Code;

use crate::account::zone::is_label;
use crate::outcome::Rejection;

/// Returns whether a key is one of these.
pub(crate) fn is_one_of(key: &str, keys: &[&str]) -> bool {
    keys.iter().any(|it| it.eq_ignore_ascii_case(key))
}

/// Returns whether a key is a member of a family with an index below `members`: `NAMESERVER0`. A
/// padded index is another key.
pub(crate) fn is_member(key: &str, family: &str, members: u32) -> bool {
    let (Some(start), Some(index)) = (key.get(..family.len()), key.get(family.len()..)) else {
        return false;
    };
    let is_decimal = index == "0" || !index.starts_with('0');
    start.eq_ignore_ascii_case(family)
        && is_decimal
        && index.bytes().all(|byte| byte.is_ascii_digit())
        && index.parse().is_ok_and(|index: u32| index < members)
}

/// Rejects a command with a parameter that is not allowed. Only the first one is named, as the
/// vendor does. `SUBUSER` and `CLTRID` are allowed everywhere.
pub(crate) fn allow_only(
    command: &Command<'_>,
    is_allowed: impl Fn(&str) -> bool,
) -> Result<(), Rejection> {
    let is_allowed = |key: &str| is_allowed(key) || is_one_of(key, &["SUBUSER", "CLTRID"]);
    match command.parameters().find(|&(key, _)| !is_allowed(key)) {
        Some((key, _)) => Err(Rejection::because(Code::INVALID_ATTRIBUTE_NAME, key)),
        None => Ok(()),
    }
}

/// Returns the value of a parameter that a command needs.
pub(crate) fn required<'c>(command: &'c Command<'_>, key: &str) -> Result<&'c str, Rejection> {
    let value = command.get(key).filter(|value| !value.is_empty());
    value.ok_or_else(|| Rejection::because(Code::MISSING_ATTRIBUTE, key))
}

/// Returns the value of a parameter that is a number in decimal digits.
pub(crate) fn number(command: &Command<'_>, key: &str) -> Result<Option<u64>, Rejection> {
    let Some(value) = command.get(key) else { return Ok(None) };
    let digits = Some(value).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.map(Some).ok_or_else(|| Rejection::because(Code::INVALID_ATTRIBUTE_SYNTAX, key))
}

/// Returns the place of the value of a parameter among these words; `None` without the parameter.
pub(crate) fn word(
    command: &Command<'_>,
    key: &str,
    words: &[&str],
) -> Result<Option<usize>, Rejection> {
    let Some(value) = command.get(key) else { return Ok(None) };
    let place = words.iter().position(|word| word.eq_ignore_ascii_case(value));
    place.map(Some).ok_or_else(|| Rejection::because(Code::INVALID_OPTION_VALUE, key))
}

/// Returns the hosts of a family; empty values are left out.
pub(crate) fn hosts(command: &Command<'_>, family: &str) -> Result<Vec<String>, Rejection> {
    let mut hosts = Vec::new();
    for (index, host) in command.series(family).iter().filter(|(_, host)| !host.is_empty()) {
        if !host.contains('.') || !host.split('.').all(is_label) {
            return Err(Rejection::because(
                Code::INVALID_ATTRIBUTE_VALUE,
                format!("{family}{index}"),
            ));
        }
        hosts.push(host.to_ascii_lowercase());
    }
    Ok(hosts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_has_an_index_without_padding_below_the_bound() {
        for key in ["NAMESERVER0", "nameserver12"] {
            assert!(is_member(key, "NAMESERVER", 13), "{key}");
        }
        for key in [
            "NAMESERVER",
            "NAMESERVER13",
            "NAMESERVER01",
            "NAMESERVER+1",
            "NAMESERVERS1",
            "NAMESÉRVER1",
        ] {
            assert!(!is_member(key, "NAMESERVER", 13), "{key}");
        }
    }
}
