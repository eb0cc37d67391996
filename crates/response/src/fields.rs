//! The top-level fields of a response.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use cnic_text::{to_u32, to_usize};

use crate::index::folding::eq_name;
use crate::index::{Field, ResponseIndex};
use crate::response::Response;

impl Response<'_> {
    /// Returns the value of a top-level field: of a line that is not a `property[..][..]`.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("CODE=200\r\nDESCRIPTION=Done\r\nPENDING=1\r\n")?;
    /// assert_eq!(response.field("pending"), Some("1"));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let fields = &self.index.fields;
        let name_at = |n: u32| self.field_at(fields[to_usize(n)]).0;
        let ResponseIndex { field_names, normalized_fields, .. } = &self.index;
        let len = to_u32(fields.len());
        let found = field_names.find_normalized(name, len, name_at, normalized_fields)?;
        Some(self.field_at(fields[to_usize(found)]).1)
    }

    /// Finds a field by its name; only ASCII case is ignored.
    pub(crate) fn exact_field(&self, name: &str) -> Option<&str> {
        let fields = &self.index.fields;
        let found = self.index.field_names.find(name, |n| self.field_at(fields[to_usize(n)]).0)?;
        Some(self.field_at(fields[to_usize(found)]).1)
    }

    /// Returns the top-level fields other than `code` and `description` as names and values, in
    /// order of appearance.
    ///
    /// ```
    /// # use cnic_response::Response;
    /// let response = Response::parse("code = 200\ndescription = Done\nruntime = 0.012\n")?;
    /// assert!(response.fields().eq([("runtime", "0.012")]));
    /// # Ok::<(), cnic_response::ParseError>(())
    /// ```
    #[must_use]
    pub fn fields(&self) -> Fields<'_> {
        Fields::of(&self.text, &self.index.fields)
    }

    fn field_at(&self, field: Field) -> (&str, &str) {
        (field.name.slice(&self.text), field.value.slice(&self.text))
    }
}

/// The top-level fields other than `code` and `description`, as names and values: what
/// [`Response::fields`] returns. `Debug` prints how many may be left.
///
/// ```
/// use cnic_response::{Fields, Response};
///
/// fn names(fields: Fields<'_>) -> Vec<&str> {
///     fields.map(|(name, _)| name).collect()
/// }
///
/// let response = Response::parse("code = 200\ndescription = Done\nruntime = 0.012\nqueuetime = 0\n")?;
/// assert_eq!(names(response.fields()), ["runtime", "queuetime"]);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[derive(Clone)]
pub struct Fields<'r> {
    text: &'r str,
    fields: slice::Iter<'r, Field>,
}

impl<'r> Fields<'r> {
    pub(crate) fn of(text: &'r str, fields: &'r [Field]) -> Self {
        Self { text, fields: fields.iter() }
    }
}

/// Returns a field as a name and a value, unless the response has a method for it.
fn shown<'r>(text: &'r str, field: &Field) -> Option<(&'r str, &'r str)> {
    let name = field.name.slice(text);
    let is_other = !eq_name(name, "code") && !eq_name(name, "description");
    is_other.then(|| (name, field.value.slice(text)))
}

impl<'r> Iterator for Fields<'r> {
    type Item = (&'r str, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.text;
        self.fields.find_map(|field| shown(text, field))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.fields.len()))
    }
}

impl DoubleEndedIterator for Fields<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let text = self.text;
        self.fields.by_ref().rev().find_map(|field| shown(text, field))
    }
}

impl FusedIterator for Fields<'_> {}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fields").field("at_most", &self.fields.len()).finish_non_exhaustive()
    }
}
