//! The entries of `dns[]`.
//!
//! ```text
//! entry = host / host "::" v4 / host "::" v6 / host "::" v4 "::" v6
//! ```
//!
//! The grammar is unambiguous. A host has no colon, so it ends at the first one. What follows it is
//! one of three:
//!
//! * without a colon: an IPv4 address;
//! * with a dot before its first colon: an IPv4 and an IPv6 address. An IPv6 address alone has no
//!   dot there, because a dotted quad can only be its last part;
//! * with a colon before any dot: an IPv6 address.
//!
//! See docs/toolkit.md, section 5.4.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use cnic_text::Span;
use nom::Parser;
use nom::bytes::complete::{tag, take_till};
use nom::combinator::{opt, rest};
use nom::error::Error;
use nom::sequence::preceded;

use crate::value::host::{self, Host};
use crate::value::ipv6;
use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::try_from_text;

/// A name server: a host and, if given, an IPv4 and an IPv6 address.
///
/// ```
/// use cnic_registration::NameServer;
///
/// let server: NameServer = "ns2.example.com::192.168.1.1::FC7::1001:1".parse()?;
/// assert_eq!(server.host().as_str(), "ns2.example.com");
/// assert_eq!(server.ipv4(), Some([192, 168, 1, 1].into()));
/// assert_eq!(server.to_string(), "ns2.example.com::192.168.1.1::fc7::1001:1");
///
/// let only_v6: NameServer = "ns2.example.com::2001:db8::1".parse()?;
/// assert_eq!(only_v6.ipv4(), None);
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
///
/// An entry with an IPv6 address and no IPv4 address is not documented, but unambiguous
/// (docs/toolkit.md, section 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameServer {
    host: Host,
    ipv4: Option<Ipv4Addr>,
    ipv6: Option<Ipv6Addr>,
}

impl NameServer {
    /// Creates an entry.
    ///
    /// ```
    /// # use cnic_registration::{NameServer, Rule};
    /// let host: cnic_registration::Host = "ns1.example.com".parse()?;
    /// let server = NameServer::new(host.clone(), Some([192, 0, 2, 1].into()), None)?;
    /// assert_eq!(server.to_string(), "ns1.example.com::192.0.2.1");
    /// let error = NameServer::new(host, Some([0, 0, 0, 0].into()), None).unwrap_err();
    /// assert_eq!(error.rule(), Rule::Unspecified);
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An unspecified address, `0.0.0.0` or `::`.
    pub fn new(
        host: Host,
        ipv4: Option<Ipv4Addr>,
        ipv6: Option<Ipv6Addr>,
    ) -> Result<Self, InvalidValue> {
        if ipv4.is_some_and(|v4| v4.is_unspecified()) || ipv6.is_some_and(|v6| v6.is_unspecified())
        {
            return Err(InvalidValue::new(Rule::Unspecified, 0..0));
        }
        Ok(Self { host, ipv4, ipv6 })
    }

    /// Reads an entry as `FromStr` does, and also one with an empty slot for the IPv4 address:
    /// `ns.example.com::::2001:db8::1`.
    ///
    /// ```
    /// # use cnic_registration::NameServer;
    /// let text = "ns.example.com::::2001:db8::1";
    /// assert!(text.parse::<NameServer>().is_err());
    /// assert_eq!(NameServer::parse_lenient(text)?.to_string(), "ns.example.com::2001:db8::1");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of `FromStr`.
    pub fn parse_lenient(text: &str) -> Result<Self, InvalidValue> {
        Ok(Entry::parse(text, true)?.into_name_server())
    }

    /// Returns the host.
    ///
    /// ```
    /// # use cnic_registration::NameServer;
    /// let server: NameServer = "NS1.example.com::192.0.2.1".parse()?;
    /// assert_eq!(*server.host(), "ns1.example.com");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// Returns the IPv4 address.
    ///
    /// ```
    /// # use cnic_registration::NameServer;
    /// let server: NameServer = "ns1.example.com::192.0.2.1".parse()?;
    /// assert!(server.ipv4().is_some_and(|address| !address.is_loopback()));
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn ipv4(&self) -> Option<Ipv4Addr> {
        self.ipv4
    }

    /// Returns the IPv6 address.
    ///
    /// ```
    /// # use cnic_registration::NameServer;
    /// let server: NameServer = "ns1.example.com::192.0.2.1::2001:DB8::1".parse()?;
    /// assert_eq!(server.ipv6(), "2001:db8::1".parse().ok());
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn ipv6(&self) -> Option<Ipv6Addr> {
        self.ipv6
    }

