//! Files of responses as a table.

mod columns;
mod files;
pub(crate) mod function;
pub(crate) mod options;
mod partition;
mod scan;
mod source;

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};

use crate::table::columns::Columns;
use crate::table::files::Part;
use crate::table::partition::Partition;

/// A table over files of responses. [`TableOptions::open`](crate::TableOptions::open) creates one,
/// and [`open_bodies`](crate::TableOptions::open_bodies) one of whole responses.
///
/// It has a row for each row of each response, and one with nulls for a response without rows, so
/// that none is missing. Its columns:
///
/// * `file`: the path of the file;
/// * `response`: the number of the response in its file, from 0;
/// * `code` and `description` of the response;
/// * `row`: the number of the row in its response, from 0; null if the response has no rows;
/// * the columns of the lists. One with the name of a column above is called `property_NAME`.
///
/// Only the columns that a query asks for are built, and a `LIMIT` ends the reading. Each file is a
/// partition. There are at most 256; with more files, some share a partition. A plain file of more
/// than 64 MiB is split where a response begins, unless the query asks for `response` or has a
/// `LIMIT`. Memory is bounded by the largest response of each partition that is being read.
///
/// An error ends the query, so that no answer is short: a file that can't be read, or that has no
/// response, a response that can't be read or is cut off, a cell that is not of its type, and a
/// response with rows that lacks a column of the query. The error names the file and the response.
#[derive(Debug)]
pub struct ResponseTable {
    columns: Arc<Columns>,
    files: Vec<Part>,
    split_size: u64,
}

/// How many partitions there are at most: each has a thread and an open file.
const MAX_PARTITIONS: usize = 256;

#[async_trait]
impl TableProvider for ResponseTable {
    fn schema(&self) -> SchemaRef {
        self.columns.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let columns = match projection {
            Some(projection) => Arc::new(self.columns.project(projection)),
            None => Arc::clone(&self.columns),
        };
        let schema = columns.schema();
        // The number of a response is known only to who has read all before it, and a limit is
        // reached sooner than the file is split.
        let is_whole = columns.has_number() || limit.is_some();
        let parts = if is_whole { self.files.clone() } else { self.split()? };
        let per_partition = parts.len().div_ceil(MAX_PARTITIONS).max(1);
        let batch_size = state.config().batch_size();
        let partition = |parts: &[Part]| -> Arc<dyn PartitionStream> {
            let (parts, columns) = (parts.to_vec(), Arc::clone(&columns));
            Arc::new(Partition::new(parts, columns, limit, batch_size))
        };
        let partitions = parts.chunks(per_partition).map(partition).collect();
        Ok(Arc::new(StreamingTableExec::try_new(schema, partitions, None, None, false, limit)?))
    }
}

impl ResponseTable {
    fn split(&self) -> Result<Vec<Part>> {
        let mut parts = Vec::with_capacity(self.files.len());
        for file in &self.files {
            parts.extend(file.split(self.split_size)?);
        }
        Ok(parts)
    }
}
