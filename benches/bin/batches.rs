//! Responses as record batches, beside parsing alone and beside the same table read from CSV: `batches [--rounds N] [INPUT...]`.
//!
//! The README tells how to read the ratios.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::cast::AsArray;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use cnic_benches::{Entrant, Input, inputs};
use cnic_response::Response;
use cpu_time::ThreadTime;

fn main() -> ExitCode {
    let mut rounds = 41;
    let mut names = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--rounds" {
            rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(0);
        } else {
            names.push(argument);
        }
    }
    if names.is_empty() {
        names = ["list_1k", "list_10k", "list_100k", "list_100k_rows"].map(String::from).to_vec();
    }
    let inputs: Option<Vec<Input>> = names.iter().map(|name| inputs::named(name)).collect();
    let Some(inputs) = inputs.filter(|inputs| rounds > 0 && inputs.iter().all(has_csv)) else {
        eprintln!("usage: batches [--rounds N] [INPUT...], each INPUT a table that is CSV too");
        return ExitCode::from(2);
    };

    // The allocator of the GNU C library gives memory back to the system when a large block is freed, and faults on each page of it
    // the next time, until a block as large as this one was freed; one of 32 MiB is too large for that. That would be a third of the time.
    drop(std::hint::black_box(vec![1_u8; 31 << 20]));
    println!(
        "| input | parse, Mcells/s | in | parse + batches, Mcells/s | × parse | × arrow-csv |"
    );
    println!("|---|--:|---|--:|--:|--:|");
    for input in &inputs {
        let times = times(&mut entrants(input), rounds);
        let [parse, batch, csv, parts, csv_parts] =
            [0, 1, 2, 3, 4].map(|entrant| column(&times, entrant));
        let speed = |times: &[f64]| input.cells as f64 / median(times.to_vec()) / 1e6;
        // Within a round, as elsewhere: what else the machine does changes from one to the next.
        let ratio = |ours: &[f64], other: &[f64]| {
            median(other.iter().zip(ours).map(|(other, ours)| other / ours).collect())
        };
        for (name, ours, csv) in
            [("one batch", batch, csv), ("batches of 8,192 rows", parts, csv_parts)]
        {
            println!(
                "| {} | {:.0} | {name} | {:.0} | {:.2} | {:.2} |",
                input.name,
                speed(&parse),
                speed(&ours),
                ratio(&ours, &parse),
                ratio(&ours, &csv)
            );
        }
    }
    ExitCode::SUCCESS
}

fn has_csv(input: &Input) -> bool {
    input.others.is_some()
}

/// Returns parsing, then parsing and building a batch beside arrow-csv with every column as text, and the same in batches of
/// 8,192 rows that are dropped one after the other, as a stream is read.
fn entrants(input: &Input) -> Vec<Entrant<'_>> {
    let parse = || Response::parse(&*input.text).expect("a response");
    let batch = move || cnic_arrow::record_batch(&parse()).expect("a batch");
    let built = batch();
    input.check("cnic-arrow", |column, row| {
        let column = built.column_by_name(column)?.as_string::<i32>();
        column.iter().nth(row).flatten()
    });

    let csv = &input.others.as_ref().expect("a table in other formats").csv;
    let names = csv.lines().next().unwrap_or_default().split(',');
    let fields: Vec<Field> = names.map(|name| Field::new(name, DataType::Utf8, true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let rows = built.num_rows();
    let parts = Arc::clone(&schema);
    let read = move || read_csv(csv, &schema, rows);
    assert_eq!(read(), rows, "{}", input.name);
    vec![
        Entrant::new("cnic-response", parse),
        Entrant::new("cnic-arrow", batch),
        Entrant::new("arrow-csv", read),
        Entrant::new("cnic-arrow, in parts", move || read_parts(&parse())),
        Entrant::new("arrow-csv, in parts", move || read_csv(csv, &parts, 8192)),
    ]
}

fn read_parts(response: &Response<'_>) -> usize {
    let batches = cnic_arrow::record_batches(response, 8192);
    batches.map(|batch| batch.expect("a batch").num_rows()).sum()
}

/// Reads a table in batches of so many rows.
fn read_csv(csv: &str, schema: &SchemaRef, rows: usize) -> usize {
    let reader = arrow_csv::ReaderBuilder::new(Arc::clone(schema)).with_header(true);
    let batches = reader.with_batch_size(rows).build(csv.as_bytes()).expect("a reader");
    batches.map(|batch| batch.expect("a batch").num_rows()).sum()
}

/// Returns the seconds that each entrant took in each round. Each round starts with another one.
fn times(entrants: &mut [Entrant<'_>], rounds: usize) -> Vec<Vec<f64>> {
    let count = entrants.len();
    let mut time = |entrant: usize| {
        let sample = |_| {
            let start = ThreadTime::now();
            let mut runs = 0;
            while runs == 0 || start.elapsed() < Duration::from_millis(1) {
                entrants[entrant].run();
                runs += 1;
            }
            start.elapsed().as_secs_f64() / f64::from(runs)
        };
        (0..3).map(sample).fold(f64::INFINITY, f64::min)
    };
    let round = |round: usize| {
        let mut times = vec![0.0; count];
        (0..count).map(|turn| (round + turn) % count).for_each(|next| times[next] = time(next));
        times
    };
    (0..rounds).map(round).collect()
}

fn column(times: &[Vec<f64>], entrant: usize) -> Vec<f64> {
    times.iter().map(|round| round[entrant]).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
