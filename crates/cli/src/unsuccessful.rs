//! Codes that are no success codes.

use std::collections::BTreeMap;

use cnic_response::{Code, Response};

/// How many responses have each code that is no success code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsuccessful(BTreeMap<Code, u64>);

impl Unsuccessful {
    /// Takes a response, which may be a success.
    pub(crate) fn of(response: &Response<'_>) -> Self {
        let mut codes = Self::default();
        if !response.is_success() {
            codes.add(response.code());
        }
        codes
    }

    pub(crate) fn add(&mut self, code: Code) {
        *self.0.entry(code).or_default() += 1;
    }

    pub(crate) fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|(code, count)| *self.0.entry(code).or_default() += count);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns what is said of each code. The description may hold a secret, and is not part of it.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(code, count)| {
            let meaning = code.meaning().unwrap_or("unknown code");
            let times = if *count > 1 { format!(", {count} times") } else { String::new() };
            format!("code {code} ({meaning}){times}")
        })
    }
}
