//! Commands.

use cnic_benches::commands::Tags;
use criterion::Criterion;

use crate::bench;

pub(crate) fn groups(c: &mut Criterion) {
    let tags = Tags::new();
    let bytes = tags.text.len();
    bench(c, "command/encode", "text", bytes, tags.encode());
    bench(c, "command/build", "set_tags", bytes, tags.set_tags());
    bench(c, "command/build", "set_series", bytes, tags.set_series());
    bench(c, "command/parse", "text", bytes, tags.parse());
    bench(c, "command/form", "encode", bytes, tags.form());
    bench(c, "command/form", "decode", bytes, tags.decode());
}
