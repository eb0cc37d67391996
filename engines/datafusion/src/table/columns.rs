//! The columns of a table, and how they are built.

use std::sync::Arc;

use cnic_arrow::{BatchBuilder, BatchOptions, CellType};
use cnic_response::Response;
use datafusion::arrow::array::{
    ArrayRef, Int64Array, RecordBatch, RecordBatchOptions, StringBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::{DataFusionError, Result, exec_datafusion_err, plan_err};

/// A column of the lists.
#[derive(Clone, Debug)]
pub(super) struct ListColumn {
    pub(super) name: String,
    pub(super) cell_type: CellType,
}

#[derive(Clone, Debug)]
enum Column {
    File,
    Response,
    Code,
    Description,
    Row,
    Body,
    /// By its number among the list's columns.
    List(usize),
}

/// The columns that a table has, or that a query asks for.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
    schema: SchemaRef,
    list: Arc<[ListColumn]>,
    declared: bool,
    missing_as_null: bool,
    /// Whether there is a row for each response, and not for each row of its list.
    per_response: bool,
}

const FIXED: [(&str, Column, DataType); 5] = [
    ("file", Column::File, DataType::Utf8),
    ("response", Column::Response, DataType::Int64),
    ("code", Column::Code, DataType::Int64),
    ("description", Column::Description, DataType::Utf8),
    ("row", Column::Row, DataType::Int64),
];

impl Columns {
    pub(super) fn new(
        list: Vec<ListColumn>,
        declared: bool,
        missing_as_null: bool,
    ) -> Result<Self> {
        let mut columns = Vec::new();
        let mut fields: Vec<Field> = Vec::new();
        for (name, column, data_type) in FIXED {
            let nullable = matches!(column, Column::Row);
            columns.push(column);
            fields.push(Field::new(name, data_type, nullable));
        }
        for (number, ListColumn { name, cell_type }) in list.iter().enumerate() {
            let taken = FIXED.iter().any(|(fixed, ..)| fixed.eq_ignore_ascii_case(name));
            let name = if taken { format!("property_{name}") } else { name.clone() };
            if fields.iter().any(|field| field.name().eq_ignore_ascii_case(&name)) {
                return plan_err!("two columns `{name}`");
            }
            columns.push(Column::List(number));
            fields.push(Field::new(name, cell_type.data_type(), true));
        }
        let schema = Arc::new(Schema::new(fields));
        let list = list.into();
        Ok(Self { columns, schema, list, declared, missing_as_null, per_response: false })
    }

    /// Returns the columns of a table with a row for each response.
    pub(super) fn of_bodies() -> Self {
        let fields = [
            Field::new("file", DataType::Utf8, false),
            Field::new("response", DataType::Int64, false),
            Field::new("body", DataType::Utf8, false),
        ];
        Self {
            columns: vec![Column::File, Column::Response, Column::Body],
            schema: Arc::new(Schema::new(fields.to_vec())),
            list: Arc::new([]),
            declared: true,
            missing_as_null: false,
            per_response: true,
        }
    }

    pub(super) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    pub(super) fn project(&self, projection: &[usize]) -> Self {
        let columns = projection.iter().map(|&number| self.columns[number].clone()).collect();
        let fields = projection.iter().map(|&number| Arc::clone(&self.schema.fields()[number]));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Self { columns, schema, list: Arc::clone(&self.list), ..*self }
    }

    /// Returns whether the number of a response is among them.
    pub(super) fn has_number(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Response))
    }

    /// Returns the columns that [`BatchBuilder`] builds, in its order.
    fn built(&self) -> impl Iterator<Item = &ListColumn> {
        self.columns.iter().filter_map(|column| match column {
            Column::List(number) => Some(&self.list[*number]),
            _ => None,
        })
    }

    /// Returns a column of the response that this table does not know, if the columns were found in
    /// another response.
    fn unknown<'r>(&self, response: &'r Response<'_>) -> Option<&'r str> {
        if self.declared || self.missing_as_null {
            return None;
        }
        let known = |name: &str| self.list.iter().any(|list| list.name.eq_ignore_ascii_case(name));
        response.columns().map(|column| column.name()).find(|name| !known(name))
    }
}

