//! What a batch is made of.

use crate::cell_type::CellType;

/// How batches are built: which columns they have, and of which types.
///
/// By default a batch has the columns of the responses, all of them text.
///
/// ```
/// use arrow_array::cast::AsArray;
/// use arrow_array::types::Int64Type;
/// use cnic_arrow::{BatchOptions, CellType};
/// use cnic_response::Response;
///
/// let mut builder = BatchOptions::new()
///     .columns(["domain", "period"])
///     .cell_type("period", CellType::Integer)
///     .response_column("response")
///     .build()?;
/// for domain in ["example.com", "example.net"] {
///     let text = format!("code = 200\nproperty[period][0] = 2\nproperty[domain][0] = {domain}\n");
///     builder.push(&Response::parse(text)?)?;
/// }
/// let batch = builder.finish();
/// let names: Vec<&str> = batch.schema_ref().fields().iter().map(|field| &**field.name()).collect();
/// assert_eq!(names, ["response", "domain", "period"]);
/// assert_eq!(batch["period"].as_primitive::<Int64Type>().values(), &[2, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct BatchOptions {
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) types: Vec<(String, CellType)>,
    pub(crate) layout: Layout,
    pub(crate) response_column: Option<String>,
    pub(crate) row_column: Option<String>,
    pub(crate) code_column: Option<String>,
    pub(crate) invalid_as_null: bool,
    pub(crate) missing_as_null: bool,
    pub(crate) empty_as_row: bool,
    pub(crate) text_views: bool,
}

/// What a row of a batch is.
///
/// ```
/// use cnic_arrow::{BatchOptions, Layout};
/// use cnic_response::Response;
///
/// let mut builder = BatchOptions::new().layout(Layout::Long).build()?;
/// builder.push(&Response::parse("code = 200\nproperty[a][0] = x\nproperty[b][1] = y\n")?)?;
/// let names: Vec<String> =
///     builder.schema().fields().iter().map(|field| field.name().clone()).collect();
/// assert_eq!(names, ["response", "column", "row", "value"]);
/// assert_eq!(builder.finish().num_rows(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// A row of a response.
    #[default]
    Wide,
    /// A cell of a response. The columns are `response`, `column`, `row` and `value`, whatever
    /// columns the responses have. Repeated cells have rows of their own, and so do list-level
    /// values, as row 0.
    Long,
}

