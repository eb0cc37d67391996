//! Scalar functions on texts of responses.

mod column;
mod reader;
mod texts;

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int32Builder, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::types::logical_string;
use datafusion::common::utils::take_function_args;
use datafusion::common::{Result, ScalarValue, exec_datafusion_err};
use datafusion::execution::FunctionRegistry;
use datafusion::logical_expr::{
    Coercion, ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    TypeSignatureClass, Volatility,
};

use crate::functions::column::CellLists;
use crate::functions::reader::Reader;
use crate::functions::texts::Texts;

/// Returns the functions on texts of responses, with which a query reads an archive.
///
/// A text is one response. Each function takes any Arrow type of text, and constants.
///
/// * `cnic_code(body)`: its code, an `Int32`.
/// * `cnic_description(body)`: its description.
/// * `cnic_field(body, name)`: a field outside of the list, such as `runtime`.
/// * `cnic_column(body, name)`: the cells of a column, a list of texts. It has an item for each row,
///   and null for a hole, so that two columns of a response unnest in step. It is null if there is no
///   such column, and empty if an empty list declares the column. A column that describes the list,
///   such as `total`, has its own cells only.
/// * `cnic_redact(body)`: the response with its secrets masked. A command is masked, too.
/// * `cnic_error(body)`: why the text can't be read as a response, with the line; null if it can.
///   It never holds a value of the text.
///
/// Names are found as [`Response::column`](cnic_response::Response::column) finds them: ASCII
/// case-insensitively. For a text that can't be read, all functions but `cnic_error` return null;
/// the query goes on. For null they return null.
///
/// The [default limits](cnic_response::Limits::DEFAULT) apply, with one exception: a response has
/// at most 16,384 holes, plus 64 for each of its cells. This bounds the memory that a batch of
/// hostile texts can take.
///
/// Each function reads the text anew. A query that takes three columns reads it three times.
#[must_use]
pub fn functions() -> Vec<Arc<ScalarUDF>> {
    Kind::ALL.map(|kind| Arc::new(ScalarUDF::from(ResponseFunction::new(kind)))).into()
}

/// Registers the [`functions`], for example in a
/// [`SessionContext`](datafusion::prelude::SessionContext).
///
/// # Errors
///
/// Those of the registry, if it accepts no functions.
pub fn register(registry: &mut dyn FunctionRegistry) -> Result<()> {
    for function in functions() {
        registry.register_udf(function)?;
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Code,
    Description,
    Field,
    Column,
    Redact,
    Error,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Code, Self::Description, Self::Field, Self::Column, Self::Redact, Self::Error];

    const fn name(self) -> &'static str {
        match self {
            Self::Code => "cnic_code",
            Self::Description => "cnic_description",
            Self::Field => "cnic_field",
            Self::Column => "cnic_column",
            Self::Redact => "cnic_redact",
            Self::Error => "cnic_error",
        }
    }

    const fn takes_name(self) -> bool {
        matches!(self, Self::Field | Self::Column)
    }
}

#[derive(PartialEq, Eq, Hash)]
struct ResponseFunction {
    kind: Kind,
    signature: Signature,
}

impl ResponseFunction {
    fn new(kind: Kind) -> Self {
        let text = Coercion::new_exact(TypeSignatureClass::Native(logical_string()));
        let count = if kind.takes_name() { 2 } else { 1 };
        let signature = Signature::coercible(vec![text; count], Volatility::Immutable);
        Self { kind, signature }
    }

    fn rows(&self, args: &[ColumnarValue], len: usize) -> Result<ArrayRef> {
        let (body, name) = if self.kind.takes_name() {
            let [body, name] = take_function_args(self.name(), args)?;
            (body, Some(Texts::new(name)?))
        } else {
            let [body] = take_function_args(self.name(), args)?;
            (body, None)
        };
        let bodies = Texts::new(body)?;
        let bodies = (0..len).map(|row| bodies.get(row));
        let name = |row| name.as_ref().and_then(|names| names.get(row));
        let mut reader = Reader::new();
        let mut texts = TextRows { builder: StringBuilder::new(), function: self.name() };
        match self.kind {
            Kind::Code => {
                let mut codes = Int32Builder::with_capacity(len);
                for body in bodies {
                    codes.append_option(
                        reader.read(body, |response| response.code().as_u16().into()),
                    );
                }
                Ok(Arc::new(codes.finish()))
            }
            Kind::Column => {
                let mut lists = CellLists::new(len);
                for (row, body) in bodies.enumerate() {
                    match name(row) {
                        Some(name) => {
                            let found = reader.read(body, |response| lists.append(response, name));
                            found.unwrap_or_else(|| lists.append_null())?;
                        }
                        None => lists.append_null()?,
                    }
                }
                Ok(lists.finish())
            }
            Kind::Description => {
                for body in bodies {
                    let result = reader.read(body, |response| texts.push(response.description()));
                    result.unwrap_or_else(|| texts.push_null())?;
                }
                Ok(texts.finish())
            }
            Kind::Field => {
                for (row, body) in bodies.enumerate() {
                    let result = reader.read(body, |response| {
                        match name(row).and_then(|name| response.field(name)) {
                            Some(field) => texts.push(field),
                            None => texts.push_null(),
                        }
                    });
                    result.unwrap_or_else(|| texts.push_null())?;
                }
                Ok(texts.finish())
            }
            Kind::Redact => {
                for body in bodies {
                    match body.and_then(|body| reader.redact(body)) {
                        Some(redacted) => texts.push(&redacted)?,
                        None => texts.push_null()?,
                    }
                }
                Ok(texts.finish())
            }
            Kind::Error => {
                for body in bodies {
                    match body.and_then(|body| reader.error(body)) {
                        Some(error) => texts.push(&error)?,
                        None => texts.push_null()?,
                    }
                }
                Ok(texts.finish())
            }
        }
    }
}

/// The texts that a function returns.
struct TextRows<'f> {
    builder: StringBuilder,
    function: &'f str,
}

impl TextRows<'_> {
    fn push(&mut self, text: &str) -> Result<()> {
        if i32::try_from(self.builder.values_slice().len() + text.len()).is_err() {
            return Err(too_large(self.function));
        }
        self.builder.append_value(text);
        Ok(())
    }

    fn push_null(&mut self) -> Result<()> {
        self.builder.append_null();
        Ok(())
    }

    fn finish(mut self) -> ArrayRef {
        Arc::new(self.builder.finish())
    }
}

/// The offsets of texts and lists have 32 bits with a sign.
fn too_large(function: &str) -> datafusion::error::DataFusionError {
    exec_datafusion_err!(
        "{function}: more than 2 GiB in one batch; set datafusion.execution.batch_size lower"
    )
}

impl fmt::Debug for ResponseFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())
    }
}

impl ScalarUDFImpl for ResponseFunction {
    fn name(&self) -> &str {
        self.kind.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.kind {
            Kind::Code => DataType::Int32,
            Kind::Column => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            Kind::Description | Kind::Field | Kind::Redact | Kind::Error => DataType::Utf8,
        })
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        if args.args.iter().all(|arg| matches!(arg, ColumnarValue::Scalar(_))) {
            let one = self.rows(&args.args, 1)?;
            return ScalarValue::try_from_array(&one, 0).map(ColumnarValue::Scalar);
        }
        self.rows(&args.args, args.number_rows).map(ColumnarValue::Array)
    }
}
