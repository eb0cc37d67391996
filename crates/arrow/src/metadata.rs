//! What a response says besides its rows, as metadata of a schema.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use cnic_response::{Page, Response};

/// Adds code, description, page and values to the schema of a response's batch.
pub(crate) fn describe(batch: RecordBatch, response: &Response<'_>) -> RecordBatch {
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
    let fields = batch.schema_ref().fields().clone();
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    batch.with_schema(schema).expect("the fields are the same")
}
