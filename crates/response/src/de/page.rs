//! The window of a list, read from the form in which serde writes it.

use core::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::page::Page;

/// The names as [`Page`] is written, in that order.
const NAMES: &[&str] = &["count", "first", "last", "limit", "total", "next_first"];

/// Reads the five members. One that is absent is `None`; others, such as `next_first`, which
/// follows from these, are ignored.
impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Page", NAMES, PageVisitor)
    }
}

struct PageVisitor;

impl<'de> Visitor<'de> for PageVisitor {
    type Value = Page;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the window of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page, A::Error> {
        let mut page = Page::default();
        while let Some(Member(place)) = map.next_key()? {
            match place.and_then(|place| page.members_mut().into_iter().nth(place)) {
                Some(member) => *member = map.next_value()?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(page)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Page, A::Error> {
        let mut page = Page::default();
        for member in page.members_mut() {
            *member = members.next_element()?.flatten();
        }
        members.next_element::<Option<u64>>()?;
        Ok(page)
    }
}

/// The place of a member among [`NAMES`].
struct Member(Option<usize>);

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(MemberVisitor)
    }
}

struct MemberVisitor;

impl Visitor<'_> for MemberVisitor {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Member, E> {
        Ok(Member(Page::NAMES.iter().position(|known| *known == name)))
    }
}
