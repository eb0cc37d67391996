//! An argument that is text.

use datafusion::arrow::array::{Array, AsArray, LargeStringArray, StringArray, StringViewArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::ColumnarValue;

/// The texts of an argument: one a row, or one for all rows.
pub(super) enum Texts<'a> {
    Utf8(&'a StringArray),
    LargeUtf8(&'a LargeStringArray),
    Utf8View(&'a StringViewArray),
    Constant(Option<&'a str>),
}

impl<'a> Texts<'a> {
    pub(super) fn new(argument: &'a ColumnarValue) -> Result<Self> {
        let array = match argument {
            ColumnarValue::Array(array) => array,
            ColumnarValue::Scalar(scalar) => {
                return match scalar.try_as_str() {
                    Some(text) => Ok(Self::Constant(text)),
                    None => exec_err!("not a text: {}", scalar.data_type()),
                };
            }
        };
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Utf8(array.as_string())),
            DataType::LargeUtf8 => Ok(Self::LargeUtf8(array.as_string())),
            DataType::Utf8View => Ok(Self::Utf8View(array.as_string_view())),
            other => exec_err!("not a text: {other}"),
        }
    }

    /// Returns the text of a row; `None` if it is null.
    pub(super) fn get(&self, row: usize) -> Option<&'a str> {
        match self {
            Self::Utf8(array) => array.is_valid(row).then(|| array.value(row)),
            Self::LargeUtf8(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Utf8View(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Constant(text) => *text,
        }
    }
}