    /// Returns the entry in a format that may differ from that of `Display`.
    ///
    /// ```
    /// # use cnic_registration::{NameServer, NameServerFormat};
    /// let server: NameServer = "ns.example.com::2001:db8::1".parse()?;
    /// let format = NameServerFormat::CANONICAL.empty_v4_slot(true).expanded(true);
    /// assert_eq!(
    ///     server.formatted(format).to_string(),
    ///     "ns.example.com::::2001:0db8:0000:0000:0000:0000:0000:0001",
    /// );
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn formatted(&self, format: NameServerFormat) -> FormattedNameServer<'_> {
        FormattedNameServer { server: self, format }
    }
}

/// How a [`NameServer`] is written. How the server reads an entry is not known (docs/toolkit.md,
/// section 5.2); these options cover the likely ways.
///
/// ```
/// use cnic_registration::{NameServer, NameServerFormat};
///
/// const FORMAT: NameServerFormat = NameServerFormat::CANONICAL.empty_v4_slot(true);
///
/// let server: NameServer = "ns.example.com::2001:db8::1".parse()?;
/// assert_eq!(server.formatted(FORMAT).to_string(), "ns.example.com::::2001:db8::1");
/// assert_eq!(server.to_string(), "ns.example.com::2001:db8::1");
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NameServerFormat {
    expanded: bool,
    empty_v4_slot: bool,
}

impl NameServerFormat {
    /// IPv6 addresses in the canonical form of RFC 5952, directly after the host if there is no
    /// IPv4 address.
    pub const CANONICAL: Self = Self { expanded: false, empty_v4_slot: false };

    /// Sets whether an IPv6 address is written with all its digits. It then has no `::`, at which a
    /// naive reader would split it. Default: `false`.
    ///
    /// ```
    /// # use cnic_registration::{NameServer, NameServerFormat};
    /// let server: NameServer = "ns.example.com::2001:db8::1".parse()?;
    /// let text = server.formatted(NameServerFormat::CANONICAL.expanded(true)).to_string();
    /// assert_eq!(text.split("::").count(), 2);
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn expanded(self, expanded: bool) -> Self {
        Self { expanded, ..self }
    }

    /// Sets whether an IPv6 address without an IPv4 address is written after an empty slot:
    /// `host::::v6`. [`NameServer::parse_lenient`] reads it. Default: `false`.
    #[must_use]
    pub const fn empty_v4_slot(self, empty_v4_slot: bool) -> Self {
        Self { empty_v4_slot, ..self }
    }
}

/// A [`NameServer`] with a [`NameServerFormat`], written by `Display`; see
/// [`NameServer::formatted`].
///
/// ```
/// use cnic_registration::{NameServer, NameServerFormat};
///
/// let server: NameServer = "ns.example.com::192.0.2.1".parse()?;
/// let formatted = server.formatted(NameServerFormat::CANONICAL);
/// assert_eq!(format!("dns[]={formatted}"), "dns[]=ns.example.com::192.0.2.1");
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FormattedNameServer<'n> {
    server: &'n NameServer,
    format: NameServerFormat,
}

impl fmt::Display for FormattedNameServer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.server.host.as_str())?;
        if let Some(v4) = self.server.ipv4 {
            write!(f, "::{v4}")?;
        }
        let Some(v6) = self.server.ipv6 else { return Ok(()) };
        if self.server.ipv4.is_none() && self.format.empty_v4_slot {
            f.write_str("::")?;
        }
        if !self.format.expanded {
            return write!(f, "::{v6}");
        }
        v6.segments().into_iter().enumerate().try_for_each(|(number, segment)| {
            let separator = if number == 0 { "::" } else { ":" };
            write!(f, "{separator}{segment:04x}")
        })
    }
}

impl fmt::Display for NameServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.formatted(NameServerFormat::CANONICAL).fmt(f)
    }
}

try_from_text!(NameServer);

impl FromStr for NameServer {
    type Err = InvalidValue;

    /// # Errors
    ///
    /// From left to right:
    /// * an empty text, or no host;
    /// * a single colon after the host, as in the `modify` call, or after an IPv4 address, as
    ///   before a port;
    /// * those of the [`Host`];
    /// * a separator without an address after it;
    /// * neither an IPv4 nor an IPv6 address: a leading zero, a zone, brackets, two addresses of
    ///   one kind, or the IPv6 address first;
    /// * an unspecified address, or `::` and a dotted quad in place of an IPv6 address.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Ok(Entry::parse(text, false)?.into_name_server())
    }
}

