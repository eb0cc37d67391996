//! Rows and objects as values of types that implement `Deserialize`.

use core::fmt;
use core::marker::PhantomData;

use serde::de::Deserialize;

use crate::de::error::DeserializeError;
use crate::de::object::ObjectReader;
use crate::de::row::RowReader;
use crate::response::Response;
use crate::table::row::{Row, Rows};

impl<'r> Rows<'r> {
    /// Returns the rows as values of a type, which may borrow from the text.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// #[derive(serde::Deserialize)]
    /// struct Domain<'r> {
    ///     #[serde(rename = "DOMAIN")]
    ///     name: &'r str,
    ///     expiration_date: Option<&'r str>,
    ///     autorenew: bool,
    /// }
    ///
    /// let text = "\
    /// code = 200
    /// property[domain][0] = example.com
    /// property[expiration date][0] = 2027-03-01 12:00:00
    /// property[autorenew][0] = 1
    /// property[domain][1] = example.net
    /// property[autorenew][1] = N
    /// ";
    /// let response = Response::parse(text)?;
    /// let domains: Vec<Domain<'_>> = response.rows().deserialize().collect::<Result<_, _>>()?;
    /// assert_eq!(domains[0].expiration_date, Some("2027-03-01 12:00:00"));
    /// assert_eq!((domains[1].name, domains[1].expiration_date, domains[1].autorenew), ("example.net", None, false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # The type
    ///
    /// A **structure** takes a cell for each field. The column is looked up once for all rows, as
    /// [`Row::get`] does. A column goes to one field only: the one that is spelled like it, or else
    /// the first that matches. Columns without a field are ignored, unless the structure has
    /// `#[serde(deny_unknown_fields)]`.
    ///
    /// A **map** takes the cells of all data columns under the names as they are spelled in the
    /// response. So does a structure with `#[serde(flatten)]`, since serde then does not say what
    /// its fields are: they have to be spelled like the columns, with `#[serde(rename)]`. Flattened
    /// values are strings; [`de::from_text`](crate::de::from_text) parses numbers and booleans from
    /// them.
    ///
    /// A **tuple**, an array or a list takes the cells of all data columns in their order, and has
    /// a place for each of them.
    ///
    /// # Cells
    ///
    /// | Type | Takes |
    /// |---|---|
    /// | `&str`, `String`, `Cow`, `&[u8]` | any cell |
    /// | `Option` | a hole as `None`, a cell as the inner type: an empty cell is `Some("")`, and an error for an `Option<u32>`; [`de::empty_as_none`](crate::de::empty_as_none) reads it as `None` |
    /// | integers | the whole cell as a decimal number that fits, without `+` |
    /// | `f32`, `f64` | the whole cell as a finite decimal number, without `+` |
    /// | `bool` | `0 1 true false Y N`, case-insensitive |
    /// | `char` | a single character |
    /// | an enum without data | the name of a variant, exactly as the type spells it |
    /// | a newtype | what is inside |
    /// | what asks for any value, as `serde_json::Value` | a text |
    ///
    /// A hole is `None` for a field that is an `Option`. For any other field, and for one with
    /// `deserialize_with`, it is an error unless the field has `#[serde(default)]`. A column that
    /// the response does not have counts as a column of holes. To make it an error, check
    /// [`Table::column`](crate::Table::column) first.
    ///
    /// # Errors
    ///
    /// An error concerns one row, and the rows after it can still be read. These are errors:
    ///
    /// * a cell that the table above does not allow;
    /// * a hole or a missing column, if the field is required;
    /// * a list or a structure where there is one cell;
    /// * two columns for the same field, one found by its name and one by its alias;
    /// * a tuple or an array that is not as long as the row;
    /// * whatever a custom `Deserialize` rejects.
    #[must_use = "iterators are lazy and do nothing unless consumed"]
    pub fn deserialize<T: Deserialize<'r>>(self) -> DeserializeRows<'r, T> {
        DeserializeRows { reader: RowReader::new(self.table), rows: self, of: PhantomData }
    }
}

impl<'r> Row<'r> {
    /// Returns the row as a value of a type, as [`Rows::deserialize`] does.
    ///
    /// It is meant for single rows: each call looks up the fields again, and each error counts the
    /// lines of the text again.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let text = "code = 200\nproperty[domain][0] = example.com\nproperty[price][0] = 12.50\n";
    /// let response = Response::parse(text)?;
    /// let row = response.table().row(0).expect("a row");
    /// assert_eq!(row.deserialize::<(&str, f64)>()?, ("example.com", 12.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Rows::deserialize`].
    pub fn deserialize<T: Deserialize<'r>>(self) -> Result<T, DeserializeError> {
        RowReader::new(self.table).read(self.index())
    }
}

