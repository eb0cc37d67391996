//! The grammar of a cell: `property[column][row] = value`.
//!
//! ```text
//! cell   = "property[" column "][" row "]" *blank "=" *blank value
//! column = *( any but "]" )             ; blanks, "=" and "[" included; may be empty
//! row    = 1*DIGIT                      ; decimal, leading zeros allowed
//! ```
//!
//! The `=` that splits the line is looked for after the brackets (docs/protocol.md, section 2.2).

use cnic_text::blanks::{trim, trim_start};
use cnic_text::digits::leading_digits;
use cnic_text::simd::{WIDTH, eq_mask, find_byte};
use cnic_text::{Span, to_usize};
use nom::Parser;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{char, digit1};
use nom::error::Error;
use nom::sequence::{delimited, terminated};

use crate::line::blanks::is_plain;
use crate::note::PropertyFault;
use crate::span::narrow;

/// A line that fits the grammar. The row is still text: it may not fit in an integer.
pub(crate) struct Property<'t> {
    pub(crate) column: &'t str,
    pub(crate) row: &'t str,
    pub(crate) value: &'t str,
}

/// Returns what follows `property[`, in any case, if a line begins with it: whether it is meant to
/// be a cell, well formed or not.
pub(crate) fn strip_property_prefix(line: &str) -> Option<&str> {
    // The start is ASCII, so the rest begins at a character.
    has_property_prefix(line.as_bytes()).then(|| &line["property[".len()..])
}

#[inline]
fn has_property_prefix(line: &[u8]) -> bool {
    // The bit that differs between upper and lower case. With it set, only letters can equal the
    // letters of `property`.
    const SMALL: u64 = u64::from_ne_bytes([0x20; 8]);
    line.split_first_chunk().is_some_and(|(name, rest)| {
        let is_property = u64::from_ne_bytes(*name) | SMALL == u64::from_ne_bytes(*b"property");
        is_property && rest.first() == Some(&b'[')
    })
}

/// Reads what follows `property[` in a line without indentation. `None`: it does not fit the
/// grammar.
pub(crate) fn parse(opened: &str) -> Option<Property<'_>> {
    let (column, rest) = opened.split_at(find_byte(b']', opened.as_bytes())?);
    // On bytes, because every separator is ASCII: the pieces between them are text.
    let row = delimited(tag::<_, _, Error<&[u8]>>("]["), digit1, char(']'));
    let equals = (take_while(|byte| matches!(byte, b' ' | b'\t')), char('='));
    let (value, row) = terminated(row, equals).parse(rest.as_bytes()).ok()?;
    let (line, value) = rest.split_at(rest.len() - value.len());
    Some(Property { column, row: &line["][".len()..][..row.len()], value: trim(value) })
}

/// Returns why [`parse`] rejects something, and which part of it is wrong: a character, or an empty
/// slice where something is missing.
#[cold]
pub(crate) fn fault(opened: &str) -> (PropertyFault, &str) {
    let first = |rest: &str| rest.chars().next().map_or(0, char::len_utf8);
    // A letter or a digit may be the first of a value, and so of a secret.
    let found =
        |rest: &str| rest.chars().next().filter(|c| !c.is_alphabetic() && !c.is_ascii_digit());

    let opened = trim(opened);
    let Some((_, rest)) = opened.split_once(']') else {
        return (PropertyFault::OpenColumn, &opened[opened.len()..]);
    };
    let Some(index) = rest.strip_prefix('[') else {
        return if matches!(trim_start(rest).as_bytes(), [] | [b'=', ..]) {
            (PropertyFault::MissingIndex, &rest[..0])
        } else {
            (PropertyFault::AfterColumn(found(rest)), &rest[..first(rest)])
        };
    };
    let digits = index.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &index[digits..];
    let Some(rest) = rest.strip_prefix(']') else {
        return if matches!(trim_start(rest).as_bytes(), [] | [b'=', ..]) {
            (PropertyFault::OpenIndex, &rest[..0])
        } else {
            (PropertyFault::InIndex(found(rest)), &rest[..first(rest)])
        };
    };
    if digits == 0 {
        return (PropertyFault::EmptyIndex, &index[..0]);
    }
    let rest = trim_start(rest);
    if rest.is_empty() {
        (PropertyFault::MissingEquals, rest)
    } else {
        (PropertyFault::AfterIndex(found(rest)), &rest[..first(rest)])
    }
}

/// Reads a whole line in the spelling of the servers, `property[domain][12] = example.com`, at
/// once: column, row and value.
///
/// `None`: it may be a cell all the same. What is recognised is what [`strip_property_prefix`] and
/// [`parse`] would read, and nothing else.
#[inline(always)]
pub(crate) fn parse_common_form(line: &str) -> Option<(&str, u32, &str)> {
    let opened = strip_property_prefix(line)?;
    // On bytes, because every separator is ASCII: the pieces between them are text.
    let (column, rest) = opened.as_bytes().split_at(find_byte(b']', opened.as_bytes())?);
    let digits = rest.strip_prefix(b"][")?;
    let mut word = [0; 8];
    let (row, len) = leading_digits(match digits.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            word[..digits.len()].copy_from_slice(digits);
            u64::from_le_bytes(word)
        }
    });
    let value = digits[len..].strip_prefix(b"] = ")?;
    if len == 0 || !is_plain(value) {
        return None;
    }
    Some((&opened[..column.len()], row, &opened[opened.len() - value.len()..]))
}

