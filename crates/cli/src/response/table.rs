//! A reply as a table for people.

use std::borrow::Cow;
use std::io::{self, Write};

use cnic_response::{Column, Response, Table};

use crate::output::{DIM, fits, new_row, new_table, style_of, visible, write_table};

/// What stands in the place of a cell that is not there. An empty cell is blank.
const HOLE: &str = "·";

/// Writes code and meaning, the table, the page, and what was noted.
pub(crate) fn write(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    head(out, response)?;
    let table = response.table();
    if table.row_count() > 0 {
        writeln!(out)?;
        // A reply about one object has columns of different lengths, and many: it reads better downwards.
        let is_list = response.page().is_some() || response.declared_columns().next().is_some();
        if !is_list {
            object(out, table)?;
        } else if fits(table.columns().count()) {
            rows(out, table)?;
        } else {
            records(out, table)?;
        }
    }
    foot(out, response)
}

fn head(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    let code = response.code();
    let style = style_of(code);
    let description = visible(response.description());
    let meaning = code.meaning().unwrap_or("unknown code");
    match &*description {
        "" => writeln!(out, "{style}{code} {meaning}{style:#}")?,
        text if text.starts_with(meaning) => writeln!(out, "{style}{code} {text}{style:#}")?,
        text => writeln!(out, "{style}{code} {text}{style:#} {DIM}({meaning}){DIM:#}")?,
    }
    for (name, value) in response.fields() {
        writeln!(out, "{DIM}{}: {}{DIM:#}", visible(name).to_ascii_lowercase(), visible(value))?;
    }
    Ok(())
}

/// One line for each row.
fn rows(out: &mut impl Write, table: Table<'_>) -> io::Result<()> {
    let columns: Vec<_> = table.columns().collect();
    let mut sheet = new_table();
    sheet.set_header(new_row(columns.iter().map(|column| visible(column.name()))));
    for row in 0..table.row_count() {
        let cells =
            columns.iter().map(|column| column.get(row).map_or(Cow::Borrowed(HOLE), visible));
        sheet.add_row(new_row(cells));
    }
    write_table(out, &mut sheet)
}

/// One line for each cell, row by row: the row where it begins, the column, the value.
fn records(out: &mut impl Write, table: Table<'_>) -> io::Result<()> {
    let mut sheet = new_table();
    for row in table.rows() {
        let cells = row.cells().filter_map(|(name, value)| Some((name, value?)));
        for (number, (name, value)) in cells.enumerate() {
            let index = if number == 0 { row.index().to_string() } else { String::new() };
            sheet.add_row(new_row([index.into(), visible(name), visible(value)]));
        }
    }
    write_table(out, &mut sheet)
}

/// One line for each cell, column by column: the column, the row where there is more than one, the value.
fn object(out: &mut impl Write, table: Table<'_>) -> io::Result<()> {
    let mut sheet = new_table();
    let indexed = table.row_count() > 1;
    for column in table.columns() {
        for (number, (row, value)) in column.cells().enumerate() {
            let name = if number == 0 { visible(column.name()) } else { "".into() };
            let is_alone = |column: Column<'_>| column.len() == 1;
            let row = if is_alone(column) { String::new() } else { row.to_string() };
            let value = visible(value);
            sheet.add_row(if indexed {
                new_row([name, row.into(), value])
            } else {
                new_row([name, value])
            });
        }
    }
    write_table(out, &mut sheet)
}

fn foot(out: &mut impl Write, response: &Response<'_>) -> io::Result<()> {
    if let Some(page) = response.page() {
        let rows = match (page.count, page.first, page.last) {
            (Some(0), ..) => "no rows".to_owned(),
            (_, Some(first), Some(last)) => format!("rows {first} to {last}"),
            _ => format!("{} rows", response.row_count()),
        };
        let total = page.total.map(|total| format!(" of {total}")).unwrap_or_default();
        let limit = page.limit.map(|limit| format!(", limit {limit}")).unwrap_or_default();
        let next = page.next_first().map(|next| format!(", next FIRST={next}")).unwrap_or_default();
        writeln!(out, "\n{rows}{total}{limit}{next}")?;
    }
    for note in response.notes() {
        writeln!(out, "{DIM}note: {} (line {}){DIM:#}", note.kind(), note.position().line())?;
    }
    Ok(())
}
