//! What all lists have in common: a window, an order, a depth of users.

use std::cmp::Ordering;
use std::sync::Arc;

use cnic_command::{Command, TagFamily};
use cnic_response::Page;

use crate::account::Accounts;
use crate::answer::keys::{is_member, is_one_of, number, word};
use crate::outcome::Rejection;

/// The rows of a window where the command has no `LIMIT` (docs/protocol.md, section 1.7).
const DEFAULT_LIMIT: u64 = 1000;

/// The rows of the largest window: a `LIMIT` above it means this one, and the response says so.
const MAX_LIMIT: u64 = 10_000;

/// The tags of one family in a command.
const TAGS: u32 = 4096;

/// Returns whether a key is a switch that every list takes, or a filter by tags.
pub(crate) fn is_switch(key: &str) -> bool {
    let keys = ["FIRST", "LIMIT", "WIDE", "ORDER", "ORDERBY", "USERDEPTH", "DOMAIN"];
    is_one_of(key, &keys) || is_member(key, "DOMAINTAG", TAGS) || is_member(key, "ZONETAG", TAGS)
}

/// Returns the values of a family of tags, each once. Empty ones are no condition.
pub(crate) fn tags<'c>(command: &'c Command<'_>, family: TagFamily) -> Vec<&'c str> {
    let tags = command.tags(family);
    let mut tags: Vec<_> = tags.iter().map(|(_, tag)| tag).filter(|tag| !tag.is_empty()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The part of a list that a command asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    first: u64,
    limit: u64,
}

impl Window {
    pub(crate) fn new(command: &Command<'_>) -> Result<Self, Rejection> {
        let first = number(command, "FIRST")?.unwrap_or(0);
        let limit = number(command, "LIMIT")?.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        Ok(Self { first, limit })
    }

    /// Returns the rows of the window, and what the response says about it.
    pub(crate) fn cut<T>(self, rows: &[T]) -> (&[T], Page) {
        let start = usize::try_from(self.first).unwrap_or(usize::MAX).min(rows.len());
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let part = &rows[start..][..limit.min(rows.len() - start)];
        let page = Page::window(self.first, part.len() as u64, self.limit, rows.len() as u64);
        (part, page)
    }
}

/// Whether a command asks for all columns: `WIDE=1`.
pub(crate) fn is_wide(command: &Command<'_>) -> Result<bool, Rejection> {
    Ok(word(command, "WIDE", &["0", "1"])? == Some(1))
}

/// Returns the place of the column to sort by, and whether the order is turned round. Without
/// `ORDERBY` a list is in the order of the first column.
pub(crate) fn order(command: &Command<'_>, columns: &[&str]) -> Result<(usize, bool), Rejection> {
    let column = word(command, "ORDERBY", columns)?.unwrap_or(0);
    let is_descending = word(command, "ORDER", &["ASC", "DESC"])? == Some(1);
    Ok((column, is_descending))
}

/// Turns a comparison round, or not.
pub(crate) const fn directed(ordering: Ordering, is_descending: bool) -> Ordering {
    if is_descending { ordering.reverse() } else { ordering }
}

/// Returns the accounts whose objects a list holds: `USERDEPTH` is `SELF` (by default), `SUBUSER`
/// or `ALL`. Their states are made.
pub(crate) fn users(
    command: &Command<'_>,
    accounts: &mut Accounts,
    login: &str,
) -> Result<Vec<Arc<str>>, Rejection> {
    let depth = word(command, "USERDEPTH", &["SELF", "SUBUSER", "ALL"])?.unwrap_or(0);
    let mut users = Vec::new();
    if depth != 1 {
        users.push(Arc::from(login));
    }
    if depth != 0 {
        users.extend(accounts.below(login).cloned());
    }
    for user in &users {
        accounts.state(user);
    }
    Ok(users)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_given_often_is_looked_for_once() {
        let mut command = Command::new("QueryDomainList").expect("a command");
        for index in 0..TAGS {
            command
                .set(format!("DOMAINTAG{index}"), ["b", "", "a"][index as usize % 3])
                .expect("a tag");
        }
        assert_eq!(tags(&command, TagFamily::DomainTag), ["a", "b"]);
    }
}
