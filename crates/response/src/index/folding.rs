//! How names are compared: ASCII case never matters, and a look-up may also ignore blanks and `_`.
//!
//! Only ASCII folds (docs/protocol.md, section 2.4, rows 42 and 43): `straße` and `STRASSE` are two
//! names.

/// Returns whether two names are the same name.
#[inline]
pub(crate) fn eq_name(a: impl AsRef<[u8]>, b: impl AsRef<[u8]>) -> bool {
    #[cfg(test)]
    crate::test_steps::count();
    let (a, b) = (a.as_ref(), b.as_ref());
    // Nearly always they are spelled alike, or have different lengths.
    a.len() == b.len() && (a == b || eq_folded(a, b))
}

/// Returns whether two names of the same length are the same name.
#[inline(never)]
pub(crate) fn eq_folded(a: &[u8], b: &[u8]) -> bool {
    let eq = |a: u64, b: u64| a == b || fold(a) == fold(b);
    let (Some(end_a), Some(end_b)) = (a.last_chunk(), b.last_chunk()) else {
        return a.eq_ignore_ascii_case(b);
    };
    // The ends first: of names that begin alike, hardly any two end alike.
    let mut words = a.chunks_exact(WORD).zip(b.chunks_exact(WORD));
    eq(u64::from_le_bytes(*end_a), u64::from_le_bytes(*end_b))
        && words.all(|(a, b)| match (a.first_chunk(), b.first_chunk()) {
            (Some(a), Some(b)) => eq(u64::from_le_bytes(*a), u64::from_le_bytes(*b)),
            _ => false,
        })
}

/// Returns the first place where two names have different bytes, case aside, and the bits that
/// differ there, if neither has ended before.
#[inline]
pub(crate) fn first_difference(a: &[u8], b: &[u8]) -> Option<(usize, u8)> {
    // Names that are compared often begin alike, and equal bytes need no folding.
    let words = a.chunks_exact(WORD).zip(b.chunks_exact(WORD));
    let equal = WORD * words.take_while(|(a, b)| a == b).count();
    let rest = a[equal..].iter().zip(&b[equal..]).enumerate();
    rest.map(|(place, (a, b))| (equal + place, a.to_ascii_lowercase() ^ b.to_ascii_lowercase()))
        .find(|&(_, bits)| bits != 0)
}

/// The bytes of a name that are compared at once.
const WORD: usize = 8;

/// Returns eight bytes with their ASCII letters in lower case.
#[inline]
const fn fold(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH << 7;
    // The top bit of each of the seven-bit sums tells whether a byte is `A` or more, or above `Z`.
    let bits = word & !TOP;
    let from_a = bits + EACH * (0x80 - b'A' as u64);
    let above_z = bits + EACH * (0x7f - b'Z' as u64);
    let capitals = from_a & !above_z & !word & TOP;
    word | (capitals >> 2)
}

/// Returns whether two names are the same if blanks and `_` are ignored.
///
/// `credit threshold`, `CREDITTHRESHOLD` and `credit_threshold` are three spellings of one column
/// (docs/protocol.md, section 2.5).
pub(crate) fn eq_ignoring_separators(a: &str, b: &str) -> bool {
    significant(a).eq(significant(b))
}

/// Returns the lower-case bytes of a name without blanks and `_`.
pub(crate) fn significant(name: &str) -> impl Iterator<Item = u8> {
    let is_significant = |byte: &u8| {
        #[cfg(test)]
        crate::test_steps::count();
        !matches!(byte, b' ' | b'\t' | b'_')
    };
    name.bytes().filter(is_significant).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use cnic_text::to_usize;

    use super::*;

    #[test]
    fn only_ascii_case_folds() {
        assert!(eq_name("Domain", "dOMAIN"));
        assert!(!eq_name("straße", "STRASSE"));
        assert!(!eq_name("straße", "STRAẞE"));
        assert!(!eq_name("ı", "i") && !eq_name("ı", "I") && !eq_name("\u{212a}", "k"));
    }

    #[test]
    fn loose_look_up_overlooks_blanks_and_underscores_only() {
        for spelling in
            ["credit threshold", "CREDITTHRESHOLD", "credit_threshold", " Credit\tThreshold_"]
        {
            assert!(eq_ignoring_separators(spelling, "creditthreshold"), "{spelling}");
        }
        assert!(!eq_ignoring_separators("credit-threshold", "creditthreshold"));
        assert!(!eq_ignoring_separators("credit\u{a0}threshold", "creditthreshold"));
    }

    #[test]
    fn names_are_compared_by_words_as_by_bytes() {
        const CHARS: [char; 10] = ['@', 'A', 'Z', '[', 'a', 'z', '{', '\0', 'é', 'É'];
        let mut random = 1_u32;
        let mut next = |below: usize| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            to_usize(random >> 8) % below
        };
        for _ in 0..20_000 {
            let mut names = [const { String::new() }; 2];
            let (len, place) = (next(20), next(20));
            for at in 0..len {
                let both = CHARS[next(10)];
                let other = if at == place { CHARS[next(10)] } else { both };
                names[0].push(both);
                names[1].push(other.to_ascii_lowercase());
            }
            let [mut a, b] = names;
            a.extend(CHARS[next(10)..].first().filter(|_| place == len));
            let differs = |(a, b): (u8, u8)| !a.eq_ignore_ascii_case(&b);
            let by_bytes = a.bytes().zip(b.bytes()).position(differs);
            let folded = |name: &String, at: usize| name.as_bytes()[at].to_ascii_lowercase();
            let difference = |at| (at, folded(&a, at) ^ folded(&b, at));
            let found = first_difference(a.as_bytes(), b.as_bytes());
            assert_eq!(found, by_bytes.map(difference), "{a:?} {b:?}");
            assert_eq!(eq_name(&a, &b), a.eq_ignore_ascii_case(&b), "{a:?} {b:?}");
        }
        for a in 0..=u8::MAX {
            for b in 0..=u8::MAX {
                let words = fold(u64::from_ne_bytes([a; 8])) == fold(u64::from_ne_bytes([b; 8]));
                assert_eq!(words, a.eq_ignore_ascii_case(&b), "{a} {b}");
            }
        }
    }
}
