//! Registrations and receipts.

use cnic_benches::registrations::Registrations;
use criterion::Criterion;

use crate::bench;

pub(crate) fn groups(c: &mut Criterion) {
    let texts = Registrations::new();
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum();
    let body = texts.body.len();
    bench(c, "registration/check", "labels", bytes(&texts.labels), texts.check_labels());
    let servers = bytes(&texts.name_servers);
    bench(c, "registration/check", "name servers", servers, texts.decode_name_servers());
    bench(c, "registration/check", "draft", body, texts.check());
    bench(c, "registration/validate", "draft", body, texts.validate());
    bench(c, "registration/form", "decode", body, texts.decode_form());
    bench(c, "registration/form", "encode", body, texts.encode_form());
    bench(c, "receipt/parse", "64 receipts", bytes(&texts.receipts), texts.parse_receipts());
}
