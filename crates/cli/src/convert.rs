//! What takes values off a stream.

use std::io::{self, Write};

use cnic_response::Code;
use cnic_text::Position;

use crate::looks::Expected;

/// Takes values off a stream of bytes and writes each in another shape.
pub(crate) trait Convert {
    /// Takes bytes off the front of the chunk until a value is complete; `None` when the chunk is used up.
    ///
    /// The stream ends where there is no chunk. Without `out` the value is checked and not written.
    fn next(
        &mut self,
        chunk: Option<&mut &[u8]>,
        out: Option<&mut impl Write>,
    ) -> io::Result<Option<Outcome>>;

    /// Returns what the stream should hold.
    fn expected(&self) -> Expected;

    /// Says what is wrong with a stream without a value.
    fn empty(&self) -> String;

    /// Begins with another part of the stream, where it is [cut](Self::last_cut): `base` is where the part begins, `is_cut` says
    /// whether the part comes as one chunk and its end is such a place, too.
    fn begin(&mut self, _base: Position, _is_cut: bool) {}

    /// Returns the last place of a part of a stream at which another value of this type can go on, as if it had read all that
    /// comes before it.
    fn last_cut(_: &[u8]) -> Option<usize> {
        None
    }

    /// Returns whether the end of a part, which was taken for the end of the stream, leaves something that belongs to the next
    /// part.
    fn is_open(&self) -> bool {
        false
    }
}

/// What became of a value.
pub(crate) enum Outcome {
    /// It is good.
    Good,
    /// It is good, and says that something failed.
    Unsuccessful(Code),
    /// There is no other value, and something is noted of the stream.
    Noted(String),
    /// It is not good: what is wrong with it, at least one problem.
    Bad(Vec<String>),
}
