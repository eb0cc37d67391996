//! What holds for every value, on values and strings that look random and are the same in every run. Replies have
//! `receipts.rs`; that a name server has one reading is in `readings.rs`.

use core::fmt::{Debug, Display};
use core::net::{Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use cnic_registration::{
    AllowedSuffixes, Amount, Draft, Handle, Host, InvalidValue, Label, NameServer,
    NameServerFormat, Period, Policy, Suffix,
};

use crate::util::{Random, form, set, valid};

const ALPHANUMERIC: [char; 12] = ['a', 'z', 'A', 'Z', 'f', 'F', 'x', 'n', '0', '1', '9', 'q'];
const LDH: [char; 14] = ['a', 'z', 'A', 'Z', 'f', 'F', 'x', 'n', '0', '1', '9', 'q', '-', '-'];

/// Holds that a value is read from its own text, and returns the text.
#[track_caller]
fn round_trips<T: FromStr<Err = InvalidValue> + Display + Debug + PartialEq>(value: &T) -> String {
    let text = value.to_string();
    assert_eq!(text.parse().as_ref(), Ok(value), "{text}");
    text
}

/// Holds that a text that can be read is written in a way that is read as the same and written as the same.
#[track_caller]
fn settles<T: FromStr<Err = InvalidValue> + Display + Debug + PartialEq>(text: &str) -> bool {
    match text.parse::<T>() {
        Ok(value) => {
            let canonical = round_trips(&value);
            assert_eq!(canonical.parse::<T>().map(|again| again.to_string()), Ok(canonical));
            true
        }
        Err(error) => {
            assert!(text.is_char_boundary(error.offset()), "{text:?}: {error}");
            false
        }
    }
}

//--- Values

fn dns_label(random: &mut Random, longest: usize) -> String {
    loop {
        let label = random.word(&LDH, 1, longest);
        if !label.starts_with('-') && !label.ends_with('-') {
            return label;
        }
    }
}

fn host(random: &mut Random) -> Host {
    let longest = random.pick(&[1, 3, 63]);
    let most = random.pick(&[1, 1, 2, 120]);
    let mut name = "a".to_owned() + &random.word(&ALPHANUMERIC, 0, 9);
    for _ in 0..=random.below(most) {
        name = format!("{}.{name}", dns_label(random, longest));
        if name.len() > 189 {
            break;
        }
    }
    name.parse().expect("a host")
}

fn ipv4(random: &mut Random) -> Ipv4Addr {
    let octets = [(); 4].map(|()| random.pick(&[0, 1, 9, 10, 99, 100, 127, 192, 255]));
    if octets == [0; 4] { Ipv4Addr::LOCALHOST } else { octets.into() }
}

fn ipv6(random: &mut Random) -> Ipv6Addr {
    let zeros = random.below(6);
    let mut segments = [(); 8].map(|()| match random.below(6) {
        n if n < zeros => 0,
        5 => 0xffff,
        4 => u16::from(random.bits().to_be_bytes()[0]),
        _ => random.pick(&[1, 0xf, 0xfc7, 0x2001, 0xdb8, 0x1001, 0xa0b0]),
    });
    match random.below(8) {
        0 => segments[..6].copy_from_slice(&[0, 0, 0, 0, 0, 0xffff]),
        1 => segments[..6].fill(0),
        2 => segments[1..].fill(0),
        _ => {}
    }
    if segments == [0; 8] { Ipv6Addr::LOCALHOST } else { segments.into() }
}

fn name_server(random: &mut Random) -> NameServer {
    let v4 = random.once_in(2).then(|| ipv4(random));
    let v6 = random.once_in(2).then(|| ipv6(random));
    NameServer::new(host(random), v4, v6).expect("specified addresses")
}

#[test]
fn every_name_server_is_read_from_each_of_its_spellings() {
    let mut random = Random::new(11);
    for _ in 0..20_000 {
        let server = name_server(&mut random);
        let canonical = round_trips(&server);
        assert_eq!(canonical.to_ascii_uppercase().parse().as_ref(), Ok(&server));
        for (expanded, slot) in [(false, false), (true, false), (false, true), (true, true)] {
            let format = NameServerFormat::CANONICAL.expanded(expanded).empty_v4_slot(slot);
            let text = server.formatted(format).to_string();
            assert_eq!(NameServer::parse_lenient(&text).as_ref(), Ok(&server), "{text}");
            let is_strict = !slot || server.ipv4().is_some() || server.ipv6().is_none();
            assert_eq!(text.parse::<NameServer>().is_ok(), is_strict, "{text}");
            if expanded {
                let parts = text.split("::").filter(|part| !part.is_empty()).count();
                let addresses = [server.ipv4().is_some(), server.ipv6().is_some()];
                assert_eq!(parts, 1 + addresses.into_iter().filter(|there| *there).count());
            }
        }
    }
}

/// The rules of a label of docs/sources.md#seed-003, without their order.
fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    (3..=64).contains(&text.len())
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && bytes.get(2..4) != Some(b"--")
}

