//! A domain.

use std::collections::BTreeMap;
use std::sync::Arc;

use cnic_response::DateTime;

use crate::clock;

/// A domain of an account.
///
/// ```
/// use cnic_mock::response::{Response};
/// use cnic_mock::{Account, Domain, MockServer};
///
/// let domain = Domain::new("example.com").tag("parked").name_server("ns1.example.net");
/// let account = Account::new("shop", "not-a-secret").domain(domain);
/// let server = MockServer::builder().account(account).start()?;
/// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
/// let response = Response::parse(server.answer(body))?;
/// assert_eq!(response.get("domaintag", 0), Some("parked"));
/// assert_eq!(response.get("nameserver", 0), Some("ns1.example.net"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Domain {
    pub(crate) name: String,
    /// Seconds since 1970, as all times.
    pub(crate) created: i64,
    pub(crate) expires: i64,
    pub(crate) tags: Arc<[String]>,
    pub(crate) name_servers: Arc<[String]>,
    /// What AddDomain and ModifyDomain set, by key. An empty map has no memory of its own.
    pub(crate) settings: BTreeMap<&'static str, String>,
}

impl Domain {
    /// Creates a domain that was registered on 2020-01-01 and expires on 2028-01-01, without tags
    /// and name servers. Its name is folded to ASCII lower case.
    ///
    /// ```
    /// # use cnic_mock::{Account, Domain, MockServer};
    /// let domain = Domain::new("Example.COM");
    /// let account = Account::new("shop", "not-a-secret").domain(domain);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
    /// assert!(server.answer(body).contains("property[domain][0] = example.com"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(name: impl AsRef<str>) -> Self {
        Self {
            name: name.as_ref().to_ascii_lowercase(),
            created: 1_577_865_600,
            expires: 1_830_326_400,
            tags: Arc::default(),
            name_servers: Arc::default(),
            settings: BTreeMap::new(),
        }
    }

    /// Sets when the domain was registered.
    ///
    /// ```
    /// # use cnic_mock::{Account, Domain, MockServer};
    /// let domain = Domain::new("example.com").created("2020-02-29 12:00:00".parse()?);
    /// let account = Account::new("shop", "not-a-secret").domain(domain);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
    /// assert!(server.answer(body).contains("property[created date][0] = 2020-02-29 12:00:00.0"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn created(self, time: DateTime) -> Self {
        Self { created: time.unix_timestamp(), ..self }
    }

    /// Sets when the domain expires.
    ///
    /// ```
    /// # use cnic_mock::{Account, Domain, MockServer};
    /// let domain = Domain::new("example.com").expires("2030-03-01 12:00:00".parse()?);
    /// let account = Account::new("shop", "not-a-secret").domain(domain);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
    /// assert!(server.answer(body).contains("property[expiration date][0] = 2030-03-01 12:00:00.0"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expires(self, time: DateTime) -> Self {
        Self { expires: time.unix_timestamp(), ..self }
    }

    /// Adds a tag.
    ///
    /// ```
    /// # use cnic_mock::{Account, Domain, MockServer};
    /// let domain = Domain::new("example.com").tag("parked").tag("old");
    /// let account = Account::new("shop", "not-a-secret").domain(domain);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
    /// assert!(server.answer(body).contains("property[domaintag][1] = old"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags = self.tags.iter().cloned().chain([tag.into()]).collect();
        self
    }

    /// Adds a name server.
    ///
    /// ```
    /// # use cnic_mock::{Account, Domain, MockServer};
    /// let domain = Domain::new("example.com").name_server("ns1.example.net");
    /// let account = Account::new("shop", "not-a-secret").domain(domain);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusDomain&domain=example.com";
    /// assert!(server.answer(body).contains("property[nameserver][0] = ns1.example.net"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn name_server(mut self, host: impl Into<String>) -> Self {
        self.name_servers = self.name_servers.iter().cloned().chain([host.into()]).collect();
        self
    }

    /// Returns whether the domain has all of these tags.
    pub(crate) fn has_all(&self, tags: &[&str]) -> bool {
        tags.iter().all(|tag| self.tags.iter().any(|it| it == tag))
    }

    /// Returns what a setting is, `default` if it was never set.
    pub(crate) fn setting<'d>(&'d self, key: &str, default: &'d str) -> &'d str {
        self.settings.get(key).map_or(default, String::as_str)
    }
}

/// Makes sample domains, in the order of their names: `d000001.example`, ..
///
/// The dates are spread over nine years, every third domain has the tag `customer-a`, every fifth
/// `parked`, and all have two name servers.
pub(crate) fn samples(count: u32) -> impl Iterator<Item = Domain> {
    let tags: [Arc<[String]>; 4] =
        [&[][..], &["customer-a"], &["parked"], &["customer-a", "parked"]]
            .map(|tags| tags.iter().map(|&tag| tag.to_owned()).collect());
    let hosts: Arc<[String]> = ["ns1.example.net", "ns2.example.net"].map(str::to_owned).into();
    let width = count.to_string().len().max(6);
    (1..=count).map(move |number| {
        // Numbers of two digits at most.
        let day = |of: u32| u8::try_from(1 + number % of).unwrap_or(1);
        let created = DateTime::new(2015, day(12), day(28), 8, 0, 0);
        let created = created.map_or(0, DateTime::unix_timestamp);
        let years = u16::try_from(number % 9).unwrap_or(0);
        let tagged = usize::from(number % 3 == 0) + 2 * usize::from(number % 5 == 0);
        Domain {
            name: format!("d{number:0width$}.example"),
            created: clock::years_later(created, years),
            expires: clock::years_later(created, 12 + years),
            tags: Arc::clone(&tags[tagged]),
            name_servers: Arc::clone(&hosts),
            settings: BTreeMap::new(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_in_the_order_of_their_names() {
        let names: Vec<_> = samples(2000).map(|domain| domain.name).collect();
        assert!(names.is_sorted());
        assert_eq!((&*names[0], &*names[1999]), ("d000001.example", "d002000.example"));
        let fifteenth = samples(15).last().expect("a domain");
        assert!(fifteenth.has_all(&["parked", "customer-a"]) && !fifteenth.has_all(&["other"]));
        assert_eq!(clock::written(fifteenth.created), "2021-04-16 08:00:00.0");
        assert_eq!(clock::written(fifteenth.expires), "2033-04-16 08:00:00.0");
    }
}
