//! Registrations and name servers: values, and the text that means them.

use core::net::{Ipv4Addr, Ipv6Addr};

use cnic_registration::Field;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// An entry of `dns[]`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The host, in lower case.
    pub host: String,
    /// The IPv4 glue.
    pub ipv4: Option<Ipv4Addr>,
    /// The IPv6 glue.
    pub ipv6: Option<Ipv6Addr>,
}

impl Entry {
    /// Returns the entry as the form has it: `ns1.example.com::192.0.2.1::2001:db8::1`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.host.clone();
        if let Some(ipv4) = self.ipv4 {
            text = format!("{text}::{ipv4}");
        }
        match self.ipv6 {
            // Written out, so that no `::` of the address stands beside that of the entry.
            Some(ipv6) => {
                let groups = ipv6.segments().map(|group| format!("{group:x}"));
                format!("{text}::{}", groups.join(":"))
            }
            None => text,
        }
    }
}

/// Entries with no glue, either or both; addresses often have zeros, where `::` could be read in two ways.
pub fn entries() -> impl Strategy<Value = Entry> {
    let host = "[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?(\\.[a-z]{2,4}){1,3}";
    let ipv4 = any::<[u8; 4]>().prop_map(Ipv4Addr::from);
    let ipv4 = ipv4.prop_filter("specified", |address| !address.is_unspecified());
    let group = prop_oneof![2 => Just(0_u16), 1 => any::<u16>()];
    let ipv6 = vec(group, 8).prop_map(|groups| {
        let mut segments = [0_u16; 8];
        segments.copy_from_slice(&groups);
        Ipv6Addr::from(segments)
    });
    let ipv6 = ipv6.prop_filter("specified", |address| !address.is_unspecified());
    (host, option::of(ipv4), option::of(ipv6)).prop_map(|(host, ipv4, ipv6)| Entry {
        host,
        ipv4,
        ipv6,
    })
}

/// The form of a registration, and which of its fields are wrong.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Order {
    /// Names and values, as in the form, in any order.
    pub pairs: Vec<(&'static str, String)>,
    /// The name servers in order.
    pub servers: Vec<Entry>,
    /// The names that a registration does not have, in the order of the pairs.
    pub unknown: Vec<&'static str>,
    /// The fields that break a rule, in the order of [`Field`].
    pub wrong: Vec<Field>,
}

/// Registrations of up to 14 name servers, most of them valid.
pub fn orders() -> impl Strategy<Value = Order> {
    let rarely = || prop::bool::weighted(0.1);
    let field = |field: Field, right: &'static [&'static str], wrong: &'static [&'static str]| {
        (rarely(), select(right), select(wrong)).prop_map(move |(spoil, right, wrong)| {
            if spoil { (field, wrong, true) } else { (field, right, false) }
        })
    };
    let handle = |name| field(name, &["H1", "H22", "C11480"], &["", "a b", "reg@istrant"]);
    let needed = (
        field(Field::Domain, &["example", "EXAMPLE-1", "xyz"], &["ab", "-abc", "ab--cd", "a.b.c"]),
        field(Field::Suffix, &["uk.com", "EU.COM"], &["com", "example", "uk.com."]),
        handle(Field::Chandle),
        handle(Field::Thandle),
    );
    let optional = (
        option::of(handle(Field::Ahandle)),
        option::of(handle(Field::Bhandle)),
        option::of(field(Field::Period, &["1", "2", "10"], &["0", "11", "1.5", "two"])),
        option::of(field(Field::Test, &["0", "1"], &["2", "yes"])),
    );
    let servers = prop_oneof![9 => vec(entries(), 0..14), 1 => vec(entries(), 14..15)];
    let servers = servers.prop_map(|mut servers| {
        // No host is given twice.
        servers
            .iter_mut()
            .zip(0..)
            .for_each(|(server, n)| server.host.insert_str(0, &format!("n{n}.")));
        servers
    });
    let unknown = prop_oneof![4 => Just(vec![]), 1 => vec(select(&UNKNOWN[..]), 1..4)];
    (needed, optional, servers, unknown)
        .prop_flat_map(|(needed, optional, servers, unknown)| {
            let (domain, suffix, chandle, thandle) = needed;
            let (ahandle, bhandle, period, test) = optional;
            let fields = [domain, suffix, chandle, thandle]
                .into_iter()
                .chain([ahandle, bhandle, period, test].into_iter().flatten());
            let (mut pairs, mut wrong) = (Vec::new(), Vec::new());
            for (field, value, is_wrong) in fields {
                pairs.push((name(field), value.to_owned()));
                wrong.extend(is_wrong.then_some(field));
            }
            pairs.extend([("user", "H9".to_owned()), ("password", "p%+w".to_owned())]);
            wrong.extend((servers.len() > 13).then_some(Field::NameServers));
            wrong.extend((0..).zip(&unknown).map(|(place, _)| Field::Unknown(place)));
            wrong.sort();
            pairs.extend(unknown.iter().map(|name| (*name, "hunter2".to_owned())));
            (Just(pairs).prop_shuffle(), Just(servers), Just(wrong))
        })
        .prop_map(|(mut pairs, servers, wrong)| {
            pairs.extend(servers.iter().map(|server| ("dns[]", server.text())));
            let is_unknown = |name: &&str| UNKNOWN.contains(name);
            let unknown = pairs.iter().map(|(name, _)| *name).filter(is_unknown).collect();
            Order { pairs, servers, unknown, wrong }
        })
}

/// Names that a registration does not have.
const UNKNOWN: [&str; 6] = ["url", "chandle2", "Domain", "", "\u{feff}user", "new=`b\u{fc}ro`"];

fn name(field: Field) -> &'static str {
    match field {
        Field::Domain => "domain",
        Field::Suffix => "suffix",
        Field::Chandle => "chandle",
        Field::Thandle => "thandle",
        Field::Ahandle => "ahandle",
        Field::Bhandle => "bhandle",
        Field::Period => "period",
        _ => "test",
    }
}
