//! Parse errors.

use cnic_text::{Kind, Located, Position, kinds, to_u32};

use crate::note::NoteKind;

/// Why a text is not a response: the kind, the line, and the bytes that are wrong.
///
/// The error never holds a piece of the text, which may be a password.
///
/// ```
/// use cnic_response::{ErrorKind, Response};
///
/// let error = Response::parse("[RESPONSE]\ncode = 2xx\nEOF\n").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidCode);
/// assert_eq!((error.position().line(), error.position().byte()), (2, 11));
/// assert_eq!(error.span(), 18..21);
/// assert_eq!(error.to_string(), "`code` is not a number from 100 to 999 (line 2, byte 11)");
/// ```
///
/// # The bytes that are wrong
///
/// `span()` is for a caret under them. It is an index into the text, or into the whole of a stream.
///
/// | Error | Bytes |
/// |---|---|
/// | [`ConflictingCode`](ErrorKind::ConflictingCode), [`InvalidCode`](ErrorKind::InvalidCode) | the value |
/// | [`ColumnLimit`](ErrorKind::ColumnLimit), [`FieldLimit`](ErrorKind::FieldLimit) | the name |
/// | [`HoleLimit`](ErrorKind::HoleLimit), [`IndexOverflow`](ErrorKind::IndexOverflow), [`RowLimit`](ErrorKind::RowLimit) | the row index |
/// | [`CellLimit`](ErrorKind::CellLimit), [`LineLimit`](ErrorKind::LineLimit), [`Markup`](ErrorKind::Markup) | the line without its end |
/// | [`InvalidUtf8`](ErrorKind::InvalidUtf8) | the bytes that are not UTF-8 |
/// | [`Noted`](ErrorKind::Noted) | the byte order mark, the character of a malformed property, else the line without its end |
/// | something is missing | an empty range: where reading ended, or the start of a text without an envelope |
/// | [`ByteLimit`](ErrorKind::ByteLimit), [`Empty`](ErrorKind::Empty) | an empty range at the position |
///
/// The range is one of whole characters. In a stream it stops counting at `u32::MAX`, as the
/// position does. Where an [`Encoding`](crate::Encoding) changes the bytes, the range is one of the
/// decoded text.
///
/// ```
/// use cnic_response::Response;
///
/// let text = "code = 200\nproperty[domain][99999999999] = example.com\n";
/// let error = Response::parse(text).unwrap_err();
/// assert_eq!(&text[error.span()], "99999999999");
/// ```
///
/// # Truncated text
///
/// `is_truncated()` is `true` if the end of the response is missing:
///
/// ```
/// # use cnic_response::Response;
/// assert!(Response::parse("[RESPONSE]\ncode = 200\n").unwrap_err().is_truncated());
/// ```
pub type ParseError = Located<ErrorKind>;

kinds! {
    /// The kinds of [`ParseError`].
    ///
    /// ```
    /// use cnic_response::{ErrorKind, Response};
    ///
    /// let error = Response::parse("<html>502 Bad Gateway</html>").unwrap_err();
    /// assert_eq!((error.kind(), error.kind().name()), (ErrorKind::Markup, "Markup"));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ErrorKind {
        /// The text is longer than [`Limits::bytes`](crate::Limits::bytes).
        ByteLimit = "more bytes than the limit",
        /// There are more cells than [`Limits::cells`](crate::Limits::cells).
        CellLimit = "more cells than the limit",
        /// There are more columns than [`Limits::columns`](crate::Limits::columns).
        ColumnLimit = "more columns than the limit",
        /// A second `code` says something else than the first: `code = 200`, then `code = 541`.
        ConflictingCode = "second `code` differs from the first",
        /// There is no line that is not blank.
        Empty = "empty response",
        /// There are more top-level fields than [`Limits::fields`](crate::Limits::fields).
        FieldLimit = "more fields than the limit",
        /// The table has more holes than [`Limits::holes`](crate::Limits::holes) allows:
        /// `property[a][9999999] = x` alone. The position is the first cell, in order of the text,
        /// of the table's last row.
        HoleLimit = "more holes in the table than the limit",
        /// A row index does not fit in 32 bits: `property[a][4294967296] = x`.
        IndexOverflow = "row index does not fit in 32 bits",
        /// A `code` is not a number of three digits from 100: `code = 2xx`, `code = 0200`, `code
        /// =`.
        InvalidCode = "`code` is not a number from 100 to 999",
        /// The bytes are not UTF-8.
        InvalidUtf8 {
            /// The offset of the first byte that is wrong; the position is the start of its line.
            offset: u32,
        } = "invalid UTF-8 at byte {offset}",
        /// There are more lines than [`Limits::lines`](crate::Limits::lines).
        LineLimit = "more lines than the limit",
        /// The text is an HTML or XML page: it was read to its end without another error, there is
        /// no envelope, and the first line begins with `<`.
        Markup = "markup where a response should be",
        /// There is no `code` line.
        MissingCode = "no `code` field",
        /// There is no `[RESPONSE]`, and the parser is [strict](crate::Parser::strict).
        MissingEnvelope = "no `[RESPONSE]` envelope",
        /// Something was noted, and the parser is [strict](crate::Parser::strict). A missing `EOF`
        /// is [`Truncated`](Self::Truncated) instead.
        Noted(kind: NoteKind) = "{kind}",
        /// A row index is above [`Limits::row`](crate::Limits::row).
        RowLimit = "row index above the limit",
        /// `[RESPONSE]` without `EOF`, or a second `[RESPONSE]` before the first one's `EOF`.
        Truncated = "`[RESPONSE]` without `EOF`",
    }
}

impl Kind for ErrorKind {
    const MODULE: &'static str = "cnic::response";

    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::ByteLimit
            | Self::CellLimit
            | Self::ColumnLimit
            | Self::FieldLimit
            | Self::HoleLimit
            | Self::LineLimit
            | Self::RowLimit => "`Parser::limits` sets the limits",
            Self::InvalidUtf8 { .. } => "`Parser::encoding` sets how other bytes are read",
            Self::Markup => "a proxy or a web server may have answered in place of the API",
            Self::MissingEnvelope | Self::Noted(_) => "a parser that is not strict accepts it",
            Self::Truncated => "the response was cut off: its last rows may be missing",
            _ => return None,
        })
    }

    fn is_truncated(&self) -> bool {
        matches!(self, Self::Truncated)
    }

    fn offset_by(self, base: Position) -> Self {
        match self {
            Self::InvalidUtf8 { offset } => {
                Self::InvalidUtf8 { offset: offset.saturating_add(to_u32(base.byte())) }
            }
            kind => kind,
        }
    }
}
