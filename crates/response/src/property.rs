//! The grammar of a cell: `property[column][row] = value`.
//!
//! ```text
//! cell   = "property[" column "][" row "]" *blank "=" *blank value
//! column = *( any but "]" )             ; blanks, "=" and "[" included; may be empty
//! row    = 1*DIGIT                      ; decimal, leading zeros allowed
//! ```
//!
//! protocol.md §2.2: the `=` that splits the line is looked for after the brackets.

use nom::Parser;
use nom::bytes::complete::{tag, take_till, take_while};
use nom::character::complete::{char, digit1};
use nom::error::Error;
use nom::sequence::{delimited, terminated};

use crate::lines::trim;

/// A line that fits the grammar. The row is still text: it may not fit in an integer.
pub(crate) struct Property<'t> {
    pub(crate) column: &'t str,
    pub(crate) row: &'t str,
    pub(crate) value: &'t str,
}

const OPENING: &str = "property[";

/// Returns what follows `property[`, in any case, if a line begins with it: whether it is meant to be a cell, well formed or
/// not.
pub(crate) fn opened(line: &str) -> Option<&str> {
    let start = line.as_bytes().get(..OPENING.len())?;
    // The start is ASCII, so the rest begins at a character.
    start.eq_ignore_ascii_case(OPENING.as_bytes()).then(|| &line[OPENING.len()..])
}

/// Reads what follows `property[` in a line without indentation. `None`: it does not fit the grammar.
pub(crate) fn parse(opened: &str) -> Option<Property<'_>> {
    // On bytes, because every separator is ASCII: the pieces between them are text.
    let column = take_till::<_, _, Error<&[u8]>>(|byte| byte == b']');
    let row = delimited(tag("]["), digit1, char(']'));
    let equals = (take_while(|byte| matches!(byte, b' ' | b'\t')), char('='));
    let (value, (column, row)) = (column, terminated(row, equals)).parse(opened.as_bytes()).ok()?;
    let (column, rest) = opened.split_at(column.len());
    let rest = &rest["][".len()..];
    Some(Property {
        column,
        row: &rest[..row.len()],
        value: trim(&opened[opened.len() - value.len()..]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(line: &str, column: &str, row: &str, value: &str) {
        let p = opened(line).and_then(parse).expect("a property");
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
            assert!(parse(opened(line).expect(line)).is_none(), "{line}");
        }
    }

    #[test]
    fn what_does_not_even_begin_like_one() {
        for line in ["", "property", "property = x", "property [a][0] = x", "xproperty[a][0] = x"] {
            assert!(opened(line).is_none(), "{line}");
        }
        // Kelvin sign, long s and the like must not fold to ASCII letters.
        assert!(opened("propertý[a][0] = x").is_none());
    }
}
