//! SQL on texts of responses.

mod functions;
mod table;

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::error::Result;
use datafusion::prelude::SessionContext;

/// A context that knows what this crate adds.
fn context() -> SessionContext {
    let mut context = SessionContext::new();
    cnic_datafusion::register(&mut context).expect("a registry that takes functions");
    cnic_datafusion::register_table_function(&context);
    context
}

/// Returns the rows of an answer, their cells with ` | ` between them.
async fn rows(context: &SessionContext, sql: &str) -> Result<Vec<String>> {
    let batches = context.sql(sql).await?.collect().await?;
    let options = FormatOptions::default().with_null("NULL");
    let mut rows = Vec::new();
    for batch in &batches {
        let columns = batch.columns().iter();
        let columns = columns.map(|column| ArrayFormatter::try_new(column, &options));
        let columns = columns.collect::<std::result::Result<Vec<_>, _>>()?;
        for row in 0..batch.num_rows() {
            let cells = columns.iter().map(|column| column.value(row).to_string());
            rows.push(cells.collect::<Vec<_>>().join(" | "));
        }
    }
    Ok(rows)
}

/// Registers a table `archive` with a column `body`.
fn archive(context: &SessionContext, bodies: ArrayRef) {
    let batch = RecordBatch::try_from_iter([("body", bodies)]).expect("one column");
    context.register_batch("archive", batch).expect("a new table");
}

/// Registers a table `archive` with these texts.
fn texts(context: &SessionContext, bodies: &[Option<&str>]) {
    let bodies: datafusion::arrow::array::StringArray = bodies.iter().copied().collect();
    archive(context, Arc::new(bodies));
}
