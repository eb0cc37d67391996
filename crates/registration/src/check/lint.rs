//! Lints: what is allowed in a registration, but probably not intended.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

use cnic_text::{Sink, kinds};

use crate::field::Field;
use crate::registration::Registration;
use crate::value::ldh::MAX_LABEL;

/// Something odd about a valid registration. A lint never makes a registration invalid.
///
/// ```
/// use cnic_registration::{Draft, Lint, LintKind, Policy};
///
/// let body = b"user=H1&password=x&domain=example&suffix=uk.com&chandle=H1&thandle=H1&dns[]=ns.example.uk.com";
/// let registration = Policy::TOOLKIT.validate(&Draft::from_form(body).expect("a form"))?;
/// let mut lints: Vec<Lint> = Vec::new();
/// registration.lint(&mut lints);
/// assert_eq!(lints[0].kind(), LintKind::MissingGlue);
/// assert_eq!(lints[1].to_string(), "dns: fewer than two name servers");
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lint {
    field: Field,
    kind: LintKind,
}

impl Lint {
    /// Returns the field.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Field, Lint, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// let draft = draft.chandle("H1").thandle("H1").name_server("ns.example.uk.com");
    /// let mut first: Option<Lint> = None;
    /// Policy::TOOLKIT.validate(&draft)?.lint(&mut first);
    /// assert_eq!(first.map(|lint| lint.field()), Some(Field::NameServer(0)));
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// Returns what is odd about it.
    #[must_use]
    pub const fn kind(&self) -> LintKind {
        self.kind
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.kind)
    }
}

impl fmt::Debug for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lint(\"{self}\")")
    }
}

kinds! {
    /// The oddities of a valid registration.
    ///
    /// ```
    /// use cnic_registration::LintKind;
    ///
    /// assert_eq!(LintKind::MissingGlue.name(), "MissingGlue");
    /// assert_eq!(
    ///     LintKind::MissingGlue.to_string(),
    ///     "host inside the domain without an address",
    /// );
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum LintKind {
        /// The label has 64 bytes, which the vendor allows and the DNS does not (RFC 1035, section
        /// 2.3.4).
        ExceedsDnsLabel = "longer than a DNS label can be",
        /// There is no name server, or only one.
        FewNameServers = "fewer than two name servers",
        /// A host outside the registered domain has an address, which the registry cannot publish.
        GlueOutsideDomain = "address of a host outside the domain",
        /// A `registrant` was given, which the server ignores.
        Ignored = "ignored by the server",
        /// An IPv4 address written as an IPv6 address: `::ffff:192.0.2.1`.
        MappedAddress = "IPv4-mapped IPv6 address",
        /// A host inside the domain has no address, so it could not be resolved.
        MissingGlue = "host inside the domain without an address",
        /// All servers are in one IPv4 network of 256 addresses.
        SameNetwork = "all name servers in one network",
        /// An address that is private, local, multicast, for documentation or reserved.
        SpecialAddress = "address that is not public",
    }
}

impl Registration {
    /// Reports what is odd about the registration: the ignored field, then the label, then each
    /// name server, then the list of name servers. It allocates only the name of the domain.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Lint, LintKind, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// let draft = draft.chandle("H1").thandle("H1").name_server("ns.example.uk.com::10.0.0.1");
    /// let mut kinds = Vec::new();
    /// Policy::TOOLKIT.validate(&draft)?.lint(&mut |lint: Lint| kinds.push(lint.kind()));
    /// assert_eq!(kinds, [LintKind::SpecialAddress, LintKind::FewNameServers]);
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    pub fn lint(&self, sink: &mut impl Sink<Lint>) {
        let mut report = |field, kind| sink.report(Lint { field, kind });
        if self.ignored_registrant() {
            report(Field::Registrant, LintKind::Ignored);
        }
        if self.label().as_str().len() > MAX_LABEL {
            report(Field::Domain, LintKind::ExceedsDnsLabel);
        }
        let domain = self.domain_name();
        for (place, server) in self.name_servers().iter().enumerate() {
            let mut report = |kind| report(Field::name_server(place), kind);
            if server.ipv4().is_some_and(is_special_v4) {
                report(LintKind::SpecialAddress);
            }
            match server.ipv6() {
                Some(v6) if v6.to_ipv4_mapped().is_some() => report(LintKind::MappedAddress),
                Some(v6) if is_special_v6(v6) => report(LintKind::SpecialAddress),
                _ => {}
            }
            let has_address = server.ipv4().is_some() || server.ipv6().is_some();
            match (server.host().is_within(&domain), has_address) {
                (false, true) => report(LintKind::GlueOutsideDomain),
                (true, false) => report(LintKind::MissingGlue),
                _ => {}
            }
        }
        let servers = self.name_servers();
        if servers.len() < 2 {
            report(Field::NameServers, LintKind::FewNameServers);
            return;
        }
        let network = |address: Ipv4Addr| address.to_bits() >> 8;
        let first = servers[0].ipv4().map(network);
        if first.is_some() && servers.iter().all(|server| server.ipv4().map(network) == first) {
            report(Field::NameServers, LintKind::SameNetwork);
        }
    }
}

/// Multicast, and the blocks of the IANA IPv4 Special-Purpose Address Registry that are not
/// globally reachable.
fn is_special_v4(address: Ipv4Addr) -> bool {
    let here_or_private = match address.octets() {
        [a, b, ..] => matches!(
            (a, b),
            (0 | 10 | 127, _) | (100, 64..=127) | (169, 254) | (172, 16..=31) | (192, 168)
        ),
    };
    let reserved = match address.octets() {
        [a, b, c, _] => matches!(
            (a, b, c),
            (192, 0, 0 | 2) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113)
        ),
    };
    here_or_private || reserved || address.octets()[0] >= 224
}

/// All addresses but global unicast, 2000::/3; and the documentation blocks within that.
fn is_special_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] => true,
        [0x2000..=0x3fff, ..] => false,
        _ => true,
    }
}
