//! A response.

use alloc::borrow::Cow;
use core::fmt;

use cnic_text::Position;

use crate::code::Code;
use crate::index::ResponseIndex;
use crate::note::Note;
use crate::page::Page;
use crate::table::column::{Column, ColumnValues};
use crate::table::row::{Row, Rows};
use crate::table::values::Values;
use crate::table::{Columns, Table};

/// A response: a return code, a description, other top-level fields, and a table.
///
/// It keeps the text, and every value is a slice of it. Lookup ignores ASCII case. If nothing
/// matches, spaces, tabs and underscores are ignored too; an ambiguous match returns `None`.
///
/// Two responses are equal if they have the same code, description, fields and cells: the order of
/// lines, the case of names and the [notes](Self::notes) make no difference. `Debug` prints a
/// summary without cells.
///
/// ```
/// use cnic_response::Response;
///
/// let text = "\
/// [RESPONSE]
/// code = 200
/// description = Command completed successfully
/// property[domain][0] = example.com
/// property[expiration date][0] = 2027-03-01 12:00:00
/// property[domain][1] = example.net
/// EOF
/// ";
/// let response = Response::parse(text)?;
/// assert!(response.is_success());
/// assert_eq!(response.row_count(), 2);
/// for row in response.rows() {
///     println!("{:?} until {:?}", row.get("domain"), row.get("EXPIRATIONDATE"));
/// }
/// assert_eq!(response.get("expiration_date", 1), None, "a hole, not an empty cell");
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Response<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) index: ResponseIndex,
}