/// The rows of one file under construction.
pub(super) struct RowBuilder<'c> {
    columns: &'c Columns,
    file: &'c str,
    builder: BatchBuilder,
    len: usize,
    pushed: i64,
    numbers: Vec<i64>,
    codes: Vec<i64>,
    rows: Vec<Option<i64>>,
    descriptions: StringBuilder,
    bodies: StringBuilder,
}

impl<'c> RowBuilder<'c> {
    pub(super) fn new(columns: &'c Columns, file: &'c str) -> Result<Self> {
        let mut options = BatchOptions::new()
            .columns(columns.built().map(|column| &*column.name))
            .missing_as_null(columns.missing_as_null)
            .empty_as_row(true);
        for ListColumn { name, cell_type } in columns.built() {
            options = options.cell_type(name, *cell_type);
        }
        Ok(Self {
            columns,
            file,
            builder: options.build().map_err(|error| DataFusionError::External(error.into()))?,
            len: 0,
            pushed: 0,
            numbers: Vec::new(),
            codes: Vec::new(),
            rows: Vec::new(),
            descriptions: StringBuilder::new(),
            bodies: StringBuilder::new(),
        })
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn text_len(&self) -> usize {
        let added = [&self.descriptions, &self.bodies].map(|texts| texts.values_slice().len());
        self.builder.text_len() + added.iter().sum::<usize>()
    }

    pub(super) fn push(&mut self, response: &Response<'_>) -> Result<()> {
        let (columns, file, pushed) = (self.columns, self.file, self.pushed);
        if let Some(name) = columns.unknown(response) {
            return Err(exec_datafusion_err!(
                "{file}: response {pushed}, `{}`: not a column of the first response; name the columns that the table has",
                name.escape_debug()
            ));
        }
        let before = self.len;
        let after = before + if columns.per_response { 1 } else { response.row_count().max(1) };
        for column in &self.columns.columns {
            let (name, len) = match column {
                Column::File => ("file", after.saturating_mul(file.len())),
                Column::Description => {
                    let added = (after - before).saturating_mul(response.description().len());
                    ("description", added.saturating_add(self.descriptions.values_slice().len()))
                }
                _ => continue,
            };
            // It is there once for each row, and the offsets have 32 bits with a sign.
            if i32::try_from(len).is_err() {
                return Err(exec_datafusion_err!(
                    "{file}: response {pushed}, `{name}`: more than 2 GiB in all rows; leave it out of the query"
                ));
            }
        }
        if !columns.per_response {
            self.builder.push(response).map_err(|error| exec_datafusion_err!("{file}: {error}"))?;
        }
        self.len = after;
        for column in &self.columns.columns {
            match column {
                Column::Response => self.numbers.resize(after, self.pushed),
                Column::Code => self.codes.resize(after, response.code().as_u16().into()),
                Column::Description => {
                    for _ in before..after {
                        self.descriptions.append_value(response.description());
                    }
                }
                Column::Row if response.row_count() == 0 => self.rows.push(None),
                Column::Row => self.rows.extend((0..).take(after - before).map(Some)),
                Column::Body => self.bodies.append_value(response.as_str()),
                Column::File | Column::List(_) => {}
            }
        }
        self.pushed += 1;
        Ok(())
    }

    /// Returns the rows so far, and goes on.
    pub(super) fn finish(&mut self) -> Result<RecordBatch> {
        let built = self.builder.finish();
        let len = std::mem::take(&mut self.len);
        let mut lists = built.columns().iter().cloned();
        let arrays = self.columns.columns.iter().filter_map(|column| -> Option<ArrayRef> {
            Some(match column {
                Column::File => {
                    let mut files = StringBuilder::with_capacity(len, len * self.file.len());
                    (0..len).for_each(|_| files.append_value(self.file));
                    Arc::new(files.finish())
                }
                Column::Response => Arc::new(Int64Array::from(std::mem::take(&mut self.numbers))),
                Column::Code => Arc::new(Int64Array::from(std::mem::take(&mut self.codes))),
                Column::Description => Arc::new(self.descriptions.finish()),
                Column::Row => Arc::new(Int64Array::from(std::mem::take(&mut self.rows))),
                Column::Body => Arc::new(self.bodies.finish()),
                Column::List(_) => return lists.next(),
            })
        });
        let arrays = arrays.collect();
        let options = RecordBatchOptions::new().with_row_count(Some(len));
        Ok(RecordBatch::try_new_with_options(self.columns.schema(), arrays, &options)?)
    }
}
