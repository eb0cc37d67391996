//! Random responses: a batch has the cells that the table has.

use arrow_array::RecordBatchReader;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use cnic_arrow::{BatchBuilder, BatchOptions, TextBuilder};
use cnic_response::Response;
use cnic_testkit::strategy::{grids, response as reply};
use proptest::prelude::*;

use crate::{names, texts};

proptest! {
    #[test]
    fn a_batch_is_the_rows_of_its_responses(
        grids in proptest::collection::vec((grids(), any::<bool>()), 1..4),
    ) {
        let texts_of: Vec<String> = grids
            .iter()
            .map(|(grid, by_row)| reply(&if *by_row { grid.by_row() } else { grid.by_column() }))
            .collect();
        let responses: Vec<Response<'_>> =
            texts_of.iter().map(|text| Response::parse(text).expect("a response")).collect();

        let mut builder = BatchOptions::new().response_column("#response").build().expect("options");
        for response in &responses {
            builder.push(response).expect("rows");
        }
        let batch = builder.finish();

        let mut expected_names = vec!["#response"];
        for response in &responses {
            for column in response.columns() {
                if !expected_names.contains(&column.name()) {
                    expected_names.push(column.name());
                }
            }
        }
        prop_assert_eq!(names(&batch), &*expected_names);
        let rows = |of: &Response<'_>| of.row_count();
        let numbers: Vec<i64> = (0..)
            .zip(&responses)
            .flat_map(|(number, response)| vec![number; rows(response)])
            .collect();
        prop_assert_eq!(batch["#response"].as_primitive::<Int64Type>().values(), &*numbers);
        for name in &expected_names[1..] {
            // Cell by cell through the look-up of the table, not through the iterators.
            let expected: Vec<Option<&str>> = responses
                .iter()
                .flat_map(|response| (0..rows(response)).map(move |row| response.get(name, row)))
                .collect();
            prop_assert_eq!(texts(&batch[*name]), expected, "{}", name);
        }
    }

    #[test]
    fn a_batch_of_views_is_the_batch_of_texts(grid in grids()) {
        let text = reply(&grid.by_row());
        let response = Response::parse(&*text).expect("a response");
        let mut views = BatchOptions::new().text_views(true).build().expect("options");
        let mut copies = BatchBuilder::default();
        views.push(&response).expect("rows");
        copies.push(&response).expect("rows");
        let (views, copies) = (views.finish(), copies.finish());
        for (view, copy) in views.columns().iter().zip(copies.columns()) {
            prop_assert_eq!(view.as_string_view().iter().collect::<Vec<_>>(), texts(copy));
        }
    }

    #[test]
    fn an_array_is_the_rows_of_its_columns(grid in grids(), by_row in any::<bool>()) {
        let text = reply(&if by_row { grid.by_row() } else { grid.by_column() });
        let response = Response::parse(&*text).expect("a response");
        let mut builder = TextBuilder::new();
        let mut expected = Vec::new();
        for column in response.columns() {
            builder.append_column(column).expect("texts");
            builder.append_nulls(1);
            expected.extend((0..column.height()).map(|row| column.get(row)).chain([None]));
            prop_assert_eq!(builder.len(), expected.len());
        }
        let array = builder.finish();
        prop_assert_eq!(array.iter().collect::<Vec<_>>(), expected);
        prop_assert!(builder.is_empty());
    }

    #[test]
    fn batches_are_together_the_batch(grid in grids(), by_row in any::<bool>(), rows in 1..9_usize) {
        let text = reply(&if by_row { grid.by_row() } else { grid.by_column() });
        let response = Response::parse(&*text).expect("a response");
        let whole = cnic_arrow::record_batch(&response).expect("a batch");
        let batches = cnic_arrow::record_batches(&response, rows);
        prop_assert_eq!(batches.schema(), whole.schema());
        let mut start = 0;
        for batch in batches {
            let batch = batch.expect("a batch");
            prop_assert_eq!(batch.num_rows(), rows.min(whole.num_rows() - start));
            for (part, column) in batch.columns().iter().zip(whole.columns()) {
                let rows = column.slice(start, batch.num_rows());
                prop_assert_eq!(texts(part), texts(&rows));
            }
            start += batch.num_rows();
        }
        prop_assert_eq!(start, whole.num_rows());
    }
}
