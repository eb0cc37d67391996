//! Reads the responses of a file.

use std::io::{self, Read};
use std::ops::ControlFlow;

use cnic_arrow::CellType;
use cnic_response::{FrameDecoder, Response};
use datafusion::arrow::array::RecordBatch;
use datafusion::common::{Result, exec_datafusion_err};

use crate::table::columns::{Columns, ListColumn, RowBuilder};
use crate::table::files::{self, Part};
use crate::table::source;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// A batch with more text is finished, however few rows it has.
const TEXT: usize = 16 << 20;

/// How many responses are looked at for the columns of a table.
const LOOKED_AT: usize = 1000;

/// Calls `take` for each response, until it breaks.
fn responses<B>(
    part: &Part,
    mut take: impl FnMut(Response<'static>) -> Result<ControlFlow<B>>,
) -> Result<ControlFlow<B>> {
    let path = &part.path;
    let failed = |error| files::failed(path, error);
    let mut source = source::open(part).map_err(failed)?;
    let mut decoder = FrameDecoder::new();
    let mut number = 0_usize;
    let mut chunk = vec![0; CHUNK];
    let mut item = |item: std::result::Result<Response<'static>, _>| {
        let response =
            item.map_err(|error| exec_datafusion_err!("{path}: response {number}: {error}"))?;
        number += 1;
        take(response)
    };
    loop {
        let len = match source.read(&mut chunk) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(failed(part.damage(error))),
        };
        let mut bytes = &chunk[..len];
        while let Some(decoded) = decoder.decode(&mut bytes) {
            if let ControlFlow::Break(value) = item(decoded)? {
                return Ok(ControlFlow::Break(value));
            }
        }
    }
    while let Some(decoded) = decoder.finish() {
        if let ControlFlow::Break(value) = item(decoded)? {
            return Ok(ControlFlow::Break(value));
        }
    }
    // Blank lines may be all there is in front of the first envelope, where a part ends.
    if number == 0 && part.end.is_none() {
        return Err(exec_datafusion_err!("{path}: no response"));
    }
    Ok(ControlFlow::Continue(()))
}

/// Builds the rows of a part, and gives each batch to `take` until it breaks.
///
/// # Errors
///
/// Those of the file and its responses. The number and the line of a response are those in the file.
pub(super) fn rows(
    part: &Part,
    columns: &Columns,
    batch_size: usize,
    limit: usize,
    mut take: impl FnMut(RecordBatch) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let result = batches(part, columns, batch_size, limit, &mut take);
    if part.start == 0 || result.is_ok() {
        return result;
    }
    // The responses before this part were not counted. Now they are: the error is the same one.
    let whole = Part { start: 0, ..part.clone() };
    batches(&whole, columns, batch_size, usize::MAX, &mut |_| ControlFlow::Continue(())).and(result)
}

fn batches(
    part: &Part,
    columns: &Columns,
    batch_size: usize,
    limit: usize,
    take: &mut impl FnMut(RecordBatch) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let mut rows = RowBuilder::new(columns, &part.path)?;
    let mut done = 0;
    let mut give = |rows: &mut RowBuilder<'_>| -> Result<ControlFlow<()>> {
        let batch = rows.finish()?;
        let len = batch.num_rows();
        done += len;
        for start in (0..len).step_by(batch_size.max(1)) {
            let slice = batch.slice(start, batch_size.max(1).min(len - start));
            if take(slice).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let is_enough = done >= limit;
        Ok(if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let wanted = batch_size.min(limit);
    let read = responses(part, |response| {
        rows.push(&response)?;
        if rows.len() >= wanted || rows.text_len() >= TEXT {
            return give(&mut rows);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if read.is_break() { Ok(read) } else { give(&mut rows) }
}

/// Finds the columns of the first response that has or declares any.
pub(super) fn first_columns(files: &[Part]) -> Result<Vec<ListColumn>> {
    let mut looked_at = 0;
    for file in files {
        let found = responses(file, |response| {
            let mut names: Vec<String> = Vec::new();
            let columns = response.columns().map(|column| column.name());
            for name in columns.chain(response.declared_columns()) {
                if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    names.push(name.to_owned());
                }
            }
            looked_at += 1;
            let is_last = !names.is_empty() || looked_at >= LOOKED_AT;
            Ok(if is_last { ControlFlow::Break(names) } else { ControlFlow::Continue(()) })
        })?;
        if let ControlFlow::Break(names) = found {
            let column = |name| ListColumn { name, cell_type: CellType::Text };
            return Ok(names.into_iter().map(column).collect());
        }
    }
    Ok(Vec::new())
}
