//! The numbers of responses, where some are left out.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, Int64Array, RecordBatch};
use arrow_schema::ArrowError;

use super::super::added::Added;

/// The numbers that responses have in the input. A builder counts those that it gets, and not those that are malformed.
#[derive(Default)]
pub(super) struct Numbers {
    /// How many responses the builder has counted.
    counted: u64,
    /// From which number of the builder on there are how many more in the input, if that is not as before.
    left_out: Vec<(u64, u64)>,
}

impl Numbers {
    /// Takes the number of the response that the builder counts next.
    pub(super) fn count(&mut self, number: u64) {
        let more = number.saturating_sub(self.counted);
        if self.left_out.last().map_or(0, |&(_, more)| more) != more {
            self.left_out.push((self.counted, more));
        }
        self.counted += 1;
    }

    /// Puts the numbers of the input in place of those of the builder, in a batch that has them.
    pub(super) fn apply(&mut self, batch: RecordBatch) -> Result<RecordBatch, ArrowError> {
        if self.left_out.is_empty() {
            return Ok(batch);
        }
        let schema = batch.schema();
        let at = schema.index_of(Added::Response.name())?;
        let numbers = batch.column(at).as_primitive::<Int64Type>();
        let numbers: Int64Array = numbers.unary(|number| {
            let begun = self.left_out.partition_point(|&(from, _)| from <= number.unsigned_abs());
            let more = begun.checked_sub(1).map_or(0, |last| self.left_out[last].1);
            number.saturating_add_unsigned(more)
        });
        let mut columns = batch.columns().to_vec();
        columns[at] = Arc::new(numbers) as ArrayRef;
        self.left_out.clear();
        RecordBatch::try_new(schema, columns)
    }
}
