//! The differences as a table, or as JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::Serializer;

use super::difference::{Cell, Changed, Difference, ListDifference};
use super::{Args, Format};
use crate::failure::Failure;
use crate::json;
use crate::output::{self, Styled};
use crate::sheet::Sheet;

/// What stands in the place of a cell that is not there.
const HOLE: &str = "·";

/// Writes the differences; nothing as a table if there are none.
pub(super) fn write(args: &Args, difference: &Difference<'_>) -> Result<(), Failure> {
    let redact = args.redact;
    match (args.format, difference) {
        (Format::Json, Difference::List(list)) => {
            output::plain(|out| Ok(json::write_line(out, &List::of(list, redact))?))
        }
        (Format::Json, Difference::Object(changed)) => {
            let changed = changed.iter().map(|changed| Value::of(changed, redact)).collect();
            output::plain(|out| Ok(json::write_line(out, &Object { changed })?))
        }
        (Format::Table, difference) if difference.is_none() => Ok(()),
        (Format::Table, Difference::List(list)) => {
            output::styled(|out| Ok(list_table(out, list, redact)?))
        }
        (Format::Table, Difference::Object(changed)) => {
            output::styled(|out| Ok(object_table(out, changed, redact)?))
        }
    }
}

/// A line of a table: a sign, what the difference is in, the two values.
type Line<'r> = [Cow<'r, str>; 5];

fn list_table(out: &mut Styled, list: &ListDifference<'_>, redact: bool) -> io::Result<()> {
    let row = |sign: &'static str, key: Option<&'_ Cell<'_>>| -> Line<'_> {
        let key = key.and_then(|cell| cell.shown(redact)).unwrap_or(HOLE);
        [sign.into(), key.to_owned().into(), "".into(), "".into(), "".into()]
    };
    let mut lines = Vec::new();
    lines.extend(list.gone.iter().map(|cells| row("-", cells.first())));
    lines.extend(list.added.iter().map(|cells| row("+", cells.first())));
    for (key, cells) in &list.changed {
        let [mut sign, mut key, ..] = row("~", Some(key));
        for changed in cells {
            let (old, new) = (changed.old_cell().shown(redact), changed.new_cell().shown(redact));
            lines.push([
                std::mem::take(&mut sign),
                std::mem::take(&mut key),
                changed.column.into(),
                old.unwrap_or(HOLE).into(),
                new.unwrap_or(HOLE).into(),
            ]);
        }
    }
    table(out, ["", list.key, "column", "old", "new"], &lines)?;
    let counts =
        [(list.gone.len(), "gone"), (list.added.len(), "added"), (list.changed.len(), "changed")];
    let counts = counts.into_iter().filter(|&(count, _)| count > 0);
    let texts: Vec<_> =
        counts.map(|(count, what)| format!("{} {what}", counted(count, "row"))).collect();
    writeln!(out, "\n{}", texts.join(", "))
}

fn object_table(out: &mut Styled, changed: &[Changed<'_>], redact: bool) -> io::Result<()> {
    let lines: Vec<_> = changed.iter().map(|changed| object_line(changed, redact)).collect();
    table(out, ["", "column", "row", "old", "new"], &lines)?;
    let differ = if changed.len() == 1 { "differs" } else { "differ" };
    writeln!(out, "\n{} {differ}", counted(changed.len(), "value"))
}

fn object_line<'r>(changed: &Changed<'r>, redact: bool) -> Line<'r> {
    let sign = match (changed.row, changed.old, changed.new) {
        (None, Some(_), _) => "-",
        (None, None, _) => "+",
        (Some(_), ..) => "~",
    };
    // A set has no rows, and no holes.
    let hole = if changed.row.is_some() { HOLE } else { "" };
    [
        sign.into(),
        changed.column.into(),
        changed.row.map_or_else(String::new, |row| row.to_string()).into(),
        changed.old_cell().shown(redact).unwrap_or(hole).into(),
        changed.new_cell().shown(redact).unwrap_or(hole).into(),
    ]
}

fn table(out: &mut Styled, header: [&str; 5], lines: &[Line<'_>]) -> io::Result<()> {
    let mut sheet = Sheet::new(header.len());
    header.iter().enumerate().for_each(|(column, name)| sheet.measure(column, name));
    for line in lines {
        line.iter().enumerate().for_each(|(column, cell)| sheet.measure(column, cell));
    }
    sheet.fit(output::terminal_width());
    sheet.header(out, header)?;
    lines.iter().try_for_each(|line| sheet.line(out, line))
}

/// Says how many there are: `1 row`, `2 rows`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The differences of two lists in JSON.
#[derive(Serialize)]
struct List<'r> {
    key: &'r str,
    gone: Vec<Row<'r>>,
    added: Vec<Row<'r>>,
    changed: Vec<ChangedRow<'r>>,
}

impl<'r> List<'r> {
    fn of(list: &'r ListDifference<'r>, redact: bool) -> Self {
        let rows =
            |rows: &'r [Vec<Cell<'r>>]| rows.iter().map(|cells| Row { cells, redact }).collect();
        let changed = |(key, cells): &'r (Cell<'r>, Vec<Changed<'r>>)| ChangedRow {
            key: key.shown(redact),
            cells: cells.iter().map(|changed| Value::of(changed, redact)).collect(),
        };
        Self {
            key: list.key,
            gone: rows(&list.gone),
            added: rows(&list.added),
            changed: list.changed.iter().map(changed).collect(),
        }
    }
}

/// A row as an object: the names of the columns, with `null` for holes.
struct Row<'r> {
    cells: &'r [Cell<'r>],
    redact: bool,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.cells.iter().map(|cell| (cell.column, cell.shown(self.redact))))
    }
}

#[derive(Serialize)]
struct ChangedRow<'r> {
    key: Option<&'r str>,
    cells: Vec<Value<'r>>,
}

/// The differences of two objects in JSON.
#[derive(Serialize)]
struct Object<'r> {
    changed: Vec<Value<'r>>,
}

/// A value that differs, in JSON.
#[derive(Serialize)]
struct Value<'r> {
    column: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<usize>,
    old: Option<&'r str>,
    new: Option<&'r str>,
}

impl<'r> Value<'r> {
    fn of(changed: &Changed<'r>, redact: bool) -> Self {
        let (old, new) = (changed.old_cell().shown(redact), changed.new_cell().shown(redact));
        Self { column: changed.column, row: changed.row, old, new }
    }
}