/// An entry that borrows its host, so that checking one does not allocate.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'t> {
    pub(crate) host: &'t str,
    ipv4: Option<Ipv4Addr>,
    pub(crate) ipv6: Option<Ipv6Addr>,
}

/// Splits at the first colon: the text before it, the text after it if it is a separator `::`, and
/// otherwise the rest from the colon on.
///
/// It looks at bytes, not at characters, and splits at ASCII only.
fn split(text: &str) -> (&str, Option<&str>, &str) {
    let mut parts = (take_till(|byte| byte == b':'), opt(preceded(tag("::"), rest)));
    let (unread, (before, after)) = parts
        .parse(text.as_bytes())
        .map_err(|_: nom::Err<Error<&[u8]>>| ())
        .expect("both parts may be empty");
    let last = |bytes: &[u8]| &text[text.len() - bytes.len()..];
    (&text[..before.len()], after.map(last), last(unread))
}

impl<'t> Entry<'t> {
    /// Reads an entry in one pass. `slot`: whether the place of the IPv4 address may be empty.
    pub(crate) fn parse(text: &'t str, slot: bool) -> Result<Self, InvalidValue> {
        let broken = |rule, part: &str| {
            let legal = |c: char| match rule {
                Rule::BadV4 => c.is_ascii_digit() || c == '.',
                Rule::BadV6 => c.is_ascii_hexdigit() || c == ':' || c == '.',
                _ => true,
            };
            Err(InvalidValue::first_of(rule, part, legal)
                .offset_by(Span::locate(part, text).range().start))
        };
        if text.is_empty() {
            return broken(Rule::Empty, text);
        }
        let (host, addresses, unread) = split(text);
        if host.is_empty() {
            return broken(Rule::EmptyHost, &text[..addresses.map_or(1, |_| 2)]);
        }
        if !unread.is_empty() {
            return broken(Rule::SingleColon, &unread[..1]);
        }
        host::check(host)?;
        let none = Self { host, ipv4: None, ipv6: None };
        let Some(mut addresses) = addresses else { return Ok(none) };
        if addresses.is_empty() {
            return broken(Rule::EmptyAddress, addresses);
        }
        if slot {
            // `::` and a whole IPv6 address is never an IPv6 address itself, so this adds no second
            // reading.
            let address =
                addresses.strip_prefix("::").filter(|address| ipv6::parse(address).is_some());
            addresses = address.unwrap_or(addresses);
        }

        let (first, second, unread) = split(addresses);
        let has_colon = first.len() < addresses.len();
        if has_colon && !first.contains('.') {
            return match v6(addresses) {
                Ok(ipv6) => Ok(Self { ipv6: Some(ipv6), ..none }),
                Err(rule) => broken(rule, addresses),
            };
        }
        // First the separators, then the addresses, then addresses that are not allowed.
        if !unread.is_empty() {
            return broken(Rule::SingleColon, &unread[..1]);
        }
        if second == Some("") {
            return Err(InvalidValue::new(Rule::EmptyAddress, text.len()..text.len()));
        }
        let Ok(ipv4) = first.parse::<Ipv4Addr>() else { return broken(Rule::BadV4, first) };
        let ipv6 = second.map(|second| v6(second).map_err(|rule| (rule, second)));
        match ipv6 {
            Some(Err((Rule::BadV6, second))) => broken(Rule::BadV6, second),
            _ if ipv4.is_unspecified() => broken(Rule::Unspecified, first),
            Some(Err((rule, second))) => broken(rule, second),
            Some(Ok(ipv6)) => Ok(Self { ipv4: Some(ipv4), ipv6: Some(ipv6), ..none }),
            None => Ok(Self { ipv4: Some(ipv4), ..none }),
        }
    }

    pub(crate) fn into_name_server(self) -> NameServer {
        NameServer { host: Host::from_checked(self.host), ipv4: self.ipv4, ipv6: self.ipv6 }
    }
}

fn v6(text: &str) -> Result<Ipv6Addr, Rule> {
    let address = ipv6::parse(text).ok_or(Rule::BadV6)?;
    let is_compatible = address.segments()[..6] == [0; 6];
    if address.is_unspecified() {
        Err(Rule::Unspecified)
    } else if is_compatible && text.contains('.') {
        Err(Rule::V4InV6Slot)
    } else {
        Ok(address)
    }
}
