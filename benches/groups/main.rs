//! The criterion groups: `cargo bench -p cnic-benches -- response/parse`.

mod command;
mod registration;
mod response;

use cnic_benches::Entrant;
use criterion::{BenchmarkId, Criterion, Throughput};

/// Times entrants on one input within a group.
fn bench(c: &mut Criterion, group: &str, input: &str, bytes: usize, entrants: Vec<Entrant<'_>>) {
    let mut group = c.benchmark_group(group);
    group.throughput(Throughput::Bytes(bytes as u64));
    for mut entrant in entrants {
        let id = BenchmarkId::new(entrant.name(), input);
        group.bench_function(id, |b| b.iter(|| entrant.run()));
    }
    group.finish();
}

fn main() {
    let mut c = Criterion::default().configure_from_args();
    response::groups(&mut c);
    command::groups(&mut c);
    registration::groups(&mut c);
    c.final_summary();
}
