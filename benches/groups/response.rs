//! Responses and streams of them. Those above 10,000 rows are left to `compare`.

use cnic_benches::streams::{self, Stream};
use cnic_benches::{inputs, responses};
use criterion::Criterion;

use crate::bench;

const NAMES: [&str; 5] = ["check_32", "list_1k", "wide", "sparse", "list_10k"];

pub(crate) fn groups(c: &mut Criterion) {
    for input in NAMES.into_iter().filter_map(inputs::named) {
        let (name, bytes) = (&*input.name, input.text.len());
        bench(c, "response/lines", name, bytes, responses::tier_one(&input));
        bench(c, "response/parse", name, bytes, responses::parse(&input));
        bench(c, "response/rows", name, bytes, responses::rows(&input));
        if matches!(name, "check_32" | "list_1k") {
            bench(c, "response/page", name, bytes, responses::page(&input));
        }
        if name == "list_10k" {
            bench(c, "response/deserialize", name, bytes, responses::typed(&input));
        }
    }
    for input in inputs::hostile() {
        bench(c, "response/parse", &input.name, input.text.len(), responses::hostile(&input));
    }
    for stream in streams::NAMES.into_iter().filter_map(Stream::named) {
        let (name, bytes) = (&*stream.response.name, stream.text.len());
        bench(c, "response/stream", name, bytes, streams::entrants(&stream));
    }
}