#[test]
fn labels_and_hosts_are_read_from_their_text_in_any_case() {
    let mut random = Random::new(12);
    let mut labels = 0;
    for _ in 0..20_000 {
        let text = random.word(&LDH, 0, 70);
        assert_eq!(settles::<Label>(&text), is_label(&text), "{text}");
        let any = random.word(&['a', '-', '.', '_', '\u{fc}', ' ', 'B'], 0, 6);
        assert_eq!(settles::<Label>(&any), is_label(&any), "{any}");
        settles::<Host>(&any);
        settles::<Suffix>(&any);
        let host = round_trips(&host(&mut random));
        let upper: Host = host.to_ascii_uppercase().parse().expect("a host");
        assert_eq!(upper.as_str(), host);
        let Ok(label) = text.parse::<Label>() else { continue };
        labels += 1;
        for variant in [text.to_ascii_uppercase(), text.to_ascii_lowercase()] {
            assert_eq!(variant.parse().as_ref(), Ok(&label));
        }
    }
    assert!(labels > 10_000, "{labels} labels");
}

#[test]
fn suffixes_are_equal_in_any_case() {
    let mut random = Random::new(13);
    for _ in 0..5_000 {
        let text = host(&mut random).to_string();
        let Ok(suffix) = Suffix::parse_well_formed(&text) else { continue };
        assert_eq!(Suffix::parse_well_formed(&text.to_ascii_uppercase()), Ok(suffix.clone()));
        assert_eq!(suffix.to_string(), text);
    }
}

#[test]
fn handles_and_amounts_are_read_from_their_text() {
    let mut random = Random::new(14);
    let capitals: Vec<char> = ('A'..='Z').collect();
    let digits: Vec<char> = ('0'..='9').collect();
    for _ in 0..5_000 {
        let text = random.word(&capitals, 1, 1) + &random.word(&digits, 1, 15);
        assert_eq!(round_trips(&text.parse::<Handle>().expect("a handle")), text);
        assert!(text.to_ascii_lowercase().parse::<Handle>().is_err());
        settles::<Handle>(&random.word(&['H', '1', ':', 'h', ' ', '\u{fc}'], 0, 5));

        let minor = random.bits() >> random.below(64);
        let text = round_trips(&Amount::from_minor_units(minor));
        assert_eq!(text.replace('.', "").parse(), Ok(minor), "exact");
        assert!(text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2));
        let zeros = format!("000{text}").parse::<Amount>();
        assert_eq!(zeros.map(Amount::minor_units), Ok(minor));
        settles::<Amount>(&random.word(&['0', '1', '9', '.', '-', 'e', '\u{661}'], 0, 24));
        settles::<Period>(&random.word(&['0', '1', '2', ' ', '+'], 0, 3));
    }
}

//--- Registrations

