//! A response as a human-readable table.

use std::io::{self, Write};

use cnic_response::{Note, Response};

use super::selection::Selected;
use crate::figure::is_figure;
use crate::sheet::Sheet;
use crate::style::{DIM, style_of};
use crate::visible::visible;

/// What stands in the place of a cell that is not there. An empty cell is blank.
pub(super) const HOLE: &str = "·";

/// How many notes are shown.
const NOTES: usize = 20;

/// The least room for a column of a list, in characters: with less of it the rows are written as records.
const COLUMN: usize = 10;

/// How a table is laid out.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    /// How wide the terminal is to which lines are cut, if there is one.
    pub(super) terminal: Option<usize>,
    /// The number of the column that is cut last.
    pub(super) key: usize,
    /// `None`: the response shows whether it is a list.
    pub(super) is_list: Option<bool>,
}

/// Writes code and meaning, the table, the page, and what was noted.
pub(super) fn write(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
    notes: &[Note],
    shape: Shape,
) -> io::Result<()> {
    head(out, response)?;
    let row_count = response.row_count();
    if row_count > 0 {
        writeln!(out)?;
        // A response about one object has columns of different lengths, and many: it reads better downwards.
        let is_list = shape.is_list.unwrap_or_else(|| {
            response.page().is_some() || response.declared_columns().next().is_some()
        });
        if !is_list {
            object(out, columns, row_count, shape.terminal)?;
        } else if let Some(sheet) = fitted(response.as_str(), columns, shape) {
            rows(out, &sheet, columns, row_count)?;
        } else {
            records(out, columns, row_count, shape.terminal)?;
        }
    }
    foot(out, response, notes)
}

fn head(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    let code = response.code();
    let style = style_of(code);
    let description = response.description();
    let meaning = code.meaning().unwrap_or("unknown code");
    let text = visible(description);
    if description.is_empty() {
        writeln!(out, "{style}{code} {meaning}{style:#}")?;
    } else if description.starts_with(meaning) {
        writeln!(out, "{style}{code} {text}{style:#}")?;
    } else {
        writeln!(out, "{style}{code} {text}{style:#} {DIM}({meaning}){DIM:#}")?;
    }
    for (name, value) in response.fields() {
        writeln!(out, "{DIM}{}: {}{DIM:#}", visible(&name.to_ascii_lowercase()), visible(value))?;
    }
    Ok(())
}

/// Returns how wide the columns of a list are; `None` if there is too little room for them.
///
/// A column has room for all of its numbers and dates, or there is too little.
fn fitted(text: &str, columns: &[Selected<'_>], shape: Shape) -> Option<Sheet> {
    let terminal = shape.terminal.unwrap_or(usize::MAX);
    if columns.len().saturating_mul(COLUMN) > terminal {
        return None;
    }
    let is_plain = is_plain(text);
    let mut sheet = Sheet::new(columns.len()).plain(is_plain);
    for (number, column) in columns.iter().enumerate() {
        sheet.measure(number, column.name());
        if is_plain {
            sheet.measure_width(number, column.longest());
        } else {
            column.cells().for_each(|(_, value)| sheet.measure(number, value));
        }
    }
    if sheet.fits(shape.terminal) {
        return Some(sheet);
    }
    let figures = |column: &Selected<'_>| {
        let figures = column.cells().filter(|(_, value)| is_figure(value));
        figures.map(|(_, value)| value.len()).max().unwrap_or_default()
    };
    let least: Vec<_> = columns.iter().map(figures).collect();
    sheet.fit_key(terminal, shape.key, &least).then_some(sheet)
}

/// Returns whether all lines are printable ASCII, as most are: each cell is then as wide as it is long.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    // Without a branch for each byte, so that the compiler can look at many at a time.
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, &byte| all & is_plain(byte));
    text.as_bytes().chunks(1 << 12).all(are_plain)
}

