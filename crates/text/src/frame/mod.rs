//! Frames: the texts that follow one another in a stream, such as the responses of a connection.

mod buffer;
mod text;

use crate::line_run::LineRun;
use crate::position::Position;

pub use self::buffer::FrameBuffer;
pub use self::text::TextFrames;

/// What a line is to the frame that is being collected. `N` is what is known of a frame that ends
/// before its own end line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "matched by the crates that this one is for")]
pub enum LineRole<N> {
    /// A blank line before the first line of the frame.
    Before,
    /// A line of the frame.
    Inside,
    /// The last line of the frame.
    Last,
    /// The first line of another frame: this one has no last line.
    Next(N),
}

/// What the lines of a frame said so far about where it ends. The default is before the first line.
pub trait Framing: Default {
    /// What is known of a frame that ends with the first line of the next.
    type Next;

    /// Takes the next line, its end included.
    ///
    /// After [`LineRole::Last`] another frame begins, after [`LineRole::Next`] it begins with this
    /// very line.
    fn line(&mut self, line: &[u8]) -> LineRole<Self::Next>;

    /// Returns whether every line that begins with this byte is [`LineRole::Inside`] and changes
    /// nothing, so that such lines need not be taken one by one.
    fn is_inside(&self, _first: u8) -> bool {
        false
    }

    /// Takes the first bytes of a line that is too long to be seen whole. It ends nothing.
    fn beginning(&mut self, line: &[u8]);

    /// Returns whether there was a line of the frame.
    fn has_started(&self) -> bool;
}

/// A frame that has ended.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "read by the crates that this one is for")]
pub struct Frame<F: Framing> {
    /// Where the frame begins in the stream.
    pub base: Position,
    /// Where it ends.
    pub end: Position,
    /// What its lines said.
    pub framing: F,
    /// What is known of it if it ended with the first line of the next.
    pub next: Option<F::Next>,
}

/// Finds the lines at the front of a text that are inside of the frame as far as their first byte
/// tells.
#[inline]
fn lines_inside(framing: &impl Framing, text: &[u8]) -> LineRun {
    match text.first() {
        Some(&first) if framing.is_inside(first) => LineRun::find(first, text),
        _ => LineRun { len: 0, lines: 0 },
    }
}