/// A cell as spans of its text.
pub(crate) struct CommonCell {
    pub(crate) column: Span,
    pub(crate) row: u32,
    pub(crate) value: Span,
}

/// The bytes in which a cell in the spelling of the servers is looked for, so that a name has to be
/// shorter than two looks.
const WINDOW: usize = 4 * WIDTH;

impl CommonCell {
    /// Reads the line at `at` as [`parse_common_form`] does, and looks for its end where the name
    /// and the value are looked for anyway.
    ///
    /// `None`: it may be a cell all the same, as each is near the end of the text.
    #[inline(always)]
    pub(crate) fn parse_common_form(text: &[u8], at: usize) -> Option<Self> {
        const NAME: usize = "property[".len();
        #[cfg(test)]
        crate::test_steps::count();
        // Of a known length, so that its parts are taken out without comparisons.
        let line: &[u8; WINDOW] = text.get(at..)?.first_chunk()?;
        if !has_property_prefix(line) {
            return None;
        }
        let look = |from: usize| {
            let bytes = line[from..].first_chunk().expect("a look");
            (eq_mask(bytes, &[b'\n'; WIDTH]), eq_mask(bytes, &[b']'; WIDTH]))
        };
        let (mut from, (mut ends, mut brackets)) = (NAME, look(NAME));
        if brackets == 0 && ends == 0 {
            from = NAME + WIDTH;
            (ends, brackets) = look(from);
        }
        // The first of either is a bracket, and not an LF.
        if brackets == 0 || ends.trailing_zeros() < brackets.trailing_zeros() {
            return None;
        }
        let name_end = from + to_usize(brackets.trailing_zeros() % 32);
        let digits = line[name_end + 2..].first_chunk()?;
        let (row, len) = leading_digits(u64::from_le_bytes(*digits));
        let value = name_end + "][] = ".len() + len;
        let is_index = line[name_end..][..2] == *b"][" && line[value - 4..][..4] == *b"] = ";
        if len == 0 || !is_index {
            return None;
        }
        // There is no LF in an index, so that the first one of the look is the end of the line.
        let end = match ends {
            0 => value + find_byte(b'\n', text.get(at + value..)?)?,
            _ => from + to_usize(ends.trailing_zeros() % 32),
        };
        // An empty value would begin with its LF.
        let is_plain = line[value] > b' ' && *text.get(at + end - 1)? > b' ';
        let span = |start, end| Span { start: narrow(at + start), end: narrow(at + end) };
        is_plain.then(|| Self { column: span(NAME, name_end), row, value: span(value, end) })
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;

    #[track_caller]
    fn reads(line: &str, column: &str, row: &str, value: &str) {
        let p = strip_property_prefix(line).and_then(parse).expect("a property");
        assert_eq!((p.column, p.row, p.value), (column, row, value));
    }

    #[test]
    fn what_fits_the_grammar() {
        reads("property[a][0] = x", "a", "0", "x");
        reads("PROPERTY[a][0]=x", "a", "0", "x");
        reads("pRoPeRtY[a][007]\t = \tx y", "a", "007", "x y");
        reads("property[][0]=", "", "0", "");
        reads("property[a=b][0] = v", "a=b", "0", "v");
        reads("property[a[b][0] = v", "a[b", "0", "v");
        reads("property[ a b ][0] = v", " a b ", "0", "v");
        reads("property[a][0] = b = c", "a", "0", "b = c");
        reads("property[straße][99999999999999999999] = v", "straße", "99999999999999999999", "v");
    }

    /// Every line of up to five pieces that may be, or spoil, the spelling of the servers.
    #[test]
    fn what_is_plain_is_read_alike_by_the_grammar() {
        const PIECES: [&str; 12] = [
            "property[",
            "Property[",
            "a",
            "]",
            "[",
            "][0] = ",
            "1",
            "0000000001",
            " ",
            "x",
            "=",
            "\r",
        ];
        let mut plain_lines = 0;
        for number in 0..12_usize.pow(5) {
            let line: String =
                (0..5).map(|place| PIECES[number / 12_usize.pow(place) % 12]).collect();
            let Some((column, row, value)) = parse_common_form(&line) else { continue };
            plain_lines += 1;
            let parsed = strip_property_prefix(&line).and_then(parse).expect("a cell");
            assert_eq!((parsed.column, parsed.row.parse(), parsed.value), (column, Ok(row), value));
        }
        assert!(plain_lines > 1000, "{plain_lines} lines");
        for left in [
            "property[a][0] = ",
            "property[a][0]=x",
            "property[a][4294967296] = x",
            "property[a][123456789] = x",
            " property[a][0] = x",
        ] {
            assert_eq!(parse_common_form(left), None, "{left}");
        }
        assert_eq!(
            parse_common_form("PROPERTY[a b][99999999] = x y"),
            Some(("a b", 99_999_999, "x y"))
        );
    }

    /// Lines whose names and values are of every length up to more than is looked at, and end or
    /// break off wherever they may.
    #[test]
    fn what_is_plain_is_read_alike_out_of_a_text() {
        let rest = "property[x][1] = y\n".repeat(8);
        let mut cells = 0;
        for name in (0..80).map(|len| "n".repeat(len)) {
            for (index, value) in [("0", 0), ("1", 1), ("12345678", 40), ("123456789", 3), ("", 1)]
            {
                let line = format!("property[{name}][{index}] = {}", "v".repeat(value));
                let places = 0..line.len();
                let broken =
                    places.flat_map(|at| ["\n", "]", "[", " ", "\r", "é"].map(|c| (at, c)));
                for (at, other) in broken.chain([(0, "")]) {
                    let line = if other.is_empty() {
                        line.clone()
                    } else {
                        [&line[..at], other, &line[at + 1..]].concat()
                    };
                    let text = format!("{line}\n{rest}");
                    let first = &text[..text.find('\n').expect("a line")];
                    let cell = CommonCell::parse_common_form(text.as_bytes(), 0);
                    let cell = cell.map(|c| (c.column.slice(&text), c.row, c.value.slice(&text)));
                    if name.len() < 50 || cell.is_some() {
                        assert_eq!(cell, parse_common_form(first), "{line:?}");
                    }
                    cells += usize::from(cell.is_some());
                }
            }
        }
        assert!(cells > 10_000, "{cells} cells");
    }

    #[test]
    fn what_does_not() {
        for line in [
            "property[a] = x",
            "property[a][] = x",
            "property[a][-1] = x",
            "property[a][x] = x",
            "property[a][ 0 ] = x",
            "property[a][0]foo = x",
            "property[a][0] foo = x",
            "property[a]b][0] = x",
            "property[a] [0] = x",
            "property[a][0]",
            "property[a][٣] = x",
            "property[a",
            "property[",
        ] {
            assert!(parse(strip_property_prefix(line).expect(line)).is_none(), "{line}");
            let (_, part) = fault(strip_property_prefix(line).expect(line));
            assert!(part.chars().count() <= 1, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_with_it_and_where() {
        use PropertyFault as F;
        for (line, expected, at, len) in [
            ("property[a", F::OpenColumn, 10, 0),
            ("property[", F::OpenColumn, 9, 0),
            ("property[a \t", F::OpenColumn, 10, 0),
            ("property[a][0", F::OpenIndex, 13, 0),
            ("property[a][0 = x", F::OpenIndex, 13, 0),
            ("property[a][", F::OpenIndex, 12, 0),
            ("property[a] = x", F::MissingIndex, 11, 0),
            ("property[a]", F::MissingIndex, 11, 0),
            ("property[a] [0] = x", F::AfterColumn(Some(' ')), 11, 1),
            ("property[a]\u{a0}[0] = x", F::AfterColumn(Some('\u{a0}')), 11, 2),
            ("property[a]b][0] = x", F::AfterColumn(None), 11, 1),
            ("property[a][] = x", F::EmptyIndex, 12, 0),
            ("property[a][-1] = x", F::InIndex(Some('-')), 12, 1),
            ("property[a][1\u{200b}] = x", F::InIndex(Some('\u{200b}')), 13, 3),
            ("property[a][x] = x", F::InIndex(None), 12, 1),
            ("property[a][ 0 ] = x", F::InIndex(Some(' ')), 12, 1),
            ("property[a][٣] = x", F::InIndex(Some('٣')), 12, 2),
            ("property[a][0]\u{a0}= x", F::AfterIndex(Some('\u{a0}')), 14, 2),
            ("property[a][0] : x", F::AfterIndex(Some(':')), 15, 1),
            ("property[a][0]foo = x", F::AfterIndex(None), 14, 1),
            ("property[a][0] 7 = x", F::AfterIndex(None), 15, 1),
            ("property[a][0] ü = x", F::AfterIndex(None), 15, 2),
            ("property[a][0]", F::MissingEquals, 14, 0),
            ("property[a][0] \t", F::MissingEquals, 14, 0),
        ] {
            let (found, part) = fault(strip_property_prefix(line).expect(line));
            let start = part.as_ptr().addr() - line.as_ptr().addr();
            assert_eq!((found, start, part.len()), (expected, at, len), "{line:?}");
        }
    }

    #[test]
    fn what_does_not_even_begin_like_one() {
        for line in ["", "property", "property = x", "property [a][0] = x", "xproperty[a][0] = x"] {
            assert!(strip_property_prefix(line).is_none(), "{line}");
        }
        // Kelvin sign, long s and the like must not fold to ASCII letters.
        assert!(strip_property_prefix("propertý[a][0] = x").is_none());
    }
}