impl<'t> Response<'t> {
    /// Returns a response that owns its text, copying the text if it was borrowed.
    ///
    /// ```
    /// # use cnic_response::{ParseError, Response};
    /// fn read(bytes: &[u8]) -> Result<Response<'static>, ParseError> {
    ///     Response::from_utf8(bytes).map(Response::into_owned)
    /// }
    /// assert_eq!(read(b"code = 200\n")?.code(), 200);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Response<'static> {
        Response { text: Cow::Owned(self.text.into_owned()), index: self.index }
    }

    /// Returns the response as one that begins at `base` of a stream: its notes count from there.
    ///
    /// ```
    /// # use cnic_response::{Position, Response};
    /// let response = Response::parse("code = 200\ndescription = Done\n...\n")?;
    /// let response = response.offset_by(Position::new(1000, 20));
    /// assert_eq!(response.notes()[0].to_string(), "line without `=` (line 23, byte 1030)");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn offset_by(mut self, base: Position) -> Self {
        for note in &mut self.index.notes {
            *note = note.offset_by(base);
        }
        self
    }

    /// Returns the text, byte for byte as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the return code: `code = 200`.
    ///
    /// ```
    /// # use cnic_response::{Code, Response};
    /// assert_eq!(Response::parse("code = 545\n")?.code(), Code::ENTITY_NOT_FOUND);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Code {
        self.index.code
    }

    /// Returns the whole description: `Invalid attribute name; LIMIT`. It is empty if there is
    /// none.
    ///
    /// What comes after the first `; ` is the [detail](Self::detail).
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 530\ndescription = Authentication failed\n")?;
    /// assert_eq!(response.description(), "Authentication failed");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn description(&self) -> &str {
        self.index.description.slice(&self.text)
    }

    /// Returns the part of the [description](Self::description) after its first `; `, further `; `
    /// included; `None` where there is no `; `.
    ///
    /// The part before it belongs to the code, and is [`Code::meaning`] in most responses.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 503\ndescription = Invalid attribute name; LIMIT\n")?;
    /// assert_eq!(response.description(), "Invalid attribute name; LIMIT");
    /// assert_eq!(response.detail(), Some("LIMIT"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.description().split_once("; ").map(|(_, detail)| detail)
    }

    /// Returns the seconds that the server worked on the command, as decimal text:
    /// `runtime = 0.012`. [`Seconds`](crate::Seconds) reads it.
    ///
    /// Responses to commands that were rejected before they were executed do not have it.
    ///
    /// ```
    /// # use cnic_response::{Response, Seconds};
    /// let response = Response::parse("code = 200\nruntime = 0.012\n")?;
    /// let runtime = response.runtime().map(str::parse::<Seconds>).transpose()?;
    /// assert_eq!(runtime.map(|runtime| runtime.to_duration().as_millis()), Some(12));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn runtime(&self) -> Option<&str> {
        self.exact_field("runtime")
    }

    /// Returns the seconds that the command waited at the server, as decimal text: `queuetime = 0`.
    /// [`Seconds`](crate::Seconds) reads it.
    #[must_use]
    pub fn queuetime(&self) -> Option<&str> {
        self.exact_field("queuetime")
    }

    /// Returns the table.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[a][0] = x\nproperty[a][0] = y\n")?;
    /// assert_eq!((response.table().row_count(), response.table().repeated().len()), (1, 1));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        Table { text: &self.text, index: &self.index }
    }

    /// Returns a column by name; `column("total")` and other metadata included. Short for
    /// [`Table::column`].
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[nameserver][0] = ns1.example\n")?;
    /// assert_eq!(response.column("NameServer").map(|column| column.len()), Some(1));
    /// assert!(response.column("nameservers").is_none());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Column<'_>> {
        self.table().column(name)
    }

    /// Returns the data columns in order of appearance. Short for [`Table::columns`].
    #[must_use]
    pub fn columns(&self) -> Columns<'_> {
        self.table().columns()
    }

    /// Returns a cell by column name and row. Short for [`Table::get`].
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[registrant city][0] = Ulm\n")?;
    /// assert_eq!(response.get("RegistrantCity", 0), Some("Ulm"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, column: &str, row: usize) -> Option<&str> {
        self.table().get(column, row)
    }

    /// Returns the rows. Short for [`Table::rows`].
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = a.example\nproperty[domain][1] = b.example\n";
    /// let response = Response::parse(text)?;
    /// assert!(response.rows().filter_map(|row| row.get("domain")).eq(["a.example", "b.example"]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        self.table().rows()
    }

    /// Returns the largest row index of the data columns, plus one. Short for [`Table::row_count`].
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.table().row_count()
    }

    /// Returns the list-level values with their names. Short for [`Table::values`].
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        self.table().values()
    }

    /// Returns the names that the server declares as the columns of a list, from
    /// `property[column][..]`, in order.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[column][0] = domain\nproperty[domain][0] = example.com\n";
    /// let response = Response::parse(text)?;
    /// assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["domain"]);
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn declared_columns(&self) -> ColumnValues<'_> {
        self.table().exact_column("column").map_or_else(ColumnValues::none, Column::values)
    }

    /// Returns which part of a list this response holds, or `None` if it has no paging columns.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let list = Response::parse("code = 200\nproperty[total][0] = 1825820\nproperty[limit][0] = 0\n")?;
    /// assert_eq!(list.page().and_then(|page| page.total), Some(1_825_820));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn page(&self) -> Option<Page> {
        self.index.page
    }

    /// Returns whether the command was accepted but not yet carried out.
    ///
    /// A successful response says so in one of two ways (docs/protocol.md, section 2.8): a
    /// top-level `PENDING = 1`, or, if it is about one object and not a list,
    /// `property[status][0] = REQUESTED`.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\ndescription = Command completed successfully\nPENDING = 1\n";
    /// assert!(Response::parse(text)?.is_pending());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_pending(&self) -> bool {
        let requested = || {
            let status = self.table().exact_column("status").filter(|status| status.height() == 1);
            let status = status.and_then(|status| status.get(0));
            self.page().is_none() && status.is_some_and(|s| s.eq_ignore_ascii_case("REQUESTED"))
        };
        self.is_success() && (self.exact_field("pending") == Some("1") || requested())
    }

    /// Returns whether the text has a `[RESPONSE]` line.
    #[must_use]
    pub fn is_framed(&self) -> bool {
        self.index.framed
    }

    /// Returns whether the text ended before its `EOF`; only a parser that
    /// [allows it](crate::Parser::allow_truncated) returns such a response.
    ///
    /// ```
    /// # use cnic_response::Parser;
    /// let response = Parser::new().allow_truncated(true).parse("[RESPONSE]\ncode = 200\n")?;
    /// assert!(response.is_success() && response.is_truncated());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.index.truncated
    }

    /// Returns the leniencies that were used, ordered by position. Each skipped line has one.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\ndescription = Done\nproperty[a] = x\n")?;
    /// let note = response.notes()[0];
    /// assert_eq!(note.to_string(), "malformed property: no index (line 3, byte 30)");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.index.notes
    }

    /// Adds a note, such as the one of the text [after the last
    /// response](crate::FrameDecoder::trailing) of a stream.
    ///
    /// ```
    /// use cnic_response::Responses;
    ///
    /// let mut responses = Responses::new("[RESPONSE]\ncode = 200\ndescription = Done\nEOF\nbye\n");
    /// let last = responses.by_ref().last().expect("a response")?;
    /// let last = responses.trailing().into_iter().fold(last, |last, note| last.with_note(note));
    /// assert_eq!(last.notes()[0].to_string(), "text after `EOF` (line 5, byte 45)");
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_note(mut self, note: Note) -> Self {
        let notes = &mut self.index.notes;
        let place = notes.partition_point(|before| before.position() <= note.position());
        notes.insert(place, note);
        self
    }
}

impl PartialEq<Response<'_>> for Response<'_> {
    fn eq(&self, other: &Response<'_>) -> bool {
        let same_fields = || {
            self.fields().count() == other.fields().count()
                && self.fields().all(|(name, value)| other.exact_field(name) == Some(value))
        };
        self.code() == other.code()
            && self.description() == other.description()
            && self.is_truncated() == other.is_truncated()
            && same_fields()
            && self.table() == other.table()
    }
}

impl Eq for Response<'_> {}

impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("code", &self.code().as_u16())
            .field("fields", &self.index.fields.len())
            .field("columns", &self.columns().count())
            .field("rows", &self.row_count())
            .field("notes", &self.notes().len())
            .finish_non_exhaustive()
    }
}

/// The [rows](Response::rows).
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("code = 200\nproperty[domain][0] = example.com\n")?;
/// for row in &response {
///     assert_eq!(row.get("domain"), Some("example.com"));
/// }
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
impl<'r> IntoIterator for &'r Response<'_> {
    type Item = Row<'r>;
    type IntoIter = Rows<'r>;

    fn into_iter(self) -> Rows<'r> {
        self.rows()
    }
}
