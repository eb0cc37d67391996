//! A response as a human-readable table.

use std::io::{self, Write};

use cnic_response::{Note, Response};

use super::selection::Selected;
use crate::output::{DIM, style_of};
use crate::sheet::Sheet;
use crate::visible::visible;

/// What stands in the place of a cell that is not there. An empty cell is blank.
const HOLE: &str = "·";

/// How many notes are shown.
const NOTES: usize = 20;

/// The least room for a column of a list, in characters: with less of it the rows are written as records.
const COLUMN: usize = 10;

/// Writes code and meaning, the table, the page, and what was noted. The lines of the table are cut to the terminal, if there
/// is one.
pub(crate) fn write(
    out: &mut impl Write,
    response: &Response<'_>,
    columns: &[Selected<'_>],
    notes: &[Note],
    terminal: Option<usize>,
) -> io::Result<()> {
    head(out, response)?;
    let row_count = response.row_count();
    if row_count > 0 {
        writeln!(out)?;
        // A response about one object has columns of different lengths, and many: it reads better downwards.
        let is_list = response.page().is_some() || response.declared_columns().next().is_some();
        let width = columns.len() * COLUMN;
        if !is_list {
            object(out, columns, row_count, terminal)?;
        } else if terminal.is_none_or(|terminal| width <= terminal) {
            rows(out, columns, row_count, terminal)?;
        } else {
            records(out, columns, row_count, terminal)?;
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

/// One line for each row.
fn rows(
    out: &mut impl Write,
    columns: &[Selected<'_>],
    row_count: usize,
    terminal: Option<usize>,
) -> io::Result<()> {
    let mut sheet = Sheet::new(columns.len());
    for (number, column) in columns.iter().enumerate() {
        sheet.measure(number, column.name());
        column.cells().for_each(|(_, value)| sheet.measure(number, value));
    }
    sheet.fit(terminal);
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

    fn shown(reply: &str, terminal: usize) -> String {
        let mut out = Vec::new();
        let response = Response::parse(reply).expect("a response");
        let columns = select(&response, &[]).unwrap_or_default();
        write(&mut out, &response, &columns, response.notes(), Some(terminal)).expect("memory");
        anstream::adapter::strip_str(std::str::from_utf8(&out).expect("UTF-8")).to_string()
    }

    /// Writes a table to nowhere, and returns how many bytes it held meanwhile.
    #[track_caller]
    fn peak(reply: &str, terminal: Option<usize>) -> isize {
        let response = Response::parse(reply).expect("a response");
        let (written, spent) = cost(|| {
            let columns = select(&response, &[]).unwrap_or_default();
            write(&mut io::sink(), &response, &columns, response.notes(), terminal)
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
        for reply in [&sparse, &wide, &notes, &object, &format!("{list}{cells}")] {
            for terminal in [None, Some(80)] {
                let peak = peak(reply, terminal);
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
    fn long_cells_are_cut_and_never_wrap() {
        let long = "x".repeat(100);
        let object = format!("code = 200\nproperty[a][0] = {long}\nproperty[b][1] = {long}\n");
        let list = format!("{object}property[column][0] = a\n");
        for (reply, terminal) in [(&object, 20), (&list, 20), (&list, 19)] {
            let text = shown(reply, terminal);
            let lines = text.lines().filter(|line| line.contains("xxx"));
            assert_eq!(lines.clone().count(), 2, "{text}");
            assert!(lines.clone().all(|line| line.contains('…')), "{text}");
            assert!(lines.clone().all(|line| visible(line).width() <= terminal), "{text}");
        }
    }

    #[test]
    fn columns_of_more_than_one_cell_keep_their_row_numbers() {
        let reply = "code = 200\ndescription = Done\nproperty[one][0] = a\n\
            property[two][0] = b\nproperty[two][1] = c\nproperty[late][1] = d\n";
        let table = "\none      a\ntwo   0  b\n      1  c\nlate  1  d\n";
        assert!(shown(reply, 80).ends_with(table), "{}", shown(reply, 80));
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
