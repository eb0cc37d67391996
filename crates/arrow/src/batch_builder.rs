//! Batches of many responses.

use std::fmt;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use cnic_response::Response;

use crate::batch_options::{BatchOptions, Layout};
use crate::error::{Error, ErrorKind};
use crate::long::LongRows;
use crate::wide::WideRows;

/// Builds record batches from the rows of many responses. [`BatchOptions::build`] creates one.
///
/// The columns of a batch are copies: no batch keeps the text of a response. Memory is bounded by
/// what is pushed between two calls of [`finish`](Self::finish).
///
/// ```
/// use cnic_arrow::BatchBuilder;
/// use cnic_response::Response;
///
/// let mut builder = BatchBuilder::default();
/// builder.push(&Response::parse("code = 200\nproperty[domain][0] = example.com\n")?)?;
/// builder.push(&Response::parse("code = 200\nproperty[zone][0] = com\nproperty[zone][1] = net\n")?)?;
/// let batch = builder.finish();
/// assert_eq!((batch.num_rows(), batch.num_columns()), (3, 2));
/// assert_eq!((batch["domain"].null_count(), batch["zone"].null_count()), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BatchBuilder {
    rows: Rows,
    /// The number of the next response.
    next: u64,
}

pub(crate) enum Rows {
    Wide(WideRows),
    Long(LongRows),
}

impl BatchOptions {
    /// Creates a builder of batches.
    ///
    /// ```
    /// # use cnic_arrow::{BatchOptions, CellType, ErrorKind};
    /// let options = BatchOptions::new().columns(["domain"]).cell_type("period", CellType::Integer);
    /// assert_eq!(options.build().unwrap_err().kind(), ErrorKind::UnknownColumn);
    /// ```
    ///
    /// # Errors
    ///
    /// * two columns of one name;
    /// * a type for a column that is not one of the [columns](Self::columns), if they are set;
    /// * a decimal with a precision above 38, or a scale above its precision;
    /// * columns or types for [`Layout::Long`].
    pub fn build(self) -> Result<BatchBuilder, Error> {
        for (name, cell_type) in &self.types {
            if !cell_type.is_valid() {
                return Err(Error::new(ErrorKind::InvalidType).in_column(name));
            }
        }
        let rows = match self.layout {
            Layout::Wide => Rows::Wide(WideRows::new(self)?),
            Layout::Long => {
                let added = [&self.response_column, &self.row_column, &self.code_column];
                let named = added.into_iter().any(Option::is_some);
                if self.columns.is_some() || !self.types.is_empty() || named {
                    return Err(Error::new(ErrorKind::LongLayout));
                }
                Rows::Long(LongRows::new(self.text_views))
            }
        };
        Ok(BatchBuilder::new(rows))
    }
}

impl BatchBuilder {
    pub(crate) fn new(rows: Rows) -> Self {
        Self { rows, next: 0 }
    }

    /// Adds the rows of a response.
    ///
    /// On an error the batch is as it was before, so that the caller can go on without the
    /// response. It is counted all the same, unless the batch [is full](Error::is_full).
    ///
    /// ```
    /// # use cnic_arrow::{BatchOptions, CellType};
    /// # use cnic_response::Response;
    /// let mut builder = BatchOptions::new().cell_type("period", CellType::Integer).build()?;
    /// builder.push(&Response::parse("code = 200\nproperty[period][0] = 1\n")?)?;
    /// let wrong = Response::parse("code = 200\nproperty[period][0] = 1Y\n")?;
    /// assert_eq!(builder.push(&wrong).unwrap_err().response(), Some(1));
    /// assert_eq!(builder.finish().num_rows(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a cell that is not of the type of its column, unless that
    ///   [is null](BatchOptions::invalid_as_null);
    /// * a response that has rows but lacks a selected column, unless that
    ///   [is null](BatchOptions::missing_as_null);
    /// * a column of the response whose name is that of an added column, such as `row`;
    /// * a batch that [is full](Error::is_full).
    pub fn push(&mut self, response: &Response<'_>) -> Result<(), Error> {
        let number = self.next;
        let result = match &mut self.rows {
            Rows::Wide(rows) => rows.push(response, number),
            Rows::Long(rows) => rows.push(response, number),
        };
        if !result.as_ref().is_err_and(Error::is_full) {
            self.next += 1;
        }
        result.map_err(|error| error.in_response(number))
    }

