//! Batches in the format of a file.

use std::io::{self, Write};

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

/// How many bytes of a row group are held in memory at most, however few rows it has by then.
const MOST_HELD: usize = 1 << 26;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Parquet,
    Arrow,
}

/// A file that is being written, compressed with zstd.
pub(super) enum Sheets<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Arrow { writer: Box<FileWriter<W>>, most_rows: usize },
}

impl<W: Write + Send> Sheets<W> {
    /// Begins a file with row groups, or batches, of so many rows at most.
    pub(super) fn new(kind: Kind, out: W, schema: SchemaRef, most_rows: usize) -> io::Result<Self> {
        match kind {
            Kind::Parquet => {
                let mut metadata: Vec<_> = schema.metadata().clone().into_iter().collect();
                metadata.sort();
                // Also for readers that do not know the schema of Arrow.
                let metadata = metadata.into_iter().map(|(key, value)| KeyValue::new(key, value));
                let properties = WriterProperties::builder()
                    .set_key_value_metadata(Some(metadata.collect()))
                    .set_compression(Compression::ZSTD(ZstdLevel::default()))
                    .set_max_row_group_row_count(Some(most_rows))
                    .build();
                let writer = ArrowWriter::try_new(out, schema, Some(properties));
                Ok(Self::Parquet(Box::new(writer.map_err(from_parquet)?)))
            }
            Kind::Arrow => {
                let options = IpcWriteOptions::default();
                let writer = options
                    .try_with_compression(Some(CompressionType::ZSTD))
                    .and_then(|options| FileWriter::try_new_with_options(out, &schema, options));
                let writer = Box::new(writer.map_err(from_arrow)?);
                Ok(Self::Arrow { writer, most_rows })
            }
        }
    }

    pub(super) fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        match self {
            Self::Parquet(writer) => {
                writer.write(batch).map_err(from_parquet)?;
                if writer.memory_size() > MOST_HELD {
                    writer.flush().map_err(from_parquet)?;
                }
                Ok(())
            }
            Self::Arrow { writer, most_rows } => {
                (0..batch.num_rows()).step_by(*most_rows).try_for_each(|row| {
                    let rows = (batch.num_rows() - row).min(*most_rows);
                    writer.write(&batch.slice(row, rows)).map_err(from_arrow)
                })
            }
        }
    }

    /// Ends the file.
    pub(super) fn into_inner(self) -> io::Result<W> {
        match self {
            Self::Parquet(writer) => writer.into_inner().map_err(from_parquet),
            Self::Arrow { writer, .. } => writer.into_inner().map_err(from_arrow),
        }
    }
}

/// Finds out what the system has said.
fn from_parquet(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => {
            error.downcast().map_or_else(io::Error::other, |error| *error)
        }
        error => io::Error::other(error),
    }
}

fn from_arrow(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}
