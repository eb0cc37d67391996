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
use nom::bytes::complete::{tag, tag_no_case, take_until, take_while};
use nom::character::complete::{char, digit1};
use nom::combinator::rest;
use nom::error::Error;
use nom::sequence::{delimited, preceded, terminated};

use crate::lines::{is_blank, trim};

/// A line that fits the grammar. The row is still text: it may not fit in an integer.
pub(crate) struct Property<'t> {
    pub(crate) column: &'t str,
    pub(crate) row: &'t str,
    pub(crate) value: &'t str,
}

/// Returns whether a line is meant to be a cell, well formed or not.
pub(crate) fn begins(line: &str) -> bool {
    const OPENING: &[u8] = b"property[";
    line.as_bytes().get(..OPENING.len()).is_some_and(|start| start.eq_ignore_ascii_case(OPENING))
}

/// Reads a whole line, already trimmed. `None`: it does not fit the grammar.
pub(crate) fn parse(line: &str) -> Option<Property<'_>> {
    let column = preceded(tag_no_case::<_, _, Error<&str>>("property["), take_until("]"));
    let row = delimited(tag("]["), digit1, char(']'));
    let equals = (take_while(is_blank), char('='));
    let (_, (column, row, value)) = (column, terminated(row, equals), rest).parse(line).ok()?;
    Some(Property { column, row, value: trim(value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(line: &str, column: &str, row: &str, value: &str) {
        let p = parse(line).expect("a property");
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
            assert!(parse(line).is_none(), "{line}");
            assert!(begins(line), "{line}");
        }
    }

    #[test]
    fn what_does_not_even_begin_like_one() {
        for line in ["", "property", "property = x", "property [a][0] = x", "xproperty[a][0] = x"] {
            assert!(!begins(line), "{line}");
        }
        // Kelvin sign, long s and the like must not fold to ASCII letters.
        assert!(!begins("propertý[a][0] = x"));
    }
}
