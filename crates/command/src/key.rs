//! Keys, names and values: what they may be made of, and when two keys are the same.

use alloc::borrow::Cow;
use core::hash::{Hash, Hasher};

use crate::error::BuildErrorKind;

/// Returns whether a text may be a key or the name of a command: `1*( ALPHA / DIGIT / "-" / "_" )`.
pub(crate) fn is_key(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.bytes().all(legal)
}

pub(crate) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Trims SP and TAB from both ends.
pub(crate) fn trim(s: &str) -> &str {
    s.trim_matches(is_blank)
}

/// Checks that a value can be one line of a command, and reads back as it is.
pub(crate) fn check_value(value: &str) -> Result<(), BuildErrorKind> {
    if memchr::memchr3(b'\r', b'\n', 0, value.as_bytes()).is_some() {
        Err(BuildErrorKind::ControlCharacter)
    } else if trim(value).len() != value.len() {
        Err(BuildErrorKind::OuterBlank)
    } else {
        Ok(())
    }
}

/// Reads a decimal index as the protocol writes it: no sign and no leading zero. `007` is not an index.
pub(crate) fn canonical_index(digits: &str) -> Option<u32> {
    let canonical = digits == "0" || !digits.starts_with('0');
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (canonical && all_digits).then(|| digits.parse().ok())?
}

/// Returns what follows `family` in a key, whatever their case: `007` for `DomainTag007` and `domaintag`.
pub(crate) fn suffix<'k>(key: &'k str, family: &str) -> Option<&'k str> {
    let (start, rest) = key.split_at_checked(family.len())?;
    start.eq_ignore_ascii_case(family).then_some(rest)
}

/// The key of a parameter: two that differ in ASCII case only are equal.
#[derive(Clone)]
pub(crate) struct Key<'t>(pub(crate) Cow<'t, str>);

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Wanted(&self.0).hash(state);
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Key<'_> {}

/// A key that is looked for.
pub(crate) struct Wanted<'k>(pub(crate) &'k str);

impl Hash for Wanted<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Through a buffer, because hashing byte by byte is slow.
        let mut folded = [0; 32];
        for piece in self.0.as_bytes().chunks(folded.len()) {
            let folded = &mut folded[..piece.len()];
            folded.copy_from_slice(piece);
            folded.make_ascii_lowercase();
            state.write(folded);
        }
    }
}

impl indexmap::Equivalent<Key<'_>> for Wanted<'_> {
    fn equivalent(&self, key: &Key<'_>) -> bool {
        self.0.eq_ignore_ascii_case(&key.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_has_no_leading_zero() {
        assert_eq!(canonical_index("0"), Some(0));
        assert_eq!(canonical_index("4095"), Some(4095));
        assert_eq!(canonical_index("4294967295"), Some(u32::MAX));
        for text in ["", "00", "007", "4294967296", "+1", "-1", " 1", "1 ", "1a", "٣"] {
            assert_eq!(canonical_index(text), None, "{text}");
        }
    }

    #[test]
    fn a_suffix_follows_the_whole_family() {
        assert_eq!(suffix("DomainTag007", "domaintag"), Some("007"));
        assert_eq!(suffix("DOMAINTAG", "DomainTag"), Some(""));
        assert_eq!(suffix("DomainTa", "DomainTag"), None);
        assert_eq!(suffix("AddDomainTag0", "DomainTag"), None);
        assert_eq!(suffix("é0", "e"), None);
    }
}
