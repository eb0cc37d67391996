//! Tables for people: aligned by display width, cut to the terminal, coloured only there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use cnic_response::{Class, Code};
use comfy_table::{ContentArrangement, Row, Table, presets};

pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const BOLD: Style = Style::new().bold();

/// Returns the colour of a code's class.
pub(crate) const fn style_of(code: Code) -> Style {
    BOLD.fg_color(Some(anstyle::Color::Ansi(match code.class() {
        Class::Success => AnsiColor::Green,
        Class::Temporary => AnsiColor::Yellow,
        Class::Permanent => AnsiColor::Red,
        _ => AnsiColor::Magenta,
    })))
}

/// Standard output, buffered, as it is.
pub(crate) fn plain() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Standard output for styled text: the styles are dropped unless it is a terminal that may have colours.
pub(crate) fn styled() -> AutoStream<StdoutLock<'static>> {
    let stdout = io::stdout().lock();
    let choice =
        if stdout.is_terminal() { AutoStream::choice(&stdout) } else { ColorChoice::Never };
    AutoStream::new(stdout, choice)
}

/// Makes text harmless to a terminal: what would move its cursor or turn its text round is written as an escape.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if harmful(c) {
            let _ = write!(safe, "{}", c.escape_default());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Returns whether so many columns can stand side by side, ten characters for each.
pub(crate) fn fits(columns: usize) -> bool {
    let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
    width.is_none_or(|width| columns * 10 <= usize::from(width))
}

/// Makes an empty table: columns two blanks apart, cut to the width of the terminal if there is one.
pub(crate) fn new_table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_truncation_indicator("…");
    match terminal_size::terminal_size_of(io::stdout()) {
        Some((width, _)) => {
            table.set_width(width.0).set_content_arrangement(ContentArrangement::Dynamic)
        }
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

/// Makes a row, one line high.
pub(crate) fn new_row<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> Row {
    let mut row = Row::from(cells);
    row.max_height(1);
    row
}

/// Writes a table, its header in bold.
pub(crate) fn write_table(out: &mut impl Write, table: &mut Table) -> io::Result<()> {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let header = usize::from(table.header().is_some());
    let mut text = String::new();
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        if number < header {
            let _ = writeln!(text, "{BOLD}{line}{BOLD:#}");
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_could_move_the_cursor_is_written_as_an_escape() {
        assert_eq!(visible("plain \u{fc}nicode"), "plain \u{fc}nicode");
        assert_eq!(visible("\u{1b}[2J\ta\rb"), "\\u{1b}[2J\\ta\\rb");
        assert_eq!(visible("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(visible("moc\u{202e}.elpmaxe"), "moc\\u{202e}.elpmaxe");
    }
}
