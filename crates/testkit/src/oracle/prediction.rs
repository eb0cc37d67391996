//! The predicted path of the parser beside the general one.

use arbitrary::{Arbitrary, Unstructured};
use cnic_response::__private::without_prediction;
use cnic_response::{Buffers, Limits, Parser, Response};

/// A piece of a response.
#[derive(Arbitrary, Debug)]
enum Piece<'a> {
    /// Rows of a table.
    Rows {
        first: Row,
        rows: u8,
        /// After how many rows the first comes again.
        period: Option<u8>,
        /// Row by row, or column by column.
        by_row: bool,
        columns: Vec<Column>,
        value: Value<'a>,
        crlf: bool,
    },
    /// Anything, in place of a line or in the middle of one.
    Text(&'a str),
    /// A line of the protocol.
    Word(u8),
}

/// How the cells of a column are written.
#[derive(Arbitrary, Clone, Copy, Debug)]
struct Column {
    name: u8,
    gap: u8,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Row {
    Zero,
    Near(u8),
    /// Where the index gets a digit more.
    Power(u8),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Value<'a> {
    Row,
    Long(u8),
    Odd(u8),
    Any(&'a str),
}

const NAMES: [&str; 9] = [
    "\u{feff}property[domain][",
    "property[domain][",
    "PROPERTY[DOMAIN][",
    "property[][",
    "property[count][",
    " property[a][",
    "\tproperty[expiration date][",
    "property[a name that is too long for a key to fit in][",
    "property[straße=\u{1f980}][",
];

const GAPS: [&str; 6] = ["] = ", "]=", "]\t=\t", "]  =  ", "]              =              ", "]"];

const ODD: [&str; 8] = ["", " ", "x ", "\tx", "\r", "x\r\r", "EOF", "\u{a0}"];

const WORDS: [&str; 8] =
    ["\n", "[RESPONSE]\n", "EOF\n", "code = 200\n", "code=201\r\n", "property[a][0] = ", "0", "]"];

impl Piece<'_> {
    fn write(&self, text: &mut String) {
        match self {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Word(n) => text.push_str(WORDS[usize::from(*n) % WORDS.len()]),
            Piece::Rows { first, rows, period, by_row, columns, value, crlf } => {
                let first = first.number();
                let columns = &columns[..columns.len().min(6)];
                let (rows, width) = (usize::from(rows % 32), columns.len());
                for n in 0..rows * width {
                    let (row, column) =
                        if *by_row { (n / width, n % width) } else { (n % rows, n / rows) };
                    let row = row % period.map_or(rows, |period| usize::from(period % 16) + 1);
                    columns[column].write(text, first + row as u32, *value);
                    text.push_str(if *crlf { "\r\n" } else { "\n" });
                }
            }
        }
    }
}

impl Row {
    const fn number(self) -> u32 {
        match self {
            Self::Zero => 0,
            Self::Near(n) => n as u32,
            Self::Power(n) => 10_u32.pow(n as u32 % 9).saturating_sub(1 + n as u32 / 9 % 16),
        }
    }
}

impl Column {
    fn write(self, text: &mut String, row: u32, value: Value<'_>) {
        text.push_str(NAMES[usize::from(self.name) % NAMES.len()]);
        text.push_str(&row.to_string());
        text.push_str(GAPS[usize::from(self.gap) % GAPS.len()]);
        match value {
            Value::Row => text.push_str(&row.to_string()),
            Value::Long(n) => text.push_str(&"v".repeat(usize::from(n) % 80)),
            Value::Odd(n) => text.push_str(ODD[(usize::from(n) + row as usize) % ODD.len()]),
            Value::Any(value) => text.push_str(value),
        }
    }
}

/// A response from any bytes, taken as a text and as the plan of one: with and without prediction, and into memory that others have used,
/// every cell is the same bytes of the text, and so is every field, note and error.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn response_prediction(bytes: &[u8]) {
    if let Ok(text) = core::str::from_utf8(bytes) {
        agree(text);
    }
    let Ok(plan) = Vec::<Piece<'_>>::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let starts_with_code = bytes.first().is_none_or(|byte| byte % 2 == 0);
    // The first line may be a cell, with a byte order mark or without.
    let (before, after) =
        if starts_with_code { ("code = 200\n", "") } else { ("", "code = 200\n") };
    let mut text = String::from(before);
    for piece in &plan {
        piece.write(&mut text);
        if text.len() > 1 << 16 {
            break;
        }
    }
    text.push_str(after);
    agree(&text);
}

fn agree(text: &str) {
    let mut limits = Limits::DEFAULT;
    (limits.lines, limits.cells, limits.row, limits.columns) = (24, 16, 11, 3);
    limits.holes = 0;
    let sparse = Limits::DEFAULT.holes(u64::MAX);
    let mut buffers = Buffers::new();
    for parser in [
        Parser::new(),
        Parser::strict(),
        Parser::new().allow_truncated(true).limits(limits),
        Parser::new().limits(sparse),
        Parser::new(),
    ] {
        let general = without_prediction(parser).parse(text);
        let predicted = parser.parse(text);
        let reused = parser.parse_with(text, &mut buffers);
        match (&general, &predicted, &reused) {
            (Ok(general), Ok(predicted), Ok(reused)) => {
                same(general, predicted);
                same(general, reused);
            }
            (Err(general), Err(predicted), Err(reused)) => {
                assert_eq!((predicted, reused), (general, general));
            }
            _ => panic!("one of them is a response: {general:?}, {predicted:?}, {reused:?}"),
        }
        if let Ok(reused) = reused {
            buffers.reclaim(reused);
        }
    }
}

/// Holds that two responses are the same to the byte of the text.
fn same(a: &Response<'_>, b: &Response<'_>) {
    assert!(a == b && a.fields().eq(b.fields()), "meaning");
    let other_note = a.notes().iter().zip(b.notes()).find(|(a, b)| a != b);
    assert_eq!((other_note, a.notes().len()), (None, b.notes().len()), "notes");
    assert_eq!((a.page(), a.row_count()), (b.page(), b.row_count()));
    let (again, other) = (a.table().repeated(), b.table().repeated());
    assert_eq!(again.len(), other.len(), "repeated cells");
    for (a, b) in again.zip(other) {
        assert_eq!((a.column().as_ptr(), a.row()), (b.column().as_ptr(), b.row()));
        assert_eq!((a.value().as_ptr(), a.value().len()), (b.value().as_ptr(), b.value().len()));
    }
    assert!(a.values().eq(b.values()), "values of the list");
    assert_eq!(a.columns().count(), b.columns().count());
    for (a, b) in a.columns().zip(b.columns()) {
        assert_eq!((a.name().as_ptr(), a.len()), (b.name().as_ptr(), b.len()));
        let places = a.cells().zip(b.cells()).all(|((row, a), (other, b))| {
            row == other && a.as_ptr() == b.as_ptr() && a.len() == b.len()
        });
        assert!(places && a.cells().count() == b.cells().count(), "cells");
    }
}
