//! Cells as a text array, without a batch.

use std::fmt;

use arrow_array::StringArray;
use arrow_buffer::NullBufferBuilder;
use cnic_response::Column;

use crate::column::text::{Texts, TooLarge};
use crate::error::{Error, ErrorKind};

/// Builds a text array from columns of responses, one column after another. It can hold the items
/// of a list array that has a list for each response.
///
/// ```
/// use cnic_arrow::TextBuilder;
/// use cnic_response::Response;
///
/// let text = "code = 200\nproperty[a][0] = x\nproperty[a][2] = z\n";
/// let response = Response::parse(text)?;
/// let mut builder = TextBuilder::new();
/// builder.append_column(response.column("a").expect("a column"))?;
/// builder.append_nulls(1);
/// let array = builder.finish();
/// assert_eq!(array.iter().collect::<Vec<_>>(), [Some("x"), None, Some("z"), None]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TextBuilder {
    texts: Texts,
    nulls: NullBufferBuilder,
}

impl TextBuilder {
    /// Creates a builder of an array without texts.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// assert_eq!(TextBuilder::new().finish().iter().count(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self { texts: Texts::new(), nulls: NullBufferBuilder::new(0) }
    }

    /// Returns the number of texts and nulls so far.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// let mut builder = TextBuilder::new();
    /// builder.append_nulls(2);
    /// assert_eq!(builder.len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.nulls.len()
    }

    /// Returns whether there is no text and no null so far.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// assert!(TextBuilder::new().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the rows of a column from 0 to its last. A hole is null, and an empty cell is the
    /// empty text.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\nproperty[auth][1] =\n")?;
    /// let mut builder = TextBuilder::new();
    /// builder.append_column(response.column("auth").expect("a column"))?;
    /// assert!(builder.finish().iter().eq([None, Some("")]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TextLimit`] if the texts would be longer than 2 GiB together. The array then
    /// stays as it was before the call.
    pub fn append_column(&mut self, column: Column<'_>) -> Result<(), Error> {
        let first = self.len();
        let mut spans = column.spans();
        self.texts.reserve(column.height());
        while spans.len() > 0 {
            let result = self.texts.append_block(&mut spans, first, 0, column.text().as_bytes());
            if let Err(TooLarge) = result {
                self.texts.truncate(first);
                return Err(Error::new(ErrorKind::TextLimit).in_column(column.name()));
            }
        }
        if column.len() == column.height() {
            self.nulls.append_n_non_nulls(column.len());
        } else {
            column.iter().for_each(|cell| self.nulls.append(cell.is_some()));
        }
        Ok(())
    }

    /// Appends this many nulls: for the rows of a response that lacks the column, or for those
    /// after the last cell of the column.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// let mut builder = TextBuilder::new();
    /// builder.append_nulls(1);
    /// assert!(builder.finish().iter().eq([None]));
    /// ```
    pub fn append_nulls(&mut self, count: usize) {
        self.nulls.append_n_nulls(count);
        self.texts.pad(self.nulls.len());
    }

    /// Returns the array, and begins the next one.
    ///
    /// ```
    /// # use cnic_arrow::TextBuilder;
    /// let mut builder = TextBuilder::new();
    /// builder.append_nulls(1);
    /// assert_eq!(builder.finish().iter().count(), 1);
    /// assert!(builder.is_empty());
    /// ```
    #[must_use]
    pub fn finish(&mut self) -> StringArray {
        self.texts.finish_texts(self.nulls.finish())
    }
}

impl Default for TextBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TextBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextBuilder").field("len", &self.len()).finish_non_exhaustive()
    }
}
