//! Patterns with wildcards.

/// Returns whether a text fits a pattern, in which `*` is any text and `?` any character. ASCII case
/// makes no difference. Takes at most pattern × text steps.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
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
            ("a", "ab", false),
            ("ab", "a", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern:?} {text:?}");
        }
    }
}
