//! Values for fuzzing and property tests, from arbitrary bytes. All are valid.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use crate::draft::Draft;
use crate::value::amount::Amount;
use crate::value::handle::Handle;
use crate::value::host::Host;
use crate::value::label::{LENGTH, Label};
use crate::value::ldh::MAX_LABEL;
use crate::value::name_server::NameServer;
use crate::value::period::{Period, YEARS};
use crate::value::suffix::{BUILTIN, Suffix};

/// Any amount.
impl<'a> Arbitrary<'a> for Amount {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.arbitrary().map(Self::from_minor_units)
    }
}

/// 1 to 10 years.
impl<'a> Arbitrary<'a> for Period {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Self::new(u.int_in_range(YEARS)?).ok_or(Error::IncorrectFormat)
    }
}

/// A capital letter and 1 to 15 digits.
impl<'a> Arbitrary<'a> for Handle {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::from(char::from(u.int_in_range(b'A'..=b'Z')?));
        for _ in 0..u.int_in_range(1..=15)? {
            text.push(char::from(u.int_in_range(b'0'..=b'9')?));
        }
        text.parse().map_err(|_| Error::IncorrectFormat)
    }
}

/// Any label of ASCII, with 3 to 64 bytes.
impl<'a> Arbitrary<'a> for Label {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let length = u.int_in_range(LENGTH)?;
        label(u, length)?.parse().map_err(|_| Error::IncorrectFormat)
    }
}

/// Any of those that are sold.
impl<'a> Arbitrary<'a> for Suffix {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(&BUILTIN)?.parse().map_err(|_| Error::IncorrectFormat)
    }
}

/// Two to four labels, of which the last is not a number.
impl<'a> Arbitrary<'a> for Host {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut text = String::new();
        // Three of the longest labels leave room for one of 61 bytes.
        for _ in 0..u.int_in_range(1..=3)? {
            let length = u.int_in_range(1..=MAX_LABEL)?;
            text += &label(u, length)?;
            text.push('.');
        }
        text.push(char::from(u.int_in_range(b'a'..=b'z')?));
        let length = u.int_in_range(1..=32)?;
        text += &label(u, length)?;
        text.parse().map_err(|_| Error::IncorrectFormat)
    }
}

/// A host, with any addresses or without.
impl<'a> Arbitrary<'a> for NameServer {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        // The one address that is not allowed is left out.
        let v4 = u.arbitrary::<Option<u32>>()?.filter(|&bits| bits != 0).map(Ipv4Addr::from);
        let v6 = if u.arbitrary()? { Some(ipv6(u)?) } else { None };
        let v6 = v6.filter(|address| !address.is_unspecified());
        Self::new(u.arbitrary()?, v4, v6).map_err(|_| Error::IncorrectFormat)
    }
}

/// A draft that the default policy accepts, with up to six name servers.
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::arbitrary(&mut Unstructured::new(b"bytes of a fuzzer"))?;
/// let registration = Policy::TOOLKIT.validate(&draft).expect("valid");
/// let body = registration.encode_form().to_string();
/// assert_eq!(Policy::TOOLKIT.validate(&Draft::from_form(body.as_bytes()).unwrap()), Ok(registration));
/// # Ok::<(), arbitrary::Error>(())
/// ```
impl<'a> Arbitrary<'a> for Draft<'static> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let password = match u.arbitrary::<&str>()? {
            "" => "x".into(),
            text => String::from(text),
        };
        let mut draft = Self::new()
            .user(Handle::arbitrary(u)?)
            .password(password)
            .domain(Label::arbitrary(u)?)
            .suffix(Suffix::arbitrary(u)?)
            .chandle(Handle::arbitrary(u)?)
            .thandle(Handle::arbitrary(u)?);
        if u.arbitrary()? {
            draft = draft.test(*u.choose(&["0", "1"])?);
        }
        if u.arbitrary()? {
            draft = draft.ahandle(Handle::arbitrary(u)?);
        }
        if u.arbitrary()? {
            draft = draft.bhandle(Handle::arbitrary(u)?);
        }
        if u.arbitrary()? {
            draft = draft.period(Period::arbitrary(u)?.to_string());
        }
        let mut hosts: Vec<Host> = Vec::new();
        for _ in 0..u.int_in_range(0..=6)? {
            let server = NameServer::arbitrary(u)?;
            if !hosts.contains(server.host()) {
                hosts.push(server.host().clone());
                draft = draft.name_server(server.to_string());
            }
        }
        Ok(draft)
    }
}

/// Returns an address, of which any of the eight parts may be zero.
fn ipv6(u: &mut Unstructured<'_>) -> Result<Ipv6Addr> {
    let mut parts: [u16; 8] = u.arbitrary()?;
    let zeros: u8 = u.arbitrary()?;
    for (place, part) in parts.iter_mut().enumerate() {
        if zeros >> place & 1 == 1 {
            *part = 0;
        }
    }
    Ok(parts.into())
}

/// Returns a text of letters, digits and hyphens that begins and ends with a letter or digit, and
/// has no hyphen in its fourth place.
fn label(u: &mut Unstructured<'_>, length: usize) -> Result<String> {
    const LEGAL: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-";
    let inner = |place: usize| place > 0 && place != 3 && place + 1 < length;
    let legal = |place| if inner(place) { LEGAL } else { &LEGAL[..LEGAL.len() - 1] };
    (0..length).map(|place| u.choose(legal(place)).map(|&byte| char::from(byte))).collect()
}
