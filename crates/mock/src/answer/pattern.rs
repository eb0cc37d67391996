//! Patterns with wildcards.

/// A pattern, in which `*` is any text and `?` any character. ASCII case makes no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(Vec<u8>);

impl Pattern {
    /// Several `*` in a row are one. So a pattern that is long beside a text ends its search early,
    /// and a form of `*` alone does not take a step for each of them at each domain.
    pub(crate) fn new(pattern: &str) -> Self {
        let mut bytes = pattern.as_bytes().to_vec();
        bytes.dedup_by(|byte, before| (*byte, *before) == (b'*', b'*'));
        Self(bytes)
    }

    /// Returns whether a text fits. Takes at most as many steps as the square of the text.
    pub(crate) fn fits(&self, text: &str) -> bool {
        fits(&self.0, text.as_bytes())
    }
}

fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    // Where to go on if the text does not fit: after the last `*`, which takes one byte more.
    let mut again: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                again = Some((at + 1, read));
                at += 1;
            }
            Some(byte) if *byte == b'?' || byte.eq_ignore_ascii_case(&text[read]) => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((after, taken)) = again else { return false };
                again = Some((after, taken + 1));
                (at, read) = (after, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("*.uk.com", "a.uk.com", true),
            ("*.UK.com", "a.uk.com", true),
            ("*.uk.com", "a.uk.com.test", false),
            ("d?0*1", "d10231", true),
            ("d?0*1", "d1021", true),
            ("d?0*1", "d10", false),
            ("*aab*b", "aaaabxb", true),
            ("a***b**", "axb", true),
            ("a***?**", "a", false),
            ("a", "ab", false),
            ("ab", "a", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), expected, "{pattern:?} {text:?}");
        }
    }

    #[test]
    fn a_pattern_of_wildcards_alone_is_one_wildcard() {
        assert_eq!(Pattern::new(&"*".repeat(1 << 20)), Pattern::new("*"));
        assert_eq!(Pattern::new("**a**b??**"), Pattern(b"*a*b??*".to_vec()));
    }
}