impl Response<'_> {
    /// Returns the response as one value, which may borrow from the text: for responses about a
    /// single object, whose columns are lists of their own and not rows.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// #[derive(serde::Deserialize)]
    /// struct Status<'r> {
    ///     domain: &'r str,
    ///     #[serde(rename = "nameserver")]
    ///     name_servers: Vec<&'r str>,
    ///     #[serde(default)]
    ///     domain_tag: Vec<&'r str>,
    /// }
    ///
    /// let text = "\
    /// code = 200
    /// property[domain][0] = example.com
    /// property[nameserver][0] = ns1.example.net
    /// property[nameserver][1] = ns2.example.net
    /// ";
    /// let response = Response::parse(text)?;
    /// let status: Status<'_> = response.deserialize_object()?;
    /// assert_eq!((status.domain, status.name_servers.len()), ("example.com", 2));
    /// assert!(status.domain_tag.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # The type
    ///
    /// It is a structure or a map, and finds its columns as [`Rows::deserialize`] says; a structure
    /// also finds the columns that describe a list, such as `total`.
    ///
    /// A field of a single value takes the cell in **row 0**, by the same rules as in rows,
    /// whatever else the column has. A `Vec` takes **all cells** from row 0 to the last row of the
    /// column: `Vec<Option<T>>` keeps holes, and in any other `Vec` a hole is an error. It may
    /// become as long as [`Limits::row`](crate::Limits::row) allows. An array or a tuple has to be
    /// exactly as long as the column. An empty list has no column, so a list that may be empty
    /// needs `#[serde(default)]`.
    ///
    /// A type that asks for any value, such as `serde_json::Value`, gets a text if the column has
    /// only a cell in row 0, and a list otherwise: a single cell in row 5 gives a list of six, of
    /// which the first five are holes. The same holds for flattened fields.
    ///
    /// # Errors
    ///
    /// * those of [`Rows::deserialize`], for a cell of row 0 or of a list;
    /// * a hole in a list, with its row;
    /// * a structure or a map where there is one column.
    pub fn deserialize_object<'r, T: Deserialize<'r>>(&'r self) -> Result<T, DeserializeError> {
        ObjectReader::new(self.table()).read()
    }
}

/// Rows as values: what [`Rows::deserialize`] returns.
///
/// ```
/// # use cnic_response::{DeserializeRows, Response};
/// /// Takes the rows that are pairs of numbers, and says of the others which they are.
/// fn split(rows: DeserializeRows<'_, (u32, u32)>) -> (Vec<(u32, u32)>, Vec<usize>) {
///     let (good, bad): (Vec<_>, Vec<_>) = rows.partition(Result::is_ok);
///     (good.into_iter().flatten().collect(), bad.iter().filter_map(|e| e.as_ref().err()?.row()).collect())
/// }
///
/// let text = "code = 200\nproperty[a][0] = 1\nproperty[b][0] = 2\nproperty[a][1] = x\n";
/// assert_eq!(split(Response::parse(text)?.rows().deserialize()), (vec![(1, 2)], vec![1]));
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
pub struct DeserializeRows<'r, T> {
    rows: Rows<'r>,
    reader: RowReader<'r>,
    of: PhantomData<fn() -> T>,
}

impl<'r, T: Deserialize<'r>> Iterator for DeserializeRows<'r, T> {
    type Item = Result<T, DeserializeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(self.reader.read(row.index()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let row = self.rows.nth(n)?;
        Some(self.reader.read(row.index()))
    }

    fn count(self) -> usize {
        self.rows.count()
    }

    fn last(mut self) -> Option<Self::Item> {
        self.next_back()
    }
}

impl<'r, T: Deserialize<'r>> DoubleEndedIterator for DeserializeRows<'r, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let row = self.rows.next_back()?;
        Some(self.reader.read(row.index()))
    }

    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let row = self.rows.nth_back(n)?;
        Some(self.reader.read(row.index()))
    }
}

impl<'r, T: Deserialize<'r>> ExactSizeIterator for DeserializeRows<'r, T> {}

impl<'r, T: Deserialize<'r>> core::iter::FusedIterator for DeserializeRows<'r, T> {}

impl<T> fmt::Debug for DeserializeRows<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeserializeRows").field("rows", &self.rows).finish_non_exhaustive()
    }
}
