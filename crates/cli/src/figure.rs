//! Cells that are numbers or dates.

/// Returns whether a text looks like a number or a date, half of which would be another one.
///
/// It begins with a digit, or with a sign and a digit, and the rest is digits and what stands between them: `1,234.50`,
/// `+49.301234567`, `192.0.2.1`, `2027-03-01 12:00:00.0`, `2027-03-01T12:00:00Z`.
pub(crate) fn is_figure(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let unsigned = unsigned.strip_suffix(['Z', '%']).unwrap_or(unsigned);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut blanks = 0;
    unsigned.bytes().all(|byte| match byte {
        b'0'..=b'9' | b'+' | b'-' | b'.' | b',' | b':' | b'/' => true,
        b' ' | b'T' => {
            blanks += 1;
            blanks == 1
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates() {
        for text in [
            "0",
            "007",
            "-1",
            "+49.301234567",
            "1,234.50",
            "99%",
            "192.0.2.1",
            "2027-03-01",
            "01.03.2027",
            "03/01/2027",
            "2027-03-01 12:00:00.0",
            "2027-03-01T12:00:00Z",
            "2027-03-01T12:00:00+01:00",
        ] {
            assert!(is_figure(text), "{text}");
        }
        for text in [
            "",
            "-",
            "+",
            "Z",
            "%",
            ".5",
            "a1",
            "1a",
            "12 boxes",
            "1 2 3",
            "10.00 EUR",
            "1e5",
            "\u{664}",
        ] {
            assert!(!is_figure(text), "{text}");
        }
    }
}
