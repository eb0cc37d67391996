//! A row of the lists as a type.

use serde::Deserialize;

/// A domain, all of it borrowed from whatever it was read out of.
#[derive(Debug, Deserialize)]
pub(crate) struct Domain<'r> {
    domain: &'r str,
    #[serde(rename = "created date")]
    created: &'r str,
    #[serde(rename = "expiration date")]
    expires: &'r str,
    #[serde(rename = "object id")]
    object_id: &'r str,
    #[serde(rename = "renewal price")]
    price: &'r str,
    status: &'r str,
}

impl<'r> Domain<'r> {
    /// Returns the cell of that name.
    pub(crate) fn get(&self, column: &str) -> Option<&'r str> {
        Some(match column {
            "domain" => self.domain,
            "created date" => self.created,
            "expiration date" => self.expires,
            "object id" => self.object_id,
            "renewal price" => self.price,
            "status" => self.status,
            _ => return None,
        })
    }
}
