//! The table functions.

use std::sync::Arc;

use datafusion::catalog::{TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::logical_expr::Expr;
use datafusion::prelude::SessionContext;

use crate::table::options::TableOptions;

/// Registers the table functions, each a [`ResponseTable`](crate::ResponseTable) in a query:
///
/// * `cnic_responses(path [, columns [, missing_as_null]])`, with the arguments of [`TableOptions`];
/// * `cnic_bodies(path)`, with the text of each response, for an archive.
///
/// ```sql
/// SELECT file, domain FROM cnic_responses('lists/*.txt.gz') WHERE code = 200;
/// SELECT domain FROM cnic_responses('lists', 'domain, created=timestamp', true);
/// SELECT file, response, body FROM cnic_bodies('logs') WHERE cnic_code(body) <> 200;
/// ```
pub fn register_table_function(context: &SessionContext) {
    context.register_udtf("cnic_responses", Arc::new(Responses));
    context.register_udtf("cnic_bodies", Arc::new(Bodies));
}

#[derive(Debug)]
struct Responses;

impl TableFunctionImpl for Responses {
    fn call_with_args(&self, args: TableFunctionArgs<'_, '_>) -> Result<Arc<dyn TableProvider>> {
        const USAGE: &str = "cnic_responses takes a path, and may take columns and whether a missing column is null: \
             cnic_responses('lists/*.txt', 'domain, created=date', true)";
        let (path, columns, missing_as_null) = match args.exprs() {
            [path] => (path, None, None),
            [path, columns] => (path, Some(columns), None),
            [path, columns, missing_as_null] => (path, Some(columns), Some(missing_as_null)),
            _ => return plan_err!("{USAGE}"),
        };
        let Some(path) = text(path) else { return plan_err!("{USAGE}") };
        let mut options = TableOptions::new();
        match columns {
            None | Some(Expr::Literal(ScalarValue::Null, _)) => {}
            Some(columns) => match text(columns) {
                Some(columns) => options = options.columns(columns)?,
                None => return plan_err!("{USAGE}"),
            },
        }
        match missing_as_null {
            None => {}
            Some(Expr::Literal(ScalarValue::Boolean(Some(missing_as_null)), _)) => {
                options = options.missing_as_null(*missing_as_null);
            }
            Some(_) => return plan_err!("{USAGE}"),
        }
        Ok(Arc::new(options.open(path)?))
    }
}

#[derive(Debug)]
struct Bodies;

impl TableFunctionImpl for Bodies {
    fn call_with_args(&self, args: TableFunctionArgs<'_, '_>) -> Result<Arc<dyn TableProvider>> {
        let [path] = args.exprs() else { return plan_err!("{BODIES}") };
        let Some(path) = text(path) else { return plan_err!("{BODIES}") };
        Ok(Arc::new(TableOptions::new().open_bodies(path)?))
    }
}

const BODIES: &str = "cnic_bodies takes a path: cnic_bodies('logs/*.txt')";

fn text(argument: &Expr) -> Option<&str> {
    match argument {
        Expr::Literal(value, _) => value.try_as_str().flatten(),
        _ => None,
    }
}
