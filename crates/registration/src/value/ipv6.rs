//! IPv6 addresses in text.

use core::net::{Ipv4Addr, Ipv6Addr};

/// Reads an IPv6 address (RFC 4291, section 2.2). It accepts the same texts as `FromStr`.
///
/// It is faster: `FromStr` tries to read a dotted quad at every group, and this reads one only
/// where a group is followed by a dot.
pub(crate) fn parse(text: &str) -> Option<Ipv6Addr> {
    let mut groups = [0; 8];
    let mut len = 0;
    let mut gap = None;
    let mut unread = text.as_bytes();
    if let Some(after) = unread.strip_prefix(b"::") {
        gap = Some(0);
        unread = after;
    }
    while !unread.is_empty() {
        let (group, after) = group(unread)?;
        if after.starts_with(b".") {
            let quad: Ipv4Addr = text[text.len() - unread.len()..].parse().ok()?;
            let [a, b, c, d] = quad.octets();
            let last = [[a, b], [c, d]].map(u16::from_be_bytes);
            groups.get_mut(len..len + 2)?.copy_from_slice(&last);
            len += 2;
            break;
        }
        *groups.get_mut(len)? = group;
        len += 1;
        unread = match after {
            [] => after,
            [b':', b':', after @ ..] if gap.is_none() => {
                gap = Some(len);
                after
            }
            [b':', after @ ..] if !after.is_empty() => after,
            _ => return None,
        };
    }
    match gap {
        // The groups after the gap belong at the end. A gap stands for at least one group.
        Some(gap) if len < groups.len() => groups[gap..].rotate_right(8 - len),
        None if len == groups.len() => {}
        _ => return None,
    }
    Some(groups.into())
}

/// Reads one to four hexadecimal digits, and returns the rest of the text.
fn group(text: &[u8]) -> Option<(u16, &[u8])> {
    let (mut value, mut len) = (0, 0);
    while let Some(digit) = text.get(len).and_then(|byte| char::from(*byte).to_digit(16)) {
        value = value << 4 | digit;
        len += 1;
    }
    let value = u16::try_from(value).ok()?;
    (1..=4).contains(&len).then_some((value, &text[len..]))
}
