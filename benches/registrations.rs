//! Registrations: labels, name servers, forms and receipts.

use std::net::{Ipv4Addr, Ipv6Addr};

use cnic_registration::{Draft, Label, NameServer, Policy, Receipt};
use cnic_testkit::generate;
use form_urlencoded::Serializer;
use regex::Regex;

use crate::Entrant;

/// The name of ours in every comparison.
pub const OURS: &str = "cnic-registration";

/// What is read here.
#[derive(Debug)]
#[non_exhaustive]
pub struct Registrations {
    /// [`generate::labels`].
    pub labels: Vec<String>,
    /// [`generate::name_servers`].
    pub name_servers: Vec<String>,
    /// [`generate::registration`].
    pub body: String,
    /// [`generate::receipts`].
    pub receipts: Vec<String>,
}

impl Registrations {
    /// Makes the texts.
    #[must_use]
    pub fn new() -> Self {
        Self {
            labels: generate::labels(),
            name_servers: generate::name_servers(),
            body: generate::registration(),
            receipts: generate::receipts(),
        }
    }

    /// Returns what checks labels.
    ///
    /// # Panics
    ///
    /// If two of them disagree about one.
    #[must_use]
    pub fn check_labels(&self) -> Vec<Entrant<'_>> {
        let pattern = Regex::new("^[0-9A-Za-z][0-9A-Za-z-]{1,62}[0-9A-Za-z]$").expect("a pattern");
        // The crate has no look-ahead: the two hyphens are looked for afterwards.
        let ours = |label: &str| Label::check(label).is_ok();
        let regex = move |label: &str| pattern.is_match(label) && label.get(2..4) != Some("--");
        for label in &self.labels {
            assert_eq!(ours(label), regex(label), "{label}");
        }
        let count = |is_label: &dyn Fn(&str) -> bool| {
            self.labels.iter().filter(|label| is_label(label)).count()
        };
        vec![Entrant::new(OURS, move || count(&ours)), Entrant::new("regex", move || count(&regex))]
    }

    /// Returns what reads the values of `dns[]`.
    ///
    /// # Panics
    ///
    /// If two of them disagree about one.
    #[must_use]
    pub fn decode_name_servers(&self) -> Vec<Entrant<'_>> {
        for text in &self.name_servers {
            let server: NameServer = text.parse().expect("a name server");
            let found = (server.host().to_string(), server.ipv4(), server.ipv6());
            assert_eq!(split(text), Some(found), "{text}");
        }
        let ours = || -> usize {
            self.name_servers.iter().filter(|text| text.parse::<NameServer>().is_ok()).count()
        };
        let naive = || self.name_servers.iter().filter(|text| split(text).is_some()).count();
        assert_eq!((ours(), naive()), (self.name_servers.len(), self.name_servers.len()));
        vec![Entrant::new(OURS, ours), Entrant::new("split + std::net", naive)]
    }

    /// Returns what reads the body of a form.
    ///
    /// # Panics
    ///
    /// If it can't be read.
    #[must_use]
    pub fn decode_form(&self) -> Vec<Entrant<'_>> {
        let ours = || Draft::from_form(self.body.as_bytes()).expect("a form");
        let peer = || form_urlencoded::parse(self.body.as_bytes()).collect::<Vec<_>>();
        assert_eq!(peer().len(), 23);
        assert_eq!(Draft::from_pairs(peer()).expect("a draft"), ours());
        vec![Entrant::new(OURS, ours), Entrant::new("form_urlencoded", peer)]
    }

    /// Returns what writes the body of a form.
    ///
    /// # Panics
    ///
    /// If two of them differ.
    #[must_use]
    pub fn encode_form(&self) -> Vec<Entrant<'_>> {
        let draft = Draft::from_form(self.body.as_bytes()).expect("a form");
        let registration = Policy::TOOLKIT.validate(&draft).expect("a registration");
        let other = registration.clone();
        let ours = move || String::from(registration.encode_form());
        let peer = move || Serializer::new(String::new()).extend_pairs(other.pairs()).finish();
        assert_eq!(ours(), peer());
        vec![Entrant::new(OURS, ours), Entrant::new("form_urlencoded", peer)]
    }

    /// Returns what finds the violations of a draft.
    ///
    /// # Panics
    ///
    /// If there are any.
    #[must_use]
    pub fn check(&self) -> Vec<Entrant<'_>> {
        let draft = Draft::from_form(self.body.as_bytes()).expect("a form");
        let check = move || {
            let mut first = None;
            Policy::TOOLKIT.check(&draft, &mut first);
            first
        };
        assert_eq!(check(), None);
        vec![Entrant::new(OURS, check)]
    }

    /// Returns what makes a registration of a draft.
    ///
    /// # Panics
    ///
    /// If it is not valid.
    #[must_use]
    pub fn validate(&self) -> Vec<Entrant<'_>> {
        let draft = Draft::from_form(self.body.as_bytes()).expect("a form");
        let validate = move || Policy::TOOLKIT.validate(&draft).expect("a registration");
        assert_eq!(validate().name_servers().len(), 13);
        vec![Entrant::new(OURS, validate)]
    }

    /// Returns what reads the receipts, one after the other.
    ///
    /// # Panics
    ///
    /// If the statuses are not found.
    #[must_use]
    pub fn parse_receipts(&self) -> Vec<Entrant<'_>> {
        let ours = || -> usize {
            let parsed = self.receipts.iter().map(|text| Receipt::parse(text).expect("a receipt"));
            parsed.filter(Receipt::is_success).count()
        };
        let naive = || -> usize {
            let pairs =
                |text: &'_ str| text.lines().filter_map(|line| line.split_once(": ")).count();
            self.receipts.iter().map(|text| pairs(text)).sum()
        };
        assert_eq!(ours(), 48);
        assert_eq!(naive(), self.receipts.concat().lines().count());
        vec![Entrant::new(OURS, ours), Entrant::new("naive", naive)]
    }
}

impl Default for Registrations {
    fn default() -> Self {
        Self::new()
    }
}

type Addresses = (String, Option<Ipv4Addr>, Option<Ipv6Addr>);

/// Reads a name server as one would: what is neither one address nor two is refused.
fn split(text: &str) -> Option<Addresses> {
    let (host, addresses) = match text.split_once("::") {
        Some((host, addresses)) => (host, Some(addresses)),
        None => (text, None),
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !host.contains('.') || !host.split('.').all(is_label) {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let Some(addresses) = addresses else { return Some((host, None, None)) };
    if let Ok(v4) = addresses.parse() {
        return Some((host, Some(v4), None));
    }
    if let Ok(v6) = addresses.parse() {
        return Some((host, None, Some(v6)));
    }
    let (v4, v6) = addresses.split_once("::")?;
    Some((host, Some(v4.parse().ok()?), Some(v6.parse().ok()?)))
}
