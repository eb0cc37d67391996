//! Batches with a row for each row of a response.

use std::sync::Arc;

use arrow_array::types::{Int16Type, Int64Type};
use arrow_array::{ArrayRef, PrimitiveArray, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema};
use cnic_response::{Column, Response};
use cnic_text::{LineFinder, Span, to_usize};
use indexmap::IndexMap;

use crate::batch_options::BatchOptions;
use crate::cell_type::CellType;
use crate::column::copy::{Uncopied, copy};
use crate::column::text::TooLarge;
use crate::column::{ColumnBuilder, Fault};
use crate::error::{Error, ErrorKind};
use crate::holes::Holes;
use crate::names::eq_ignoring_separators;

/// The rows of a batch so far.
pub(crate) struct WideRows {
    options: BatchOptions,
    /// By their names in lower case: ASCII case does not matter in the names of a response. Each
    /// has the rows up to the last response that has the column.
    columns: IndexMap<String, ColumnBuilder>,
    len: usize,
    holes: Holes,
    responses: Vec<i64>,
    rows: Vec<Option<i64>>,
    codes: Vec<i16>,
}

impl WideRows {
    pub(crate) fn new(options: BatchOptions) -> Result<Self, Error> {
        let mut rows = Self {
            columns: IndexMap::new(),
            len: 0,
            holes: Holes::default(),
            responses: Vec::new(),
            rows: Vec::new(),
            codes: Vec::new(),
            options,
        };
        let added = rows.added();
        for (number, name) in added.iter().enumerate() {
            if added[..number].iter().any(|other| other.eq_ignore_ascii_case(name)) {
                return Err(Error::new(ErrorKind::DuplicateColumn).in_column(name));
            }
        }
        for name in rows.options.columns.clone().unwrap_or_default() {
            let known = rows.columns.len();
            if rows.open(&name)? < known {
                return Err(Error::new(ErrorKind::DuplicateColumn).in_column(&name));
            }
        }
        if let Some(names) = &rows.options.columns {
            for (typed, _) in &rows.options.types {
                if !names.iter().any(|name| eq_ignoring_separators(name, typed)) {
                    return Err(Error::new(ErrorKind::UnknownColumn).in_column(typed));
                }
            }
        }
        Ok(rows)
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn text_len(&self) -> usize {
        self.columns.values().map(ColumnBuilder::text_len).sum()
    }

    /// Returns the names of the columns that are not of a response.
    fn added(&self) -> Vec<&str> {
        let BatchOptions { response_column, row_column, code_column, .. } = &self.options;
        let names = [response_column, row_column, code_column];
        names.into_iter().flatten().map(String::as_str).collect()
    }

    /// Returns the number of a column, new or known.
    fn open(&mut self, name: &str) -> Result<usize, Error> {
        let folded = name.to_ascii_lowercase();
        if let Some(known) = self.columns.get_index_of(&folded) {
            return Ok(known);
        }
        if self.added().iter().any(|added| added.eq_ignore_ascii_case(name)) {
            return Err(Error::new(ErrorKind::DuplicateColumn).in_column(name));
        }
        let column = ColumnBuilder::new(name, self.cell_type(name));
        Ok(self.columns.insert_full(folded, column).0)
    }

    /// Returns the type that was set last for a column, of those for its very name if there are
    /// any.
    fn cell_type(&self, name: &str) -> CellType {
        let types = || self.options.types.iter().rev();
        let exact = types().find(|(typed, _)| typed.eq_ignore_ascii_case(name));
        let found =
            exact.or_else(|| types().find(|(typed, _)| eq_ignoring_separators(typed, name)));
        found.map_or(CellType::Text, |(_, cell_type)| *cell_type)
    }

    pub(crate) fn push(&mut self, response: &Response<'_>, number: u64) -> Result<(), Error> {
        let known = self.columns.len();
        let height = response.row_count();
        let empty = height == 0 && self.options.empty_as_row;
        let len = self.len + if empty { 1 } else { height };
        match self.append(response, len) {
            Ok(holes) => self.holes = holes,
            Err(error) => {
                self.columns.truncate(known);
                self.columns.values_mut().for_each(|column| column.truncate(self.len));
                return Err(error);
            }
        }
        self.len = len;
        if self.options.response_column.is_some() {
            self.responses.resize(len, i64::try_from(number).unwrap_or(i64::MAX));
        }
        if self.options.code_column.is_some() {
            let code = response.code().as_u16();
            self.codes.resize(len, i16::try_from(code).unwrap_or(i16::MAX));
        }
        if self.options.row_column.is_some() {
            let rows = 0..i64::try_from(height).unwrap_or(i64::MAX);
            self.rows.extend(rows.map(Some).chain(empty.then_some(None)));
        }
        Ok(())
    }

    /// Appends the cells of a response to a batch that is `len` rows long with them.
    fn append(&mut self, response: &Response<'_>, len: usize) -> Result<Holes, Error> {
        if self.options.columns.is_some() {
            self.append_selected(response, len)?;
            return Ok(self.holes);
        }
        // An empty list declares the columns that it would have.
        if response.row_count() == 0 {
            for name in response.declared_columns() {
                self.open(name)?;
            }
        }
        let (mut columns, mut cells) = (0, 0);
        let mut texts = Vec::new();
        for column in response.columns() {
            let number = self.open(column.name())?;
            texts.extend(self.append_cells(number, column, response.as_str())?);
            (columns, cells) = (columns + 1, cells + column.len());
        }
        self.copy(texts, response.as_str())?;
        let holes = self.holes.with(len - self.len, columns, cells);
        if holes.exceed(len, self.columns.len()) {
            return Err(Error::new(ErrorKind::HoleLimit));
        }
        Ok(holes)
    }

    fn append_selected(&mut self, response: &Response<'_>, len: usize) -> Result<(), Error> {
        let (mut texts, mut taller) = (Vec::new(), Vec::new());
        for number in 0..self.columns.len() {
            let name = &self.columns[number].name;
            match response.column(name) {
                Some(column) => {
                    // One that describes the list may have more cells than the list has rows.
                    if column.height() > len - self.len {
                        taller.push(number);
                    }
                    texts.extend(self.append_cells(number, column, response.as_str())?);
                }
                None if self.options.missing_as_null || response.row_count() == 0 => {}
                None => return Err(Error::new(ErrorKind::MissingColumn).in_column(name)),
            }
        }
        self.copy(texts, response.as_str())?;
        // They must not come into the rows of the next response.
        taller.into_iter().for_each(|number| self.columns[number].truncate(len));
        Ok(())
    }

    /// Appends the cells of a column of a response with this `text`. Returns those that are still
    /// to be copied.
    fn append_cells<'r>(
        &mut self,
        number: usize,
        column: Column<'r>,
        text: &str,
    ) -> Result<Option<Uncopied<'r, usize>>, Error> {
        let builder = &mut self.columns[number];
        // The column is null in the rows of responses that lack it.
        builder.pad(self.len);
        match builder.append(column, self.options.invalid_as_null) {
            Ok(spans) => Ok(spans.map(|spans| Uncopied { target: number, spans })),
            Err(Fault { kind, cell }) => {
                let error = Error::new(kind).in_column(column.name());
                let Some((row, cell)) = cell else { return Err(error) };
                let start = to_usize(Span::locate(cell, text).start);
                Err(error.in_cell(row, LineFinder::new(text.as_bytes()).position(start).line()))
            }
        }
    }

    /// Copies the cells of columns of texts.
    fn copy(&mut self, mut columns: Vec<Uncopied<'_, usize>>, text: &str) -> Result<(), Error> {
        let first = self.len;
        copy(&mut columns, text, |Uncopied { target, spans }| {
            let column = &mut self.columns[*target];
            column
                .copy(spans, first, text)
                .map_err(|TooLarge| Error::new(ErrorKind::TextLimit).in_column(&column.name))
        })
    }

    pub(crate) fn schema(&self) -> Schema {
        let BatchOptions { response_column, row_column, code_column, text_views, .. } =
            &self.options;
        // A response without rows may be a row, and then that has no number.
        let added = [
            (response_column, DataType::Int64, false),
            (row_column, DataType::Int64, self.options.empty_as_row),
            (code_column, DataType::Int16, false),
        ];
        let added = added.into_iter().filter_map(|(name, data_type, nullable)| {
            Some(Field::new(name.as_ref()?, data_type, nullable))
        });
        let columns = self.columns.values().map(|column| column.field(*text_views));
        Schema::new(added.chain(columns).collect::<Vec<_>>())
    }

    pub(crate) fn finish(&mut self) -> RecordBatch {
        let schema = Arc::new(self.schema());
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(schema.fields().len());
        if self.options.response_column.is_some() {
            let responses = std::mem::take(&mut self.responses);
            arrays.push(Arc::new(PrimitiveArray::<Int64Type>::from(responses)));
        }
        if self.options.row_column.is_some() {
            let rows = std::mem::take(&mut self.rows);
            arrays.push(Arc::new(PrimitiveArray::<Int64Type>::from(rows)));
        }
        if self.options.code_column.is_some() {
            let codes = std::mem::take(&mut self.codes);
            arrays.push(Arc::new(PrimitiveArray::<Int16Type>::from(codes)));
        }
        let len = std::mem::take(&mut self.len);
        self.holes = Holes::default();
        for column in self.columns.values_mut() {
            column.pad(len);
            arrays.push(column.finish(self.options.text_views));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(len));
        RecordBatch::try_new_with_options(schema, arrays, &options)
            .expect("each column has the rows of the batch")
    }
}
