//! What a response says besides its rows, as metadata of a schema.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use cnic_response::{Page, Response};

/// Returns what a response says besides its rows, as the metadata of a schema.
///
/// The keys are `cnic.code`, `cnic.description`, those of `cnic.first`, `cnic.last`, `cnic.count`,
/// `cnic.limit` and `cnic.total` that the response has, and `cnic.value.NAME` for each value of the
/// list as a whole. [`record_batch`](crate::record_batch) adds them.
///
/// ```
/// use cnic_response::Response;
///
/// let text = "code = 200\nproperty[total][0] = 120\nproperty[domain][0] = example.com\n";
/// let metadata = cnic_arrow::metadata(&Response::parse(text)?);
/// assert_eq!((&*metadata["cnic.code"], &*metadata["cnic.total"]), ("200", "120"));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[must_use]
pub fn metadata(response: &Response<'_>) -> HashMap<String, String> {
    let mut metadata = HashMap::from([
        (String::from("cnic.code"), response.code().to_string()),
        (String::from("cnic.description"), String::from(response.description())),
    ]);
    if let Some(Page { first, last, count, limit, total, .. }) = response.page() {
        let members = [
            ("first", first),
            ("last", last),
            ("count", count),
            ("limit", limit),
            ("total", total),
        ];
        for (name, member) in members {
            metadata.extend(member.map(|number| (format!("cnic.{name}"), number.to_string())));
        }
    }
    for (name, value) in response.values() {
        metadata.insert(format!("cnic.value.{name}"), String::from(value));
    }
    metadata
}

/// Adds the metadata to the schema of a response's batch.
pub(crate) fn describe(batch: RecordBatch, response: &Response<'_>) -> RecordBatch {
    let metadata = metadata(response);
    let fields = batch.schema_ref().fields().clone();
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    batch.with_schema(schema).expect("the fields are the same")
}
