//! The columns of responses of different shapes.

use std::collections::HashMap;

use cnic_response::Response;

use crate::failure::Failure;
use crate::visible::visible;

/// The columns that responses have, in the order in which they first appear, and how much there was of them.
#[derive(Default)]
pub(super) struct Union {
    names: Vec<String>,
    /// Each name in lower case, by what is left of it without separators.
    known: HashMap<String, String>,
    /// Two names that only separators tell apart.
    alike: Option<[String; 2]>,
}

impl Union {
    /// Adds the columns of a response; those that it declares if it is an empty list.
    pub(super) fn add(&mut self, response: &Response<'_>) {
        response.columns().for_each(|column| self.add_name(column.name()));
        if response.row_count() == 0 {
            response.declared_columns().for_each(|name| self.add_name(name));
        }
    }

    fn add_name(&mut self, name: &str) {
        let lower = name.to_ascii_lowercase();
        let bare = bare(&lower);
        match self.known.get(&bare) {
            Some(known) if *known == lower => {}
            Some(known) => self.alike = Some([known.clone(), lower]),
            None => {
                self.known.insert(bare, lower);
                self.names.push(name.to_owned());
            }
        }
    }

    /// Returns the names so far.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns whether a response has a column of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains_key(&bare(&name.to_ascii_lowercase()))
    }

    /// Returns the names, of which there has to be one.
    #[cfg(feature = "parquet")]
    pub(super) fn into_some_names(self) -> Result<Vec<String>, Failure> {
        let names = self.into_names()?;
        if names.is_empty() {
            let problem =
                "no response has a column: name them with --columns, or use --layout long";
            return Err(Failure::Refused(problem.to_owned()));
        }
        Ok(names)
    }

    /// Returns the names.
    pub(super) fn into_names(self) -> Result<Vec<String>, Failure> {
        // A response with one of them would give its cells to both.
        if let Some([one, other]) = &self.alike {
            let (one, other) = (visible(one), visible(other));
            let problem =
                format!("`{one}` and `{other}` are too much alike: choose with --columns");
            return Err(Failure::Refused(problem));
        }
        Ok(self.names)
    }
}

/// Returns what is left of a name without separators.
fn bare(name: &str) -> String {
    name.replace([' ', '\t', '_'], "")
}
