//! Leniencies that were used.

use core::fmt;

use cnic_text::{Position, kinds};

/// A leniency that was used to parse a response: its kind, and the line.
///
/// Notes are ordered by position. [`Parser::strict`](crate::Parser::strict) makes the first of them
/// an error.
///
/// ```
/// use cnic_response::{NoteKind, Response};
///
/// let response = Response::parse("code = 200\ndescription = Done\n...\n")?;
/// let note = response.notes()[0];
/// assert_eq!((note.kind(), note.position().line()), (NoteKind::MissingEquals, 3));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    kind: NoteKind,
    position: Position,
}

impl Note {
    pub(crate) const fn new(kind: NoteKind, position: Position) -> Self {
        Self { kind, position }
    }

    /// Returns the kind of leniency.
    ///
    /// ```
    /// # use cnic_response::{NoteKind, Response};
    /// let response = Response::parse("code = 200\ndescription = Done\nEOF\n")?;
    /// assert_eq!(response.notes()[0].kind(), NoteKind::MissingHeader);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn kind(self) -> NoteKind {
        self.kind
    }

    /// Returns the start of the line.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\ndescription = Done\n= x\n")?;
    /// assert_eq!(response.notes()[0].position().to_string(), "line 3, byte 30");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub const fn position(self) -> Position {
        self.position
    }

    pub(crate) const fn offset_by(self, base: Position) -> Self {
        Self { kind: self.kind, position: self.position.offset_by(base) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind, self.position)
    }
}

kinds! {
    /// Why a line that begins with `property[` is not a cell: what was found where.
    ///
    /// The character that was found is given unless it is a letter or a digit: an invisible character
    /// such as a no-break space is hard to find otherwise, while a letter or a digit may be the first
    /// character of a secret.
    ///
    /// ```
    /// use cnic_response::{NoteKind, PropertyFault, Response};
    ///
    /// let response = Response::parse("code = 200\ndescription = Done\nproperty[a][0]\u{a0}= x\n")?;
    /// let note = response.notes()[0];
    /// assert_eq!(note.kind(), NoteKind::MalformedProperty(PropertyFault::AfterIndex(Some('\u{a0}'))));
    /// assert_eq!(note.to_string(), "malformed property: U+00A0 after the index (line 3, byte 30)");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[non_exhaustive]
    pub enum PropertyFault {
        /// Something follows the column that is not `[`: `property[a] [0] = x`. `None`: a letter or
        /// a digit.
        AfterColumn(found: Option<char>) => |f| write_found(f, *found, "after the column"),
        /// Something follows the index that is not `=`: `property[a][0]; = x`. `None`: a letter or
        /// a digit.
        AfterIndex(found: Option<char>) => |f| write_found(f, *found, "after the index"),
        /// There is nothing between the second brackets: `property[a][] = x`.
        EmptyIndex = "empty index",
        /// The index holds something that is not an ASCII digit: `property[a][-1] = x`. `None`: a
        /// letter.
        InIndex(found: Option<char>) => |f| write_found(f, *found, "in the index"),
        /// The line ends after the index: `property[a][0]`.
        MissingEquals = "no `=` after the index",
        /// There is no index: `property[a] = x`.
        MissingIndex = "no index",
        /// The column has no `]`: `property[a = x`.
        OpenColumn = "no `]` after the column",
        /// The index has no `]`: `property[a][0 = x`.
        OpenIndex = "no `]` after the index",
    }
}

fn write_found(f: &mut fmt::Formatter<'_>, found: Option<char>, place: &str) -> fmt::Result {
    match found {
        None => write!(f, "letter or digit {place}"),
        Some(found) if found.is_ascii_graphic() => write!(f, "`{found}` {place}"),
        Some(found) => write!(f, "U+{:04X} {place}", u32::from(found)),
    }
}

macro_rules! note_kinds {
    ($($(#[$doc:meta])+ $name:ident $(($detail:ident: $type:ty))? = $text:literal,)+) => {
        /// The leniencies of the default [`Parser`](crate::Parser).
        ///
        /// ```
        /// use cnic_response::{NoteKind, Response};
        ///
        /// let response = Response::parse("code = 200\ndescription = Done\nEOF\n")?;
        /// assert!(response.notes().iter().any(|note| note.kind() == NoteKind::MissingHeader));
        /// # Ok::<(), cnic_response::ParseError>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum NoteKind {
            $($(#[$doc])+ $name $(($type))?,)+
        }

        impl NoteKind {
            /// The name of every kind of note, in alphabetical order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)+];

            /// Returns the kind's name, as it is spelled here: `TrailingData`. Details are not part
            /// of it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name),)+
                }
            }
        }

        impl fmt::Display for NoteKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $(($detail))? => {
                        f.write_str($text)?;
                        $(write!(f, ": {}", $detail)?;)?
                    })+
                }
                Ok(())
            }
        }
    };
}

note_kinds! {
    /// The text begins with U+FEFF, which was ignored.
    ByteOrderMark = "byte order mark",
    /// `property[count][0]` is a number that differs from the number of rows.
    CountMismatch = "`count` differs from the number of rows",
    /// A cell of the same column and row came before. That one is in the table, this one is [kept
    /// apart](crate::Table::repeated).
    DuplicateCell = "cell given twice",
    /// A top-level field of the same name came before; that one was kept.
    DuplicateField = "field given twice",
    /// There is a description, and it is empty: `description =`.
    EmptyDescription = "empty description",
    /// A field or a cell came before `[RESPONSE]`; it was kept.
    LateHeader = "field before `[RESPONSE]`",
    /// A line begins like a property and is not one: `property[a] = x`, `property[a][-1] = x`,
    /// `property[a][0]x = y`. It was skipped.
    MalformedProperty(fault: PropertyFault) = "malformed property",
    /// `count`, `first`, `last`, `limit` or `total` is not an unsigned decimal number of at most 64
    /// bits, where another of them is one: `property[total][0] = 12.50`. It was kept, as a column
    /// like any other.
    MetadataNotANumber = "`count`, `first`, `last`, `limit` or `total` is not a number",
    /// There is no `description` line.
    MissingDescription = "no `description` field",
    /// A line that is neither blank nor structure has no `=`. It was skipped.
    MissingEquals = "line without `=`",
    /// There is an `EOF` and no `[RESPONSE]`.
    MissingHeader = "`EOF` without `[RESPONSE]`",
    /// A line begins with `=`. It was skipped.
    MissingKey = "nothing before `=`",
    /// The same `code` came before, as in two responses without `EOF`, one after the other, whose
    /// last line is `code`. The first value of every field and cell was kept.
    RepeatedCode = "second `code` field: the text may hold more than one response",
    /// `[RESPONSE]` is given again, before any field or cell.
    RepeatedHeader = "`[RESPONSE]` given twice",
    /// Bytes that are not UTF-8 were replaced by U+FFFD, as
    /// [`Encoding::Utf8Lossy`](crate::Encoding::Utf8Lossy) asks; this is the first line with such
    /// bytes.
    ReplacedBytes = "bytes that are not UTF-8",
    /// Something that is not blank follows `EOF`. It was not read. In a stream: text without a
    /// field, a cell and a `[RESPONSE]`, as [`Responses`](crate::Responses) explains.
    TrailingData = "text after `EOF`",
    /// `[RESPONSE]` without `EOF`, as [`Parser::allow_truncated`](crate::Parser::allow_truncated)
    /// allows.
    Truncated = "`[RESPONSE]` without `EOF`",
}
