//! The order in which cells are copied.

use cnic_response::CellSpans;

use crate::column::text::BLOCK;

/// The cells of a column that are still to be copied, and where to.
pub(crate) struct Uncopied<'r, T> {
    pub(crate) target: T,
    pub(crate) spans: CellSpans<'r>,
}

/// Copies the cells of columns by calls of `copy_block`, each of which takes the next [`BLOCK`] of a
/// column.
///
/// A column after the other, unless the text has them row by row. Then some rows of each column come
/// before the next rows: a long text is read once and not for every column anew.
pub(crate) fn copy<T, E>(
    columns: &mut [Uncopied<'_, T>],
    text: &str,
    mut copy_block: impl FnMut(&mut Uncopied<'_, T>) -> Result<(), E>,
) -> Result<(), E> {
    if are_interleaved(columns) {
        // Columns that are done are left out: there may be thousands beside a long one.
        let mut columns: Vec<_> = columns.iter_mut().collect();
        while let Some(first) = columns.first() {
            read_ahead(first.spans.clone().split_to(BLOCK), text.as_bytes());
            for column in &mut columns {
                copy_block(column)?;
            }
            columns.retain(|column| column.spans.len() > 0);
        }
    } else {
        // What was parsed last may still be in a cache.
        for column in columns.iter_mut().rev() {
            while column.spans.len() > 0 {
                copy_block(column)?;
            }
        }
    }
    Ok(())
}

/// Returns whether the second cell of the first column comes after the first of the second.
fn are_interleaved<T>(columns: &[Uncopied<'_, T>]) -> bool {
    let start = |column: usize, cell: usize| {
        let (_, span) = columns.get(column)?.spans.clone().nth(cell)?;
        Some(span.start)
    };
    start(0, 1).zip(start(1, 0)).is_some_and(|(second, other)| second > other)
}

/// Reads a byte of each cache line of the rows that are copied next, one line after the other. Memory
/// is fast in this order, and not in that of a column, whose cells are a row apart.
fn read_ahead(mut spans: CellSpans<'_>, text: &[u8]) {
    let Some((_, first)) = spans.next() else { return };
    let end = spans.next_back().map_or(first.end, |(_, last)| last.end);
    let rows = text.get(first.start..end).unwrap_or_default();
    std::hint::black_box(rows.iter().step_by(64).fold(0, |seen, byte| seen ^ byte));
}

#[cfg(test)]
mod tests {
    use cnic_response::{Limits, Parser};

    use super::*;

    /// A look at every column for each block of a long one would be quadratic, if the holes of a
    /// table are not limited.
    #[test]
    fn a_long_column_beside_many_short_ones_is_linear() {
        const COLUMNS: usize = 1000;
        const ROWS: usize = 1000 * BLOCK;
        let short = (1..COLUMNS).map(|column| format!("property[c{column}][0] = x\n"));
        let long = (1..ROWS).map(|row| format!("property[a][{row}] = x\n"));
        let lines: String = short.chain(long).collect();
        let text = format!("code = 200\nproperty[a][0] = x\n{lines}");
        let parser = Parser::new().limits(Limits::DEFAULT.holes(u64::MAX));
        let response = parser.parse(&*text).expect("a response");
        let uncopied = response.columns();
        let uncopied = uncopied.map(|column| Uncopied { target: 0, spans: column.spans() });
        let mut columns: Vec<_> = uncopied.collect();
        assert!(columns.len() == COLUMNS && are_interleaved(&columns));
        let mut calls = 0;
        let copied = copy(&mut columns, &text, |Uncopied { target, spans }| {
            calls += 1;
            *target += spans.split_to(BLOCK).len();
            Ok::<_, ()>(())
        });
        copied.expect("no error");
        assert_eq!(columns.iter().map(|column| column.target).sum::<usize>(), ROWS + COLUMNS - 1);
        assert!(calls <= COLUMNS + ROWS / BLOCK, "{calls} calls");
    }
}
