//! Text in columns, two blanks apart, written as it comes.

use std::io::{self, Write};

use crate::figure::is_figure;
use crate::style::BOLD;
use crate::visible::visible;

/// The least room that a column has to which another one is preferred, in characters.
const LEAST: usize = 8;

/// How wide each column is. That takes two walks over the cells: the first measures them, the second writes them.
///
/// Neither keeps a cell, so a table takes no more memory than a line of it.
pub(crate) struct Sheet {
    widths: Vec<usize>,
    is_cut: bool,
    is_plain: bool,
}

impl Sheet {
    pub(crate) fn new(columns: usize) -> Self {
        Self { widths: vec![1; columns], is_cut: false, is_plain: false }
    }

    /// Sets whether all cells that begin with an ASCII character are known to be printable ASCII.
    pub(crate) const fn plain(mut self, is_plain: bool) -> Self {
        self.is_plain = is_plain;
        self
    }

    /// Makes room in a column for a text.
    pub(crate) fn measure(&mut self, column: usize, text: &str) {
        let width = &mut self.widths[column];
        *width = visible(text).width().max(*width);
    }

    /// Makes room in a column for a text of which the width is known.
    pub(crate) fn measure_width(&mut self, column: usize, width: usize) {
        self.widths[column] = width.max(self.widths[column]);
    }

    /// Returns whether a line is no longer than the terminal, if there is one.
    pub(crate) fn fits(&self, terminal: Option<usize>) -> bool {
        let blanks = 2 * self.widths.len().saturating_sub(1);
        terminal.is_none_or(|terminal| self.widths.iter().sum::<usize>() + blanks <= terminal)
    }

    /// Cuts columns until a line is no longer than the terminal: the key last, and the widest of the others first.
    ///
    /// No column gets less room than `least` says. Returns whether there is enough for that.
    pub(crate) fn fit_key(&mut self, terminal: usize, key: usize, least: &[usize]) -> bool {
        let room = terminal.saturating_sub(2 * self.widths.len().saturating_sub(1));
        // The least that a column may have, and the most that it needs.
        let mut bounds: Vec<(usize, usize)> = self
            .widths
            .iter()
            .zip(least)
            .map(|(&width, &least)| (least.max(LEAST).min(width), width))
            .collect();
        let others: usize = bounds.iter().map(|(least, _)| least).sum::<usize>() - bounds[key].0;
        let Some(rest) = room.checked_sub(others) else { return false };
        if rest < bounds[key].0 {
            return false;
        }
        let key_width = bounds[key].1.min(rest);
        bounds[key] = (key_width, key_width);
        let level = level(&bounds, room);
        for (width, (least, most)) in self.widths.iter_mut().zip(bounds) {
            *width = level.clamp(least, most);
        }
        self.is_cut = true;
        true
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
        self.cells(out, cells, self.is_plain)?;
        out.write_all(b"\n")
    }

    /// Writes the names of the columns.
    pub(crate) fn header<T: AsRef<str>>(
        &self,
        out: &mut impl Write,
        names: impl IntoIterator<Item = T>,
    ) -> io::Result<()> {
        write!(out, "{BOLD}")?;
        self.cells(out, names, false)?;
        writeln!(out, "{BOLD:#}")
    }

    fn cells<T: AsRef<str>>(
        &self,
        out: &mut impl Write,
        cells: impl IntoIterator<Item = T>,
        is_plain: bool,
    ) -> io::Result<()> {
        // Blanks are written before a text and not after it: there are none at the end of a line.
        let mut blanks = 0;
        for (cell, &width) in cells.into_iter().zip(&self.widths) {
            let cell = cell.as_ref();
            let text = visible(cell);
            let is_known = is_plain && cell.as_bytes().first().is_none_or(u8::is_ascii);
            let plain = if is_known { Some(cell) } else { text.plain() };
            let mut shown = plain.map_or_else(|| text.width(), str::len);
            if shown > 0 {
                pad(out, std::mem::take(&mut blanks))?;
                match plain {
                    // A part of a number is another number.
                    _ if self.is_cut && shown > width && is_figure(cell) => {
                        out.write_all("…".as_bytes())?;
                        shown = 1;
                    }
                    Some(plain) if self.is_cut && shown > width => {
                        out.write_all(&plain.as_bytes()[..width - 1])?;
                        out.write_all("…".as_bytes())?;
                        shown = width;
                    }
                    None if self.is_cut && shown > width => {
                        let cut = text.cut(width);
                        shown = visible(&cut).width();
                        out.write_all(cut.as_bytes())?;
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

/// Returns the most that each column may have, within its bounds, so that all together have no more than the room. There is
/// room for the least.
fn level(bounds: &[(usize, usize)], room: usize) -> usize {
    let used = |level: usize| -> usize {
        bounds.iter().map(|&(least, most)| level.clamp(least, most)).sum()
    };
    let (mut fits, mut too_much) = (0, room + 1);
    while too_much - fits > 1 {
        let middle = fits + (too_much - fits) / 2;
        *(if used(middle) <= room { &mut fits } else { &mut too_much }) = middle;
    }
    fits
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

    fn key_lines(terminal: usize, key: usize, least: &[usize], row: &[&str]) -> Option<String> {
        let mut sheet = Sheet::new(row.len());
        row.iter().enumerate().for_each(|(column, cell)| sheet.measure(column, cell));
        let mut out = Vec::new();
        sheet.fit_key(terminal, key, least).then(|| {
            sheet.line(&mut out, row).expect("memory");
            assert!(visible(std::str::from_utf8(&out).expect("UTF-8").trim()).width() <= terminal);
            String::from_utf8(out).expect("UTF-8")
        })
    }

    #[test]
    fn the_key_is_cut_last_and_nothing_below_its_least() {
        let row = ["twelve......", "key: twenty.........", "ten......."];
        let cut = |terminal| key_lines(terminal, 1, &[0, 0, 0], &row);
        let shown = |text: &str| Some(format!("{text}\n"));
        assert_eq!(cut(46), shown("twelve......  key: twenty.........  ten......."));
        assert_eq!(cut(45), shown("twelve....…  key: twenty.........  ten......."));
        assert_eq!(cut(44), shown("twelve...…  key: twenty.........  ten......."));
        assert_eq!(cut(42), shown("twelve..…  key: twenty.........  ten.....…"));
        assert_eq!(cut(40), shown("twelve.…  key: twenty.........  ten....…"));
        assert_eq!(cut(39), shown("twelve.…  key: twenty.......…  ten....…"));
        assert_eq!(cut(28), shown("twelve.…  key: tw…  ten....…"));
        assert_eq!(cut(27), None);
        let dates = ["2027-03-01", "key: twenty.........", "twelve......"];
        let cut = |terminal| key_lines(terminal, 1, &[10, 0, 0], &dates);
        assert_eq!(cut(42), shown("2027-03-01  key: twenty.........  twelve.…"));
        assert_eq!(cut(30), shown("2027-03-01  key: tw…  twelve.…"));
        assert_eq!(cut(29), None);
    }

    #[test]
    fn a_number_is_not_cut_in_the_middle() {
        assert_eq!(
            lines(Some(9), &[&["1234567890", "ab"], &["x234567890", "ab"]]),
            "…      ab\nx23…   ab\n".replace("x23…   ab", "x234…  ab")
        );
    }

    #[test]
    fn columns_stay_aligned_behind_a_cut_in_front_of_a_wide_character() {
        assert_eq!(lines(Some(8), &[&["例例例", "ab"], &["abcdef", "ab"]]), "例…   ab\nabc…  ab\n");
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
