//! That an entry of `dns[]` has one reading: a reader that tries every split finds no second one, in no string.

use core::net::{Ipv4Addr, Ipv6Addr};

use cnic_registration::NameServer;

use crate::util::Random;

/// A host and two addresses.
type Reading = (String, Option<Ipv4Addr>, Option<Ipv6Addr>);

/// Every way to take a text apart at a `::`.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let at = (0..text.len()).filter(|at| text[*at..].starts_with("::"));
    at.map(|at| (&text[..at], &text[at + 2..]))
}

/// Reads an entry slowly: every host and every split of what follows, by the grammar of docs/toolkit.md, section 5.3, as it stands there. With
/// it comes whether the values may be sent.
fn readings(text: &str, slot: bool) -> Vec<(Reading, bool)> {
    let is_label = |label: &str| {
        let ldh = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty()
            && label.bytes().all(ldh)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_host = |text: &str| {
        let last = text.rsplit('.').next().unwrap_or_default();
        text.contains('.') && text.split('.').all(is_label) && last.parse::<u128>().is_err()
    };
    let v4 = |text: &str| text.parse::<Ipv4Addr>().ok();
    let v6 = |text: &str| text.parse::<Ipv6Addr>().ok();
    let may_v4 = |v4: Ipv4Addr| v4 != Ipv4Addr::UNSPECIFIED;
    let may_v6 = |v6: Ipv6Addr, text: &str| {
        v6 != Ipv6Addr::UNSPECIFIED && (v6.to_bits() >> 32 != 0 || !text.contains('.'))
    };
    let mut all = Vec::new();
    if is_host(text) {
        all.push(((text.to_owned(), None, None), true));
    }
    for (host, rest) in splits(text).filter(|(host, _)| is_host(host)) {
        let host = host.to_owned();
        all.extend(v4(rest).map(|v4| ((host.clone(), Some(v4), None), may_v4(v4))));
        all.extend(v6(rest).map(|v6| ((host.clone(), None, Some(v6)), may_v6(v6, rest))));
        for (first, second) in splits(rest) {
            let Some(v6) = v6(second) else { continue };
            if slot && first.is_empty() {
                all.push(((host.clone(), None, Some(v6)), may_v6(v6, second)));
            }
            let Some(v4) = v4(first) else { continue };
            all.push(((host.clone(), Some(v4), Some(v6)), may_v4(v4) && may_v6(v6, second)));
        }
    }
    all
}

/// Holds that a string has one reading at most, and that it is the one that is found.
#[track_caller]
fn has_one_reading(text: &str) -> bool {
    for slot in [false, true] {
        let slow = readings(text, slot);
        assert!(slow.len() <= 1, "{text}: {slow:?}");
        let slow = slow.into_iter().find_map(|(reading, may)| may.then_some(reading));
        let read = if slot { NameServer::parse_lenient(text) } else { text.parse() };
        let read =
            read.ok().map(|server| (server.host().to_string(), server.ipv4(), server.ipv6()));
        assert_eq!(read, slow, "{text}");
    }
    text.parse::<NameServer>().is_ok()
}

/// Tries every string of up to so many characters after a start, and returns how many are name servers.
#[track_caller]
fn tries_all(text: &mut String, alphabet: &[char], longest: usize) -> usize {
    let mut read = usize::from(has_one_reading(text));
    for c in alphabet.iter().filter(|_| longest > 0) {
        text.push(*c);
        read += tries_all(text, alphabet, longest - 1);
        text.pop();
    }
    read
}

#[test]
fn no_string_has_two_readings() {
    let tries = |start: &str, alphabet, longest| tries_all(&mut start.into(), alphabet, longest);
    assert!(tries("h.test::", &[':', '.', '1', 'f'], 9) > 500);
    assert!(tries("h.test::1.1.1.1", &[':', '.', '1', '0'], 7) > 50);
    assert!(tries("h.test::::", &[':', '0', '1'], 8) > 50);
    assert!(tries("", &[':', '.', '1', 'f'], 8) > 50);
    assert!(tries("h.test::1:1:1:1:1", &[':', '.', '1'], 9) > 50);
}

/// What is read here without the standard library's parser is equal to what that reads.
#[test]
fn an_ipv6_address_is_what_the_standard_library_takes_for_one() {
    let pieces = [
        ":",
        ":",
        ":",
        ":",
        "::",
        "0",
        "1",
        "9",
        "a",
        "F",
        "A0",
        "fc7",
        "2001:db8",
        "ffff",
        "00000",
        "g",
        "@",
        "1:2:3:4",
        "1:2:3:4:5:6",
        "1.2.3.4",
        "255.255.255.255",
        "0.0.0.1",
        "01.2.3.4",
        ".",
        "%",
        "+1",
        "~",
    ];
    let mut random = Random::new(1);
    let mut read = 0;
    for _ in 0..100_000 {
        // Without the last rows of pieces most texts are addresses, or nearly.
        let pieces = &pieces[..8 + random.below(pieces.len() - 7)];
        let text: String = (0..random.below(17)).map(|_| random.pick(pieces)).collect();
        read += usize::from(has_one_reading(&format!("h.test::192.0.2.1::{text}")));
        read += usize::from(has_one_reading(&format!("h.test::{text}")));
    }
    assert!(read > 5_000, "{read}");
}
