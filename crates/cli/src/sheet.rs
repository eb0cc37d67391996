//! Text in columns, two blanks apart, written as it comes.

use std::io::{self, Write};

use crate::output::BOLD;
use crate::visible::visible;

/// How wide each column is. That takes two walks over the cells: the first measures them, the second writes them.
///
/// Neither keeps a cell, so a table takes no more memory than a line of it.
pub(crate) struct Sheet {
    widths: Vec<usize>,
    is_cut: bool,
}

impl Sheet {
    pub(crate) fn new(columns: usize) -> Self {
        Self { widths: vec![1; columns], is_cut: false }
    }

    /// Makes room in a column for a text.
    pub(crate) fn measure(&mut self, column: usize, text: &str) {
        let width = &mut self.widths[column];
        *width = visible(text).width().max(*width);
    }

    /// Cuts the widest columns until a line is no longer than the terminal, if there is one.
    pub(crate) fn fit(&mut self, terminal: Option<usize>) {
        let Some(terminal) = terminal else { return };
        let mut room = terminal.saturating_sub(2 * self.widths.len().saturating_sub(1));
        let mut widths = self.widths.clone();
        widths.sort_unstable();
        for (number, width) in widths.iter().enumerate() {
            // What every column that is left may have.
            let most = room / (widths.len() - number);
            if *width > most {
                let most = most.max(1);
                self.widths.iter_mut().for_each(|width| *width = most.min(*width));
                self.is_cut = true;
                return;
            }
            room -= width;
        }
    }

    /// Writes a line of cells, one for each column.
    pub(crate) fn line<T: AsRef<str>>(
        &self,
        out: &mut impl Write,
        cells: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        self.cells(out, cells)?;
        out.write_all(b"\n")
    }

    /// Writes the names of the columns.
    pub(crate) fn header<T: AsRef<str>>(
        &self,
        out: &mut impl Write,
        names: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        write!(out, "{BOLD}")?;
        self.cells(out, names)?;
        writeln!(out, "{BOLD:#}")
    }

    fn cells<T: AsRef<str>>(
        &self,
        out: &mut impl Write,
        cells: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        // Blanks are written before a text and not after it: there are none at the end of a line.
        let mut blanks = 0;
        for (cell, &width) in cells.into_iter().zip(&self.widths) {
            let text = visible(cell.as_ref());
            let plain = text.plain();
            let mut shown = plain.map_or_else(|| text.width(), str::len);
            if shown > 0 {
                pad(out, std::mem::take(&mut blanks))?;
                match plain {
                    _ if self.is_cut && shown > width => {
                        write!(out, "{}", text.cut(width))?;
                        shown = width;
                    }
                    // No formatter: it takes longer than the text.
                    Some(plain) => out.write_all(plain.as_bytes())?,
                    None => write!(out, "{text}")?,
                }
            }
            blanks += width - shown + 2;
        }
        Ok(())
    }
}

/// Writes blanks.
fn pad(out: &mut impl Write, mut count: usize) -> io::Result<()> {
    const BLANKS: &[u8; 64] = &[b' '; 64];
    while count > 0 {
        let some = count.min(BLANKS.len());
        out.write_all(&BLANKS[..some])?;
        count -= some;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(terminal: Option<usize>, rows: &[&[&str]]) -> String {
        let mut sheet = Sheet::new(rows[0].len());
        for row in rows {
            row.iter().enumerate().for_each(|(column, cell)| sheet.measure(column, cell));
        }
        sheet.fit(terminal);
        let mut out = Vec::new();
        rows.iter().for_each(|row| sheet.line(&mut out, *row).expect("memory"));
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn columns_are_aligned_and_nothing_follows_the_last_text() {
        let rows: &[&[&str]] = &[&["a", "", "long", ""], &["例例", "", "", ""], &["", "", "", "x"]];
        assert_eq!(lines(None, rows), "a        long\n例例\n               x\n");
        assert_eq!(lines(None, &[&["a"], &[""]]), "a\n\n");
    }

    #[test]
    fn the_widest_columns_are_cut() {
        let rows: &[&[&str]] = &[&["id", "seven..", "twelve......"]];
        assert_eq!(lines(Some(25), rows), "id  seven..  twelve......\n");
        assert_eq!(lines(Some(24), rows), "id  seven..  twelve....…\n");
        assert_eq!(
            lines(Some(19), rows),
            "id  seve…  twelv…\n".replace("seve…  twelv…", "seven…  twelv…")
        );
        assert_eq!(lines(Some(9), rows), "i…  s…  t…\n".replace("i…  s…  t…", "…  …  …"));
        assert_eq!(lines(Some(0), rows), "…  …  …\n");
    }

    #[test]
    fn no_line_is_longer_than_the_terminal() {
        let rows: &[&[&str]] = &[
            &["a", "例例例例例例", "\u{1b}[0m\u{1b}[0m", "x"],
            &["bb", "c", "", "\u{2764}\u{fe0f}"],
        ];
        for terminal in 10..60 {
            for line in lines(Some(terminal), rows).lines() {
                assert!(visible(line).width() <= terminal, "{terminal}: {line}");
            }
        }
    }
}
