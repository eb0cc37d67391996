//! An archive of responses in Parquet files, the same at each run.

use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;

pub(crate) const FILES: usize = 8;
pub(crate) const BODIES: usize = 20_000;
/// The body that is not a response.
pub(crate) const BROKEN: usize = 12_345;

const ROWS: usize = 112;
const TLDS: [&str; 7] = ["com", "net", "org", "info", "biz", "name", "test"];
const STATUS: [&str; 4] = ["ACTIVE", "EXPIRED", "pending transfer", ""];

/// What a body is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    List,
    Holes,
    Empty,
    Error,
    Secret,
    Short,
    Broken,
}

/// Nine of ten are lists of the same shape.
pub(crate) fn kind(id: usize) -> Kind {
    const VARIED: [Kind; 5] = [Kind::Holes, Kind::Empty, Kind::Error, Kind::Secret, Kind::Short];
    match id {
        BROKEN => Kind::Broken,
        _ if id % 10 == 7 => VARIED[id / 10 % VARIED.len()],
        _ => Kind::List,
    }
}

/// The code of a body, if it is a response.
pub(crate) fn code(id: usize) -> Option<i32> {
    match kind(id) {
        Kind::Broken => None,
        Kind::Error if id % 20 == 7 => Some(545),
        Kind::Error => Some(421),
        _ => Some(200),
    }
}

/// The number of rows of a body.
pub(crate) fn rows(id: usize) -> usize {
    match kind(id) {
        Kind::List | Kind::Holes => ROWS,
        Kind::Empty | Kind::Error | Kind::Broken => 0,
        Kind::Secret => 1,
        Kind::Short => 60,
    }
}

pub(crate) fn body(id: usize) -> String {
    let mut text = String::with_capacity(10_000);
    let rows = rows(id);
    let kind = kind(id);
    text.push_str("[RESPONSE]\n");
    match (kind, code(id)) {
        (Kind::Broken, _) | (_, None) => return "<html><b>secret-4711</b></html>".to_owned(),
        (Kind::Error, Some(code)) => {
            write!(text, "code = {code}\ndescription = Command failed; no {id}\n").unwrap();
        }
        (_, Some(code)) => {
            write!(text, "code = {code}\ndescription = Command completed successfully\n").unwrap();
            for column in ["domain", "status"] {
                let index = usize::from(column == "status");
                writeln!(text, "property[column][{index}] = {column}").unwrap();
            }
            writeln!(text, "property[count][0] = {rows}").unwrap();
        }
    }
    for row in 0..rows {
        // Some domains are in two responses.
        let tld = TLDS[(id % 15_000 * 31 + row) % TLDS.len()];
        if kind != Kind::Holes || row % 5 != 2 {
            writeln!(text, "property[domain][{row}] = d{}-{row}.{tld}", id % 15_000).unwrap();
        }
        if kind != Kind::Holes || row % 5 == 2 || row % 3 != 1 {
            let status = STATUS[(id + row) % STATUS.len()];
            writeln!(text, "property[status][{row}] = {status}").unwrap();
        }
        if kind == Kind::Secret {
            writeln!(text, "property[auth][{row}] = hush-{id}").unwrap();
        }
    }
    write!(text, "runtime = 0.{:03}\nEOF\n", id % 11).unwrap();
    text
}

/// Writes the archive once and returns its folder.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archive");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for file in 0..FILES {
            let per_file = BODIES / FILES;
            let ids = file * per_file..(file + 1) * per_file;
            write_file(&folder.join(format!("part-{file}.parquet")), ids);
        }
        folder
    })
}

fn write_file(path: &Path, ids: std::ops::Range<usize>) {
    let properties = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_max_row_group_row_count(Some(500))
        .build();
    let mut writer = None;
    for start in ids.clone().step_by(500) {
        let ids = start..ids.end.min(start + 500);
        let numbers: ArrayRef =
            Arc::new(ids.clone().map(|id| i64::try_from(id).unwrap()).collect::<Int64Array>());
        let bodies: ArrayRef = Arc::new(ids.map(|id| Some(body(id))).collect::<StringArray>());
        let batch = RecordBatch::try_from_iter([("id", numbers), ("body", bodies)]).unwrap();
        writer
            .get_or_insert_with(|| {
                let file = File::create(path).unwrap();
                ArrowWriter::try_new(file, batch.schema(), Some(properties.clone())).unwrap()
            })
            .write(&batch)
            .unwrap();
    }
    writer.unwrap().close().unwrap();
}
