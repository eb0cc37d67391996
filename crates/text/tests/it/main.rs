//! Tests of `cnic-text`.

mod redaction;
