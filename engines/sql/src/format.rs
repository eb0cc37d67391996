//! How rows are written.

use std::io::Write;

use clap::ValueEnum;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::json::{LineDelimitedWriter, WriterBuilder, writer::LineDelimited};
use datafusion::arrow::util::pretty::pretty_format_batches_with_schema;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;

use crate::failure::{Failure, escape};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// With a header
    Csv,
    /// An object a line
    Json,
    /// Compressed with zstd
    Parquet,
}

/// Writes rows in one format.
pub(crate) enum RowWriter<W: Write + Send> {
    /// The width of a column depends on all rows.
    Table {
        out: W,
        schema: SchemaRef,
        batches: Vec<RecordBatch>,
    },
    Csv {
        writer: csv::Writer<W>,
        schema: SchemaRef,
        is_empty: bool,
    },
    Json(LineDelimitedWriter<W>),
    Parquet(ArrowWriter<W>),
}

impl<W: Write + Send> RowWriter<W> {
    pub(crate) fn new(format: Format, out: W, schema: SchemaRef) -> Result<Self, Failure> {
        Ok(match format {
            Format::Table => Self::Table { out, schema, batches: Vec::new() },
            Format::Csv => Self::Csv { writer: csv::Writer::new(out), schema, is_empty: true },
            Format::Json => {
                let builder = WriterBuilder::new().with_explicit_nulls(true);
                Self::Json(builder.build::<_, LineDelimited>(out))
            }
            Format::Parquet => {
                let compression = Compression::ZSTD(Default::default());
                let properties = WriterProperties::builder().set_compression(compression).build();
                let writer = ArrowWriter::try_new(out, schema, Some(properties));
                Self::Parquet(writer.map_err(parquet)?)
            }
        })
    }

    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), Failure> {
        match self {
            Self::Table { batches, .. } => batches.push(batch),
            Self::Csv { writer, is_empty, .. } => {
                writer.write(&batch)?;
                *is_empty = false;
            }
            Self::Json(writer) => writer.write(&batch)?,
            Self::Parquet(writer) => writer.write(&batch).map_err(parquet)?,
        }
        Ok(())
    }

    /// Writes what is missing, and returns where it all went.
    pub(crate) fn finish(self) -> Result<W, Failure> {
        match self {
            Self::Table { mut out, schema, batches } => {
                let table = pretty_format_batches_with_schema(schema, &batches)?.to_string();
                writeln!(out, "{}", escape(&table))?;
                Ok(out)
            }
            Self::Csv { mut writer, schema, is_empty } => {
                if is_empty {
                    // The header comes with the first batch.
                    writer.write(&RecordBatch::new_empty(schema))?;
                }
                Ok(writer.into_inner())
            }
            Self::Json(mut writer) => {
                writer.finish()?;
                Ok(writer.into_inner())
            }
            Self::Parquet(writer) => writer.into_inner().map_err(parquet),
        }
    }
}

fn parquet(error: datafusion::parquet::errors::ParquetError) -> Failure {
    datafusion::error::DataFusionError::from(error).into()
}