/// One line for each row.
fn rows(
    out: &mut impl Write,
    sheet: &Sheet,
    columns: &[Selected<'_>],
    row_count: usize,
) -> io::Result<()> {
    sheet.header(out, columns.iter().map(|column| column.name()))?;
    let mut cells: Vec<_> = columns.iter().map(Selected::iter).collect();
    for _ in 0..row_count {
        let row = cells.iter_mut().map(|cells| cells.next().flatten().unwrap_or(HOLE));
        sheet.line(out, row)?;
    }
    Ok(())
}

/// One line for each cell, row by row: the row where it begins, the column, the value.
fn records(
    out: &mut impl Write,
    columns: &[Selected<'_>],
    row_count: usize,
    terminal: Option<usize>,
) -> io::Result<()> {
    let mut sheet = Sheet::new(3);
    sheet.measure(0, &(row_count - 1).to_string());
    for column in columns {
        sheet.measure(1, column.name());
        column.cells().for_each(|(_, value)| sheet.measure(2, value));
    }
    sheet.fit(terminal);
    let mut cells: Vec<_> = columns.iter().map(|column| (column.name(), column.iter())).collect();
    for row in 0..row_count {
        let mut index = row.to_string();
        for (name, cells) in &mut cells {
            if let Some(value) = cells.next().flatten() {
                sheet.line(out, [&*index, name, value])?;
                index.clear();
            }
        }
    }
    Ok(())
}

/// One line for each cell, column by column: the column, the row where there is more than one, the value.
fn object(
    out: &mut impl Write,
    columns: &[Selected<'_>],
    row_count: usize,
    terminal: Option<usize>,
) -> io::Result<()> {
    let is_indexed = row_count > 1;
    let value_at = if is_indexed { 2 } else { 1 };
    let mut sheet = Sheet::new(value_at + 1);
    if is_indexed {
        sheet.measure(1, &(row_count - 1).to_string());
    }
    for column in columns {
        sheet.measure(0, column.name());
        column.cells().for_each(|(_, value)| sheet.measure(value_at, value));
    }
    sheet.fit(terminal);
    for column in columns {
        let mut name = column.name();
        for (row, value) in column.cells() {
            if is_indexed {
                let row = if column.height() == 1 { String::new() } else { row.to_string() };
                sheet.line(out, [name, &*row, value])?;
            } else {
                sheet.line(out, [name, value])?;
            }
            name = "";
        }
    }
    Ok(())
}

fn foot(out: &mut impl Write, response: &Response<'_>, notes: &[Note]) -> io::Result<()> {
    let mut before = "\n";
    for (name, value) in response.values() {
        writeln!(out, "{before}{}: {}", visible(name), visible(value))?;
        before = "";
    }
    if let Some(page) = response.page() {
        let rows = match (page.count, page.first, page.last) {
            (Some(0), ..) => "no rows".to_owned(),
            (_, Some(first), Some(last)) => format!("rows {first} to {last}"),
            _ => counted(response.row_count(), "row"),
        };
        let total = page.total.map(|total| format!(" of {total}")).unwrap_or_default();
        let limit = page.limit.map(|limit| format!(", limit {limit}")).unwrap_or_default();
        let next = page.next_first().map(|next| format!(", next FIRST={next}")).unwrap_or_default();
        writeln!(out, "\n{rows}{total}{limit}{next}")?;
    }
    for note in notes.iter().take(NOTES) {
        writeln!(out, "{DIM}note: {} (line {}){DIM:#}", note.kind(), note.position().line())?;
    }
    if notes.len() > NOTES {
        let more = counted(notes.len() - NOTES, "more note");
        writeln!(out, "{DIM}and {more}{DIM:#}")?;
    }
    match response.table().repeated().len() {
        0 => Ok(()),
        count => {
            let cells = counted(count, "repeated cell");
            writeln!(out, "{DIM}note: {cells} not shown, see --format json{DIM:#}")
        }
    }
}

/// Says how many there are: `1 row`, `2 rows`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use cnic_testkit::counting::cost;

    use super::*;
    use crate::response::selection::select;

    fn shown(input: &str, terminal: usize) -> String {
        let mut out = Vec::new();
        let response = Response::parse(input).expect("a response");
        let columns = select(&response, &[]).unwrap_or_default();
        let shape = Shape { terminal: Some(terminal), ..Shape::default() };
        write(&mut out, &response, &columns, response.notes(), shape).expect("memory");
        anstream::adapter::strip_str(std::str::from_utf8(&out).expect("UTF-8")).to_string()
    }

    /// Writes a table to nowhere, and returns how many bytes it held meanwhile.
    #[track_caller]
    fn peak(input: &str, terminal: Option<usize>) -> isize {
        let response = Response::parse(input).expect("a response");
        let (written, spent) = cost(|| {
            let columns = select(&response, &[]).unwrap_or_default();
            let shape = Shape { terminal, ..Shape::default() };
            write(&mut io::sink(), &response, &columns, response.notes(), shape)
        });
        written.expect("nowhere is never full");
        spent.peak
    }

    #[test]
    fn a_table_takes_the_memory_of_a_line() {
        let list = "code = 200\nproperty[column][0] = a\n";
        let sparse = format!("{list}property[a][200000] = x\n");
        let columns: String = (0..200)
            .map(|column| format!("property[a{column}][0] = x\nproperty[a{column}][999] = x\n"))
            .collect();
        let wide = format!("{list}{columns}");
        let notes = format!("{list}property[a][0] = x\n{}", "...\n".repeat(100_000));
        let cells: String = (0..50_000).map(|row| format!("property[a][{row}] = x\n")).collect();
        let object = format!("code = 200\n{cells}");
        for input in [&sparse, &wide, &notes, &object, &format!("{list}{cells}")] {
            for terminal in [None, Some(80)] {
                let peak = peak(input, terminal);
                assert!(peak < 50_000, "{peak} bytes");
            }
        }
    }

    #[test]
    fn a_list_with_too_little_room_is_written_as_records() {
        let list = "code = 200\ndescription = Done\nproperty[column][0] = a\n\
            property[a][0] = 1\nproperty[b][0] = 2\nproperty[c][2] =\nproperty[b][2] = 3\n";
        assert!(shown(list, 30).contains("\na  b  c\n"), "{}", shown(list, 30));
        let records = "\n0  a  1\n   b  2\n2  b  3\n   c\n";
        assert!(shown(list, 29).ends_with(records), "{}", shown(list, 29));
    }

    #[test]
    fn a_list_without_room_for_its_numbers_is_written_as_records() {
        let number = "1234567890".repeat(2);
        let list = format!(
            "code = 200\ndescription = Done\nproperty[column][0] = a\nproperty[a][0] = {number}\n\
             property[b][0] = {number}\nproperty[b][1] = x{number}\n"
        );
        let rows = format!("\n{number}  {number}\n·                     x1234567890123456789…\n");
        assert!(shown(&list, 43).contains(&rows.replace("9…", "90")), "{}", shown(&list, 43));
        assert!(shown(&list, 42).contains(&rows.replace("89…", "8…")), "{}", shown(&list, 42));
        let records = format!("\n0  a  {number}\n   b  {number}\n1  b  x{number}\n");
        assert!(shown(&list, 41).ends_with(&records), "{}", shown(&list, 41));
        // No number is ever cut in the middle.
        let records = "\n0  a  …\n   b  …\n1  b  x123456789012345…\n";
        assert!(shown(&list, 23).ends_with(records), "{}", shown(&list, 23));
    }

    #[test]
    fn cells_are_measured_as_they_are_shown() {
        for value in ["plain", "\u{e9}t\u{e9}", "\u{1b}x", "a\tb", "\u{4f8b}", "a\u{b}"] {
            let list = format!(
                "code = 200\ndescription = Done\nproperty[column][0] = a\n\
                 property[a][0] = {value}\nproperty[b][0] = y\nproperty[b][1] = z\n"
            );
            let text = shown(&list, 80);
            let value = visible(value);
            let blanks = " ".repeat(value.width() - 1);
            let expected = format!("\na{blanks}  b\n{value}  y\n·{blanks}  z\n");
            assert!(text.ends_with(&expected), "{text}");
        }
    }

    #[test]
    fn long_cells_are_cut_and_never_wrap() {
        let long = "x".repeat(100);
        let object = format!("code = 200\nproperty[a][0] = {long}\nproperty[b][1] = {long}\n");
        let list = format!("{object}property[column][0] = a\n");
        for (input, terminal) in [(&object, 20), (&list, 20), (&list, 19)] {
            let text = shown(input, terminal);
            let lines = text.lines().filter(|line| line.contains("xxx"));
            assert_eq!(lines.clone().count(), 2, "{text}");
            assert!(lines.clone().all(|line| line.contains('…')), "{text}");
            assert!(lines.clone().all(|line| visible(line).width() <= terminal), "{text}");
        }
    }

    #[test]
    fn columns_of_more_than_one_cell_keep_their_row_numbers() {
        let input = "code = 200\ndescription = Done\nproperty[one][0] = a\n\
            property[two][0] = b\nproperty[two][1] = c\nproperty[late][1] = d\n";
        let table = "\none      a\ntwo   0  b\n      1  c\nlate  1  d\n";
        assert!(shown(input, 80).ends_with(table), "{}", shown(input, 80));
    }

    #[test]
    fn at_most_twenty_notes_are_shown() {
        let notes = |count: usize| {
            shown(&format!("code = 200\ndescription = Done\n{}", "...\n".repeat(count)), 80)
        };
        assert_eq!(notes(20).matches("note: line without `=`").count(), 20);
        assert!(notes(20).contains("(line 22)") && !notes(20).contains("more"));
        assert_eq!(notes(21).matches("note: ").count(), 20);
        assert!(notes(21).contains("and 1 more note\n"));
        assert!(notes(23).ends_with("\nand 3 more notes\n"));
    }

    #[test]
    fn one_row_is_no_rows() {
        let page = |rows: &str| shown(&format!("code = 200\nproperty[first][0] = 0\n{rows}"), 80);
        assert!(page("property[a][0] = x\n").contains("\n1 row\n"));
        assert!(page("property[a][1] = x\n").contains("\n2 rows\n"));
    }
}
