//! Compares `cnic_column` with the parser alone, on the same texts and one core.
//!
//! `cargo run --release -p cnic-datafusion --example speed`

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cnic_response::{Buffers, Parser};
use datafusion::arrow::array::StringArray;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::ScalarValue;
use datafusion::config::ConfigOptions;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF};

fn body(columns: &[&str], rows: usize) -> String {
    let mut text =
        String::from("[RESPONSE]\ncode = 200\ndescription = Command completed successfully\n");
    for column in columns {
        for row in 0..rows {
            text += &format!("property[{column}][{row}] = {column}-{row}.example.com\n");
        }
    }
    text + "EOF\n"
}

fn least(mut run: impl FnMut()) -> Duration {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..15).map(|_| time(&mut run)).min().unwrap_or_default()
}

fn main() {
    let functions = cnic_datafusion::functions();
    let function = functions.iter().find(|function| function.name() == "cnic_column");
    let function: &Arc<ScalarUDF> = function.expect("the function");
    let all = ["domain", "status", "created", "expiration date"];
    for (columns, rows, count) in
        [(&all[..1], 1, 4096), (&all[..1], 100, 512), (&all[..1], 10_000, 8), (&all, 100, 256)]
    {
        let text = body(columns, rows);
        let array = Arc::new(StringArray::from(vec![text.as_str(); count]));
        let mut buffers = Buffers::new();
        let parse = least(|| {
            for body in array.iter().flatten() {
                let response = Parser::new().parse_with(body, &mut buffers).expect("a response");
                black_box(response.row_count());
                buffers.reclaim(response);
            }
        });
        let list = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
        let call = least(|| {
            let args = ScalarFunctionArgs {
                args: vec![
                    ColumnarValue::Array(array.clone()),
                    ColumnarValue::Scalar(ScalarValue::from("domain")),
                ],
                arg_fields: Vec::new(),
                number_rows: count,
                return_field: Arc::new(Field::new("", list.clone(), true)),
                config_options: Arc::new(ConfigOptions::default()),
            };
            black_box(function.invoke_with_args(args).expect("lists"));
        });
        let ratio = parse.as_secs_f64() / call.as_secs_f64();
        println!(
            "{count} x {rows} rows, {} columns: parse {parse:?}, cnic_column {call:?}: {ratio:.2} x its speed",
            columns.len()
        );
    }
}
