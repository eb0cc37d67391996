//! Results as cells, to compare them.

use cnic_ballista::Rows;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};

/// The names of the columns, and the cells of each row. Null is not the empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cells {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Vec<Option<String>>>,
}

impl Cells {
    pub(crate) fn new(names: Vec<String>, batches: &[RecordBatch]) -> Self {
        let options = FormatOptions::default().with_null("\u{0}null");
        let mut rows = Vec::new();
        for batch in batches {
            let columns: Vec<_> = batch
                .columns()
                .iter()
                .map(|column| (column, ArrayFormatter::try_new(column, &options).unwrap()))
                .collect();
            for row in 0..batch.num_rows() {
                let cell = |(column, text): &(_, ArrayFormatter<'_>)| {
                    let column: &&datafusion::arrow::array::ArrayRef = column;
                    column.is_valid(row).then(|| text.value(row).to_string())
                };
                rows.push(columns.iter().map(cell).collect());
            }
        }
        Self { names, rows }
    }

    pub(crate) fn sorted(mut self) -> Self {
        self.rows.sort();
        self
    }
}

impl From<Rows> for Cells {
    fn from(rows: Rows) -> Self {
        let names = rows.schema.fields().iter().map(|field| field.name().clone()).collect();
        Self::new(names, &rows.batches)
    }
}
