//! Structured input for proptest: text that is nearly of the protocol, and values with the text that means them.

mod command;
mod pieces;
mod registration;
mod response;
mod stream;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub use self::command::{FramedCommand, TaggedCommand, framed_commands, tagged_commands};
pub use self::pieces::{CELL, COMMAND, COMMAND_FORM, NAME_SERVER, RECEIPT, REGISTRATION, RESPONSE};
pub use self::registration::{Entry, Order, entries, orders};
pub use self::response::{EmptyList, Grid, empty_lists, grids, response, value};
pub use self::stream::{STREAM, Stream, streams};

/// Lines that are of the protocol, or nearly, in any order: what a fuzzer takes long to find.
pub fn soup(words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => select(words).prop_map(|word| word.as_bytes().to_vec()),
        2 => "[ -~]{0,6}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..3),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
