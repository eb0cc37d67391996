//! Runs a query.

use datafusion::error::Result;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::SessionContext;

/// Returns the rows of a query. It changes nothing: one that creates or writes is an error.
pub(crate) async fn run(query: &str) -> Result<SendableRecordBatchStream> {
    let mut context = SessionContext::new().enable_url_table();
    cnic_datafusion::register(&mut context)?;
    cnic_datafusion::register_table_function(&context);
    // Cells of CSV are text, as everywhere else: a type that is guessed changes them. And a member
    // that only later lines of JSON have would be left out.
    {
        let state = context.state_ref();
        let mut state = state.write();
        let options = state.table_options_mut();
        options.csv.schema_infer_max_rec = Some(0);
        options.json.schema_infer_max_rec = Some(usize::MAX);
    }
    let options =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    context.sql_with_options(query, options).await?.execute_stream().await
}