impl BatchOptions {
    /// Creates the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the columns of a batch and their order. Default: the columns of all its responses, in the
    /// order in which they first appear.
    ///
    /// A column is found as [`Response::column`](cnic_response::Response::column) finds it:
    /// `expirationdate` is `EXPIRATION DATE`. The batch has it under the name that is given here. A
    /// column that describes the list, such as `total`, has its value in the first row, and null in
    /// the others. Such a column never adds rows to a batch.
    ///
    /// ```
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[STATUS][0] = ok\nproperty[CREATED DATE][0] = 2027-03-01\n";
    /// let mut builder = BatchOptions::new().columns(["createddate"]).build()?;
    /// builder.push(&Response::parse(text)?)?;
    /// let batch = builder.finish();
    /// assert_eq!((batch.num_columns(), batch.schema_ref().field(0).name().as_str()), (1, "createddate"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn columns<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.columns = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the type of a column. Default: [`CellType::Text`].
    ///
    /// ASCII case, blanks and `_` of the name are ignored. If several types are set for a column,
    /// the last one is used.
    ///
    /// ```
    /// # use arrow_schema::DataType;
    /// # use cnic_arrow::{BatchOptions, CellType};
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[CREATED DATE][0] = 2027-03-01\n";
    /// let mut builder = BatchOptions::new().cell_type("createddate", CellType::Date).build()?;
    /// builder.push(&Response::parse(text)?)?;
    /// assert_eq!(*builder.finish()["CREATED DATE"].data_type(), DataType::Date32);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cell_type(mut self, column: impl Into<String>, cell_type: CellType) -> Self {
        self.types.push((column.into(), cell_type));
        self
    }

    /// Sets what a row of a batch is. Default: [`Layout::Wide`].
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// Adds a column of this name with the number of the response, from 0. Default: none.
    pub fn response_column(mut self, name: impl Into<String>) -> Self {
        self.response_column = Some(name.into());
        self
    }

    /// Adds a column of this name with the number of the row in its response, from 0. Default: none.
    ///
    /// ```
    /// # use arrow_array::{cast::AsArray, types::Int64Type};
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let list = Response::parse("code = 200\nproperty[a][0] = x\nproperty[a][1] = y\n")?;
    /// let mut builder = BatchOptions::new().row_column("row").build()?;
    /// builder.push(&list)?;
    /// builder.push(&list)?;
    /// assert_eq!(builder.finish()["row"].as_primitive::<Int64Type>().values(), &[0, 1, 0, 1]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn row_column(mut self, name: impl Into<String>) -> Self {
        self.row_column = Some(name.into());
        self
    }

    /// Adds a column of this name with the code of the response. Default: none.
    pub fn code_column(mut self, name: impl Into<String>) -> Self {
        self.code_column = Some(name.into());
        self
    }

    /// Sets whether a cell that is not of its column's type is null. Default: no, it is an error.
    ///
    /// ```
    /// # use cnic_arrow::{BatchOptions, CellType};
    /// # use cnic_response::Response;
    /// let options = BatchOptions::new().cell_type("period", CellType::Integer);
    /// let mut builder = options.invalid_as_null(true).build()?;
    /// builder.push(&Response::parse("code = 200\nproperty[period][0] = 1Y\n")?)?;
    /// assert!(builder.finish()["period"].is_null(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn invalid_as_null(mut self, invalid_as_null: bool) -> Self {
        self.invalid_as_null = invalid_as_null;
        self
    }

    /// Sets whether a selected [column](Self::columns) is null in the rows of a response that lacks
    /// it. Default: no, such a response is an error.
    ///
    /// ```
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let options = BatchOptions::new().columns(["domain", "auth"]);
    /// let mut builder = options.missing_as_null(true).build()?;
    /// builder.push(&Response::parse("code = 200\nproperty[domain][0] = example.com\n")?)?;
    /// assert!(builder.finish()["auth"].is_null(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn missing_as_null(mut self, missing_as_null: bool) -> Self {
        self.missing_as_null = missing_as_null;
        self
    }

    /// Sets whether a response without rows adds a row of nulls, so that the
    /// [code column](Self::code_column) has its code. Default: no, it adds nothing.
    ///
    /// ```
    /// # use arrow_array::{cast::AsArray, types::Int16Type};
    /// # use cnic_arrow::BatchOptions;
    /// # use cnic_response::Response;
    /// let mut builder = BatchOptions::new().code_column("code").empty_as_row(true).build()?;
    /// builder.push(&Response::parse("code = 545\ndescription = Entity reference not found\n")?)?;
    /// assert_eq!(builder.finish()["code"].as_primitive::<Int16Type>().values(), &[545]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn empty_as_row(mut self, empty_as_row: bool) -> Self {
        self.empty_as_row = empty_as_row;
        self
    }

    /// Sets whether text columns are views, [`Utf8View`](arrow_schema::DataType::Utf8View), in place
    /// of [`Utf8`](arrow_schema::DataType::Utf8). Default: no.
    ///
    /// The views point into a copy of the column's cells, not into the responses. A slice of the
    /// column keeps that whole copy, even if it is sent to another process.
    ///
    /// ```
    /// # use arrow_schema::DataType;
    /// # use cnic_arrow::BatchOptions;
    /// let builder = BatchOptions::new().columns(["domain"]).text_views(true).build()?;
    /// assert_eq!(*builder.schema().field(0).data_type(), DataType::Utf8View);
    /// # Ok::<(), cnic_arrow::Error>(())
    /// ```
    pub fn text_views(mut self, text_views: bool) -> Self {
        self.text_views = text_views;
        self
    }
}
