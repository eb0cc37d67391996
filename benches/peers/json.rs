//! Readers of JSON.

use serde_json::Value;
use simd_json::prelude::ValueIntoString;
use simd_json::{Buffers, INPUT_PADDING, Tape};
use sonic_rs::{JsonContainerTrait, JsonValueTrait};

use crate::inputs::Others;
use crate::{Entrant, Input};

/// It keeps the nodes of a document of up to 3 MB in a buffer of the thread by itself. That is all that it can reuse.
pub(crate) fn sonic<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "sonic-rs Value";
    let parse = || sonic_rs::from_str::<sonic_rs::Value>(&others.json).expect("JSON");
    let value = parse();
    let columns = value.get("columns").expect("columns");
    input.check(NAME, |column, row| columns.get(column)?.as_array()?.get(row)?.as_str());
    Entrant::new(NAME, parse)
}

/// It unescapes in place; where nothing is escaped that leaves the text as it was, so that no copy has to be timed.
pub(crate) fn simd<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "simd-json tape";
    let mut json = others.json.clone().into_bytes();
    check(NAME, input, &simd_json::to_tape(&mut json).expect("JSON"));
    assert_eq!(json, others.json.as_bytes());
    Entrant::new(NAME, move || simd_json::to_tape(&mut json).expect("JSON").0.len())
}

/// Into the memory of the document before, from a text with room for its vectors behind it: it copies nothing then.
pub(crate) fn simd_reused<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "simd-json tape, buffers reused";
    let len = others.json.len();
    let mut json = others.json.clone().into_bytes();
    json.resize(len + INPUT_PADDING, 0);
    let mut buffers = Buffers::new(len);
    let mut kept = Tape::null();
    simd_json::fill_tape_padded(&mut json, len, &mut buffers, &mut kept).expect("JSON");
    check(NAME, input, &kept);
    let mut kept: Tape<'static> = kept.reset();
    assert_eq!(&json[..len], others.json.as_bytes());
    Entrant::new(NAME, move || {
        let mut tape = Tape(std::mem::take(&mut kept.0)).reset();
        simd_json::fill_tape_padded(&mut json, len, &mut buffers, &mut tape).expect("JSON");
        let nodes = tape.0.len();
        kept = tape.reset();
        nodes
    })
}

fn check(name: &str, input: &Input, tape: &Tape<'_>) {
    let columns = tape.as_value().get("columns").expect("columns");
    input.check(name, |column, row| columns.get(column)?.as_array()?.get(row)?.into_string());
}

pub(crate) fn serde<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "serde_json Value";
    let parse = || serde_json::from_str::<Value>(&others.json).expect("JSON");
    let value = parse();
    input.check(NAME, |column, row| value["columns"][column][row].as_str());
    Entrant::new(NAME, parse)
}
