//! Responses that are allowed and meant to be slow.

use super::put;

/// A response that leaves the road on which a parser is fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hostile {
    /// Every line is `=` forty times, which is noted and skipped.
    Equals,
    /// Two columns by turns, whose rows leave nearly as many holes as are allowed.
    Gaps,
    /// A thousand blanks in each place of a line where blanks may be.
    LongBlanks,
    /// 16,000 columns, one after the other, whose names differ at the end only.
    ManyColumns,
    /// One column, spelled in another case in each line.
    MixedCase,
    /// One column, whose rows go down.
    RowsDown,
}

impl Hostile {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Equals,
        Self::Gaps,
        Self::LongBlanks,
        Self::ManyColumns,
        Self::MixedCase,
        Self::RowsDown,
    ];

    /// Returns the name: `many_columns`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::Gaps => "gaps",
            Self::LongBlanks => "long_blanks",
            Self::ManyColumns => "many_columns",
            Self::MixedCase => "mixed_case",
            Self::RowsDown => "rows_down",
        }
    }

    /// Returns the number of cells in a response of so many lines.
    #[must_use]
    pub const fn cells(self, lines: usize) -> usize {
        match self {
            Self::Equals => 0,
            _ => lines,
        }
    }

    /// Writes a response with so many lines between the head and `EOF`.
    #[must_use]
    pub fn response(self, lines: usize) -> String {
        let mut text =
            String::from("[RESPONSE]\ncode = 200\ndescription = Command completed successfully\n");
        for line in 0..lines {
            self.write_line(line, lines, &mut text);
        }
        text + "EOF\n"
    }

    fn write_line(self, line: usize, lines: usize, text: &mut String) {
        match self {
            Self::Equals => put(text, format_args!("{:=<40}\n", "")),
            Self::Gaps => {
                let (name, row) =
                    (["even", "odd"][line % 2], line * ((131_072 + 32 * lines) / lines));
                put(text, format_args!("property[{name}][{row}] = x\n"));
            }
            Self::LongBlanks => {
                put(
                    text,
                    format_args!(
                        "{:1000}property[a][{line}]{:1000}={:1000}x{:1000}\n",
                        "", "", "", ""
                    ),
                );
            }
            Self::ManyColumns => {
                let (column, row) = (line % 16_000, line / 16_000);
                put(
                    text,
                    format_args!("property[the name of a column, number {column:05}][{row}] = x\n"),
                );
            }
            Self::MixedCase => {
                let mut name = *b"expirationdate";
                name[line % 14].make_ascii_uppercase();
                let name = name.map(char::from);
                text.push_str("property[");
                text.extend(name);
                put(text, format_args!("][{line}] = x\n"));
            }
            Self::RowsDown => put(text, format_args!("property[a][{}] = x\n", lines - 1 - line)),
        }
    }
}
