//! Files that are read one after the other.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::streaming::PartitionStream;

use crate::table::columns::Columns;
use crate::table::files::Part;
use crate::table::scan;

pub(super) struct Partition {
    parts: Vec<Part>,
    columns: Arc<Columns>,
    schema: SchemaRef,
    limit: Option<usize>,
    batch_size: usize,
}

impl Partition {
    pub(super) fn new(
        parts: Vec<Part>,
        columns: Arc<Columns>,
        limit: Option<usize>,
        batch_size: usize,
    ) -> Self {
        Self { parts, schema: columns.schema(), columns, limit, batch_size }
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Partition").field("parts", &self.parts).finish_non_exhaustive()
    }
}

impl PartitionStream for Partition {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        // One batch waits, one is built.
        let mut stream = RecordBatchReceiverStreamBuilder::new(Arc::clone(&self.schema), 1);
        let batches = stream.tx();
        let (parts, columns) = (self.parts.clone(), Arc::clone(&self.columns));
        let (mut limit, batch_size) = (self.limit.unwrap_or(usize::MAX), self.batch_size);
        stream.spawn_blocking(move || {
            for part in &parts {
                let mut rows = 0;
                let read = scan::rows(part, &columns, batch_size, limit, |batch| {
                    rows += batch.num_rows();
                    // Nobody waits for more if it fails.
                    match batches.blocking_send(Ok(batch)) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    }
                })?;
                limit = limit.saturating_sub(rows);
                if read.is_break() || limit == 0 {
                    break;
                }
            }
            Ok(())
        });
        stream.build()
    }
}

#[cfg(test)]
mod tests {
    use cnic_arrow::CellType;
    use datafusion::physical_plan::common::collect;

    use super::*;
    use crate::table::columns::ListColumn;

    /// Returns the number of rows of files that are read one after the other, to their end.
    async fn count(texts: &[&str], limit: usize) -> Result<usize, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = texts.iter().enumerate().map(|(number, text)| {
            let path = folder.path().join(number.to_string());
            std::fs::write(&path, text).expect("a file");
            Part { path: path.to_str().expect("UTF-8").into(), start: 0, end: None }
        });
        let list = vec![ListColumn { name: "a".to_owned(), cell_type: CellType::Text }];
        let columns = Columns::new(list, true, false).expect("columns");
        let partition = Partition::new(parts.collect(), Arc::new(columns), Some(limit), 8192);
        let batches = collect(partition.execute(Arc::default())).await;
        let batches = batches.map_err(|error| error.to_string())?;
        Ok(batches.iter().map(|batch| batch.num_rows()).sum())
    }

    /// 8,192 of the longest would be more than any machine has.
    #[tokio::test]
    async fn a_batch_has_few_long_bodies() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("long.txt");
        let body =
            format!("[RESPONSE]\ncode = 200\nproperty[a][0] = {}\nEOF\n", "x".repeat(9 << 20));
        std::fs::write(&path, body.repeat(5)).expect("a file");
        let part = Part { path: path.to_str().expect("UTF-8").into(), start: 0, end: None };
        let columns = Arc::new(Columns::of_bodies());
        let partition = Partition::new(vec![part], columns, None, 8192);
        let batches = collect(partition.execute(Arc::default())).await.expect("bodies");
        let rows: Vec<_> = batches.iter().map(|batch| batch.num_rows()).collect();
        assert_eq!(rows, [2, 2, 1]);
    }

    /// Whoever asks with a limit would not see an error that comes after it.
    #[tokio::test]
    async fn what_comes_after_the_limit_is_not_read() {
        let two = "[RESPONSE]\ncode = 200\nproperty[a][0] = x\nproperty[a][1] = y\nEOF\n";
        let broken = "[RESPONSE]\ncode = broken\nEOF\n";
        let stream = two.repeat(2) + broken;
        for limit in 1..=4 {
            let rows = count(&[&stream], limit).await.expect("rows");
            assert_eq!(rows, limit.next_multiple_of(2), "{limit}");
            let rows = count(&[two, two, broken], limit).await.expect("rows");
            assert_eq!(rows, limit.next_multiple_of(2), "{limit}");
        }
        count(&[&stream], 5).await.expect_err("a broken response");
        count(&[two, two, broken], 5).await.expect_err("a broken file");
    }
}
