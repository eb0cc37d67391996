//! A response as canonical text.

use alloc::string::String;
use core::fmt::{self, Write};

use crate::mask::Mask;
use crate::response::Response;

/// The canonical text of a response: what [`Response::encode`] returns, written by `Display` and
/// `to_string`.
///
/// `[RESPONSE]`, `code`, `description`, the other fields in order of appearance, the cells column
/// by column, the [repeated](crate::Table::repeated) cells in order of the text, `EOF`. Every line
/// ends with LF, ` = ` stands between name and value, and names keep their spelling. A response
/// that was [truncated](Response::is_truncated) is written without `EOF`, so that it is not taken
/// for a complete one.
///
/// Reading the text gives an equal response, and writing that one the same text.
///
/// ```
/// # use cnic_response::Response;
/// let response = Response::parse("CODE=200\nDESCRIPTION=Done\n")?;
/// let text = String::from(response.encode());
/// assert_eq!(Response::parse(&*text).as_ref(), Ok(&response));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Encoded<'r> {
    pub(crate) response: &'r Response<'r>,
}

impl Response<'_> {
    /// Returns the canonical text of the response, to be written out.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("CODE=200\r\nPROPERTY[DOMAIN][0]=example.com\r\nDESCRIPTION=Done\r\n")?;
    /// assert_eq!(
    ///     response.encode().to_string(),
    ///     "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[DOMAIN][0] = example.com\nEOF\n",
    /// );
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn encode(&self) -> Encoded<'_> {
        Encoded { response: self }
    }
}

impl Encoded<'_> {
    /// Returns the length of the text in bytes, without writing it anywhere.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\ndescription = Done\n")?;
    /// assert_eq!(response.encode().len(), "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n".len());
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there is always a code")]
    pub fn len(&self) -> usize {
        let mut length = Length(0);
        // It takes any text.
        let _ = write(self.response, Mask::NONE, &mut length);
        length.0
    }
}

/// How long a text is that is written to it.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self.response, Mask::NONE, f)
    }
}

/// The text, in one allocation.
impl From<Encoded<'_>> for String {
    fn from(encoded: Encoded<'_>) -> Self {
        let mut text = Self::with_capacity(encoded.len());
        // A string takes any text.
        let _ = write(encoded.response, Mask::NONE, &mut text);
        text
    }
}

/// Writes the canonical text, without what the mask hides.
pub(crate) fn write(response: &Response<'_>, mask: Mask<'_>, f: &mut impl Write) -> fmt::Result {
    writeln!(f, "[RESPONSE]\ncode = {}", response.code())?;
    writeln!(f, "description = {}", Value(&mask.description(response.description())))?;
    for (name, value) in response.fields() {
        writeln!(f, "{name} = {}", Value(mask.field(name, value)))?;
    }
    for column in response.table().all_columns() {
        let cover = mask.column(column);
        for (row, value) in column.cells() {
            writeln!(f, "property[{}][{row}] = {}", column.name(), Value(cover.value(value)))?;
        }
    }
    for cell in mask.repeated(response.table()) {
        writeln!(f, "property[{}][{}] = {}", cell.column(), cell.row(), Value(cell.value()))?;
    }
    if response.is_truncated() { Ok(()) } else { f.write_str("EOF\n") }
}

/// A value at the end of a line. A CR there would become part of the line's end; a blank, which is
/// trimmed, prevents that.
struct Value<'r>(&'r str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        if self.0.ends_with('\r') { f.write_str(" ") } else { Ok(()) }
    }
}

impl fmt::Debug for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Encoded").field(self.response).finish()
    }
}