/// Makes pairs that are valid: those that must be there, and some others.
fn pairs(random: &mut Random) -> Vec<(&'static str, String)> {
    let any: Vec<char> =
        "aZ0&&==%%++;:?#[]/\\\"'<> ~*-._\0\n\r\t\u{7f}ü\u{feff}…🌐".chars().collect();
    let digits = ['0', '1', '2', '9'];
    let mut handle = || random.pick(&["H", "C", "Z"]).to_owned() + &random.word(&digits, 1, 15);
    let mut pairs: Vec<(&str, String)> = vec![
        ("chandle", handle()),
        ("ahandle", handle()),
        ("thandle", handle()),
        ("bhandle", handle()),
    ];
    pairs.retain(|(name, _)| ["chandle", "thandle"].contains(name) || random.once_in(2));
    pairs.push(("user", random.word(&any, 1, 12)));
    pairs.push(("password", random.word(&any, 1, 40)));
    pairs.push(("domain", random.word(&ALPHANUMERIC, 3, 64)));
    pairs.push(("suffix", host(random).to_string()));
    if random.once_in(2) {
        pairs.push(("test", random.pick(&["0", "1"]).to_owned()));
    }
    if random.once_in(2) {
        pairs.push(("period", (1 + random.below(10)).to_string()));
    }
    for _ in 0..random.below(14) {
        pairs.push(("dns[]", name_server(random).to_string()));
    }
    pairs
}

#[test]
fn a_registration_is_read_from_its_form_and_has_a_pair_for_each_parameter() {
    let policy = Policy::TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);
    let mut random = Random::new(15);
    let mut made = 0;
    for _ in 0..3_000 {
        let pairs = pairs(&mut random);
        let draft = pairs.iter().fold(Draft::default(), |draft, (n, v)| set(draft, n, v));
        // Two hosts may be the same, and a name may be too long with its suffix.
        let Ok(registration) = policy.validate(&draft) else { continue };
        made += 1;
        let body = registration.encode_form().to_string();
        assert_eq!(body.split('&').count(), pairs.len(), "{body}");
        assert!(body.split('&').all(|pair| pair.matches('=').count() == 1), "{body}");
        assert!(body.bytes().all(|byte| byte.is_ascii_graphic()), "{body}");
        assert_eq!(registration.pairs().count(), pairs.len());
        let again = valid(&policy, &form(&body));
        assert_eq!((&again, again.encode_form().to_string()), (&registration, body));
        let from_pairs = Draft::from_pairs(registration.pairs()).expect("parameters");
        assert_eq!(policy.validate(&from_pairs), Ok(registration));
    }
    assert!(made > 1_500, "{made} registrations");
}

#[test]
fn any_bytes_are_a_form_or_an_error_within_them() {
    let mut random = Random::new(16);
    let pieces = [
        &b"user"[..],
        b"dns[]",
        b"dns[0]",
        b"dns%5B1%5D",
        b"period",
        b"test",
        b"=",
        b"=",
        b"&",
        b"&",
        b"%",
        b"%41",
        b"%ff",
        b"+",
        b"\n",
        b"\xc3",
        b"\xbc",
        b"1",
        b"registrant",
        b"",
    ];
    for _ in 0..50_000 {
        let body: Vec<_> =
            (0..random.below(14)).flat_map(|_| random.pick(&pieces)).copied().collect();
        match Draft::from_form(&body) {
            Ok(draft) => Policy::TOOLKIT.check(&draft, &mut ()),
            Err(error) => assert!(error.position().byte() <= body.len(), "{error}"),
        }
    }
}

//--- Name servers

#[test]
fn a_name_server_that_can_be_read_has_one_text() {
    let mut random = Random::new(17);
    let alphabet = [':', ':', ':', '.', '0', '1', 'f', 'a', '-'];
    let mut read = 0;
    for _ in 0..300_000 {
        let host =
            random.pick(&["", "f.a", "h.test", "h.test::", "h.test::1.0.1.1::", "h.test::::"]);
        let text = host.to_owned() + &random.word(&alphabet, 0, 14);
        read += usize::from(settles::<NameServer>(&text));
        settles::<Host>(&text);
        if let Ok(server) = NameServer::parse_lenient(&text) {
            let canonical = round_trips(&server);
            assert_eq!(NameServer::parse_lenient(&canonical), Ok(server), "{text}");
        }
    }
    assert!(read > 5_000, "{read} name servers");
}