    /// Sets the number of the next response. Later responses are counted from there. Default: 0.
    ///
    /// With it, responses keep the numbers of their places in the input, even if some are left out.
    ///
    /// ```
    /// # use arrow_array::{cast::AsArray, types::Int64Type};
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let bodies = ["code = 200\nproperty[a][0] = x\n", "", "code = 200\nproperty[a][0] = y\n"];
    /// let mut builder = BatchOptions::new().response_column("response").build()?;
    /// for (number, body) in (0..).zip(bodies) {
    ///     if let Ok(response) = Response::parse(body) {
    ///         builder.set_next_number(number);
    ///         builder.push(&response)?;
    ///     }
    /// }
    /// assert_eq!(builder.finish()["response"].as_primitive::<Int64Type>().values(), &[0, 2]);
    /// # Ok::<(), cnic_arrow::Error>(())
    /// ```
    pub fn set_next_number(&mut self, number: u64) {
        self.next = number;
    }

    /// Returns the number of rows that the batch has so far.
    ///
    /// ```
    /// # use cnic_arrow::BatchBuilder;
    /// # use cnic_response::Response;
    /// let list = Response::parse("code = 200\nproperty[a][0] = x\nproperty[a][1] = y\n")?;
    /// let mut builder = BatchBuilder::default();
    /// let mut batches = Vec::new();
    /// for _ in 0..5 {
    ///     builder.push(&list)?;
    ///     if builder.row_count() >= 4 {
    ///         batches.push(builder.finish());
    ///     }
    /// }
    /// assert_eq!((batches.len(), builder.row_count()), (2, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn row_count(&self) -> usize {
        match &self.rows {
            Rows::Wide(rows) => rows.len(),
            Rows::Long(rows) => rows.len(),
        }
    }

    /// Returns the bytes of text that the batch has so far.
    ///
    /// ```
    /// # use cnic_arrow::BatchBuilder;
    /// # use cnic_response::Response;
    /// let mut builder = BatchBuilder::default();
    /// builder.push(&Response::parse("code = 200\nproperty[domain][0] = example.com\n")?)?;
    /// assert_eq!(builder.text_len(), "example.com".len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn text_len(&self) -> usize {
        match &self.rows {
            Rows::Wide(rows) => rows.text_len(),
            Rows::Long(rows) => rows.text_len(),
        }
    }

    /// Returns the schema that the batch has so far. It stays the same if the
    /// [columns are selected](BatchOptions::columns) or the batch is [long](crate::Layout::Long).
    ///
    /// ```
    /// # use cnic_arrow::BatchOptions;
    /// let builder = BatchOptions::new().columns(["domain", "status"]).build()?;
    /// assert_eq!(builder.schema().field(1).name(), "status");
    /// # Ok::<(), cnic_arrow::Error>(())
    /// ```
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::new(match &self.rows {
            Rows::Wide(rows) => rows.schema(),
            Rows::Long(rows) => rows.schema(),
        })
    }

    /// Returns the batch, and begins the next one with the same columns.
    ///
    /// The count of responses goes on. A column that first comes with a later response is only in
    /// later batches. If all batches go into one file, [select](BatchOptions::columns) the columns.
    #[must_use]
    pub fn finish(&mut self) -> RecordBatch {
        match &mut self.rows {
            Rows::Wide(rows) => rows.finish(),
            Rows::Long(rows) => rows.finish(),
        }
    }
}

/// A builder with the default [options](BatchOptions).
impl Default for BatchBuilder {
    fn default() -> Self {
        BatchOptions::new().build().expect("the default options are valid")
    }
}

impl fmt::Debug for BatchBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchBuilder")
            .field("row_count", &self.row_count())
            .field("text_len", &self.text_len())
            .finish_non_exhaustive()
    }
}
