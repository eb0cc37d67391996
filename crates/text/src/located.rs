//! What is wrong, and where.

use core::fmt;
use core::ops::Range;

use crate::position::{Position, Span};

/// The kinds of an error of one crate: what can be wrong.
pub trait Kind: Copy + fmt::Display {
    /// The module of the crate `cnic` that the kinds are in: `cnic::command`.
    const MODULE: &'static str;

    /// Returns the name of the kind.
    fn name(&self) -> &'static str;

    /// Returns what can be done about it, if there is something to say that the message does not.
    fn help(&self) -> Option<&'static str> {
        None
    }

    /// Returns whether the text is the beginning of one whose end was cut off.
    fn is_truncated(&self) -> bool {
        false
    }

    /// Returns the kind as seen from a text in which its own text starts at `base`, if it holds a
    /// place.
    #[must_use]
    fn offset_by(self, _base: Position) -> Self {
        self
    }

    /// Writes what is wrong with the bytes of `span`, in the line at `position`. It is for kinds
    /// whose message names a place.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        _position: Position,
        _span: Range<usize>,
    ) -> fmt::Result {
        self.fmt(f)
    }
}

/// An error in a text: its kind, the line, and the bytes that are wrong.
///
/// It never holds a piece of the text, which may be a password. It takes at most 24 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Located<K> {
    kind: K,
    position: Position,
    span: Span,
}

impl<K: Kind> Located<K> {
    /// Creates an error.
    #[inline]
    #[must_use]
    pub fn new(kind: K, position: Position, span: impl Into<Span>) -> Self {
        Self { kind, position, span: span.into() }
    }

    /// Creates an error about something that is missing at a place.
    #[inline]
    #[must_use]
    pub const fn at(kind: K, position: Position) -> Self {
        Self { kind, position, span: Span::empty_at(position.byte()) }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> K {
        self.kind
    }

    /// Returns the start of the line that is wrong; of something missing, the line where reading
    /// ended.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// Returns the bytes that are wrong, counted from the start of the text. The range is empty
    /// where something is missing.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// Returns whether the text is the beginning of one whose end was cut off.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.kind.is_truncated()
    }

    /// Returns the error as seen from a text in which its own text starts at `base`:
    /// [`Position::at_byte`] for a part of a line. The sums saturate at `u32::MAX`.
    #[must_use]
    pub fn offset_by(self, base: Position) -> Self {
        Self {
            kind: self.kind.offset_by(base),
            position: self.position.offset_by(base),
            span: self.span.offset_by(base),
        }
    }
}

impl<K: Kind> fmt::Display for Located<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.write(f, self.position, self.span())?;
        write!(f, " ({})", self.position)
    }
}

impl<K: Kind + fmt::Debug> core::error::Error for Located<K> {}
