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
