//! Zones: the endings under which an account registers.

/// A zone that an account may register in, with its tags.
///
/// ```
/// use cnic_mock::{Account, MockServer, Zone};
///
/// let account = Account::new("shop", "not-a-secret").zone(Zone::new("example").tag("test"));
/// let server = MockServer::builder().account(account).start()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Zone {
    pub(crate) name: String,
    pub(crate) tags: Vec<String>,
}

impl Zone {
    /// Creates a zone without tags. Its name is folded to ASCII lower case.
    pub fn new(name: impl AsRef<str>) -> Self {
        Self { name: name.as_ref().to_ascii_lowercase(), tags: Vec::new() }
    }

    /// Adds a tag.
    ///
    /// ```
    /// # use cnic_mock::{Account, MockServer, Zone};
    /// let account = Account::new("shop", "not-a-secret").zone(Zone::new("example").tag("test"));
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=GetZoneInfo&zone=example";
    /// assert!(server.answer(body).contains("property[tag][0] = test"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Returns the zones of an account that is given none.
    pub(crate) fn defaults() -> Vec<Self> {
        [("com", "generic"), ("net", "generic"), ("org", "generic"), ("example", "reserved")]
            .into_iter()
            .chain([("test", "reserved"), ("uk.com", "country"), ("de.com", "country")])
            .map(|(name, tag)| Self::new(name).tag("all").tag(tag))
            .collect()
    }

    /// Returns whether the zone has all of these tags.
    pub(crate) fn has_all(&self, tags: &[&str]) -> bool {
        tags.iter().all(|tag| self.tags.iter().any(|it| it == tag))
    }

    /// Returns the label of a domain of this zone: `example` of `example.com`.
    pub(crate) fn label<'n>(&self, domain: &'n str) -> Option<&'n str> {
        let label = domain.strip_suffix(self.name.as_str())?.strip_suffix('.')?;
        Some(label).filter(|label| is_label(label))
    }
}

/// Returns whether a text is a label of letters, digits and inner hyphens.
pub(crate) fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_of_a_zone_is_one_label_and_the_zone() {
        let zone = Zone::new("UK.com");
        assert_eq!(zone.label("example.uk.com"), Some("example"));
        for other in
            ["uk.com", ".uk.com", "a.b.uk.com", "xuk.com", "-a.uk.com", "example.com", "a_b.uk.com"]
        {
            assert_eq!(zone.label(other), None, "{other}");
        }
    }
}
