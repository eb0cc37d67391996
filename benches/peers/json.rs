//! Readers of JSON.

use serde_json::Value;
use simd_json::prelude::ValueIntoString;
use sonic_rs::{JsonContainerTrait, JsonValueTrait};

use crate::inputs::Others;
use crate::{Entrant, Input};

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
    {
        let tape = simd_json::to_tape(&mut json).expect("JSON");
        let columns = tape.as_value().get("columns").expect("columns");
        input.check(NAME, |column, row| columns.get(column)?.as_array()?.get(row)?.into_string());
    }
    assert_eq!(json, others.json.as_bytes());
    Entrant::new(NAME, move || simd_json::to_tape(&mut json).expect("JSON").0.len())
}

pub(crate) fn serde<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "serde_json Value";
    let parse = || serde_json::from_str::<Value>(&others.json).expect("JSON");
    let value = parse();
    input.check(NAME, |column, row| value["columns"][column][row].as_str());
    Entrant::new(NAME, parse)
}
