//! How a table is opened.

use std::sync::Arc;

use cnic_arrow::CellType;
use datafusion::common::{Result, plan_datafusion_err, plan_err};

use crate::table::columns::{Columns, ListColumn};
use crate::table::files::find;
use crate::table::{ResponseTable, scan};

/// The options of a [`ResponseTable`].
///
/// ```
/// use std::sync::Arc;
/// use datafusion::prelude::SessionContext;
/// use cnic_datafusion::TableOptions;
///
/// # #[tokio::main]
/// # async fn main() -> datafusion::error::Result<()> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("list.txt");
/// # let path = path.to_str().expect("a path of UTF-8");
/// let list = "code = 200\nproperty[domain][0] = example.com\nproperty[created][0] = 2016-11-16\n";
/// std::fs::write(path, list)?;
/// let table = TableOptions::new().columns("domain, created=date")?.open(path)?;
/// let context = SessionContext::new();
/// context.register_table("domains", Arc::new(table))?;
/// let rows = context.sql("SELECT domain FROM domains WHERE created < '2020-01-01'").await?;
/// assert_eq!(rows.count().await?, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct TableOptions {
    columns: Option<Vec<ListColumn>>,
    missing_as_null: bool,
    split_size: u64,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl TableOptions {
    /// Creates the default options.
    pub const fn new() -> Self {
        Self { columns: None, missing_as_null: false, split_size: 64 << 20 }
    }

    /// Sets the columns of the lists: names with a comma between them, each with a type after `=`
    /// if it is not text: `domain, created=timestamp, price=decimal(10,2)`. An empty text selects
    /// no columns.
    ///
    /// Default: the columns of the first response that has any; a later response with other columns
    /// is an error. If columns are set, other columns of a response are left out.
    ///
    /// # Errors
    ///
    /// An empty name, a name that is given twice, or an unknown type.
    pub fn columns(mut self, columns: &str) -> Result<Self> {
        let mut found: Vec<ListColumn> = Vec::new();
        let columns = if columns.trim().is_empty() { None } else { Some(columns) };
        for column in columns.into_iter().flat_map(split_outside_of_brackets) {
            let (name, cell_type) = match column.split_once('=') {
                Some((name, cell_type)) => {
                    let cell_type: CellType = cell_type.trim().parse().map_err(|error| {
                        plan_datafusion_err!("column `{}`: {error}", name.trim())
                    })?;
                    (name.trim(), cell_type)
                }
                None => (column.trim(), CellType::Text),
            };
            if name.is_empty() {
                return plan_err!("an empty name among the columns");
            }
            if found.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
                return plan_err!("two columns `{name}`");
            }
            found.push(ListColumn { name: name.to_owned(), cell_type });
        }
        self.columns = Some(found);
        Ok(self)
    }

    /// Sets whether a column that a response lacks is null in its rows. Default: no, such a response
    /// is an error.
    pub const fn missing_as_null(mut self, missing_as_null: bool) -> Self {
        self.missing_as_null = missing_as_null;
        self
    }

    /// Sets from which size a plain file is split, and how large its parts are, in bytes. Default:
    /// 64 MiB.
    pub const fn split_size(mut self, split_size: u64) -> Self {
        self.split_size = if split_size == 0 { 1 } else { split_size };
        self
    }

    /// Opens the files of a table.
    ///
    /// `path` is a file, a folder, or a pattern such as `lists/*.txt`. All files of a folder and
    /// its subfolders are read, except for names that begin with a dot. `.gz` and `.zst` are
    /// decompressed. A file has one response or many.
    ///
    /// # Errors
    ///
    /// * no file is found, or one can't be read;
    /// * one is neither a file nor a folder, such as a pipe, or it is a link to a folder that
    ///   contains it;
    /// * the response that names the columns can't be read.
    pub fn open(&self, path: &str) -> Result<ResponseTable> {
        let files = find(path)?;
        let declared = self.columns.is_some();
        let list = match &self.columns {
            Some(columns) => columns.clone(),
            None => scan::first_columns(&files)?,
        };
        let columns = Arc::new(Columns::new(list, declared, self.missing_as_null)?);
        Ok(ResponseTable { columns, files, split_size: self.split_size })
    }

    /// Opens the files of a table with a row for each response and the columns `file`, `response`
    /// and `body`, the text of the response, from which an archive is made. The only option that it
    /// uses is the [size of parts](Self::split_size).
    ///
    /// # Errors
    ///
    /// Those of [`open`](Self::open), except for those of the columns.
    pub fn open_bodies(&self, path: &str) -> Result<ResponseTable> {
        let columns = Arc::new(Columns::of_bodies());
        Ok(ResponseTable { columns, files: find(path)?, split_size: self.split_size })
    }
}

fn split_outside_of_brackets(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
}
