//! The type that the cells of a column are read as.

use std::fmt;
use std::str::FromStr;

use arrow_schema::{DataType, TimeUnit};

/// The type of a column. A column is text unless
/// [a type is set](crate::BatchOptions::cell_type): no type is inferred, since the digits of a cell
/// may be a telephone number.
///
/// An empty cell is null in a column of any type but text.
///
/// ```
/// use cnic_arrow::CellType;
///
/// assert_eq!("decimal(10,2)".parse(), Ok(CellType::Decimal { precision: 10, scale: 2 }));
/// assert_eq!(CellType::Timestamp.to_string(), "timestamp");
/// assert!("decimal(2,10)".parse::<CellType>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CellType {
    /// Any text, as [`DataType::Utf8`].
    #[default]
    Text,
    /// A decimal number that fits in 64 bits with a sign, as [`DataType::Int64`].
    Integer,
    /// A decimal number, as [`DataType::Decimal128`]: at most `precision` digits, `scale` of them
    /// after the point. More digits after the point are accepted if they are zeros.
    Decimal {
        /// The number of digits, 1 to 38.
        precision: u8,
        /// How many of them are after the point, 0 to `precision`.
        scale: u8,
    },
    /// A date and a time of day in UTC such as `2027-03-01 12:00:00.0`, in microseconds. Digits
    /// beyond these are accepted if they are zeros. `0000-00-00 00:00:00` is null.
    Timestamp,
    /// A date such as `2016-11-16`, as [`DataType::Date32`]. `0000-00-00` is null.
    Date,
    /// `1`, `Y`, `yes` or `true`, and `0`, `N`, `no` or `false`; ASCII case is ignored.
    Boolean,
}

/// The largest precision of a decimal of 128 bits.
const MAX_PRECISION: u8 = 38;

impl CellType {
    /// Returns the Arrow type of the column.
    ///
    /// ```
    /// use arrow_schema::DataType;
    /// use cnic_arrow::CellType;
    ///
    /// assert_eq!(CellType::Date.data_type(), DataType::Date32);
    /// ```
    #[must_use]
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int64,
            // The scale of a valid type is at most 38.
            Self::Decimal { precision, scale } => {
                DataType::Decimal128(precision, i8::try_from(scale).unwrap_or(i8::MAX))
            }
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Self::Date => DataType::Date32,
            Self::Boolean => DataType::Boolean,
        }
    }

    /// Returns whether the precision and the scale of a decimal are in range.
    pub(crate) const fn is_valid(self) -> bool {
        match self {
            Self::Decimal { precision, scale } => {
                precision >= 1 && precision <= MAX_PRECISION && scale <= precision
            }
            _ => true,
        }
    }
}

impl fmt::Display for CellType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Integer => f.write_str("integer"),
            Self::Decimal { precision, scale } => write!(f, "decimal({precision},{scale})"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Date => f.write_str("date"),
            Self::Boolean => f.write_str("boolean"),
        }
    }
}

/// Why a text is not the name of a [`CellType`].
///
/// ```
/// use cnic_arrow::{CellType, InvalidCellType};
///
/// assert_eq!("int".parse::<CellType>(), Err(InvalidCellType::Unknown));
/// assert_eq!("decimal(10)".parse::<CellType>(), Err(InvalidCellType::Decimal));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidCellType {
    /// Not the name of a type.
    Unknown,
    /// `decimal` without `(precision,scale)`, or with a precision or scale out of range.
    Decimal,
}

impl fmt::Display for InvalidCellType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => {
                "unknown type; types are text, integer, decimal(PRECISION,SCALE), timestamp, date and boolean"
            }
            Self::Decimal => {
                "not `decimal(PRECISION,SCALE)` with a precision of 1 to 38 and a scale of 0 to the precision"
            }
        })
    }
}

impl std::error::Error for InvalidCellType {}

impl FromStr for CellType {
    type Err = InvalidCellType;

    fn from_str(name: &str) -> Result<Self, InvalidCellType> {
        Ok(match name {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "timestamp" => Self::Timestamp,
            "date" => Self::Date,
            "boolean" => Self::Boolean,
            _ => {
                let decimal = name.strip_prefix("decimal").ok_or(InvalidCellType::Unknown)?;
                let numbers = decimal.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                let (precision, scale) = numbers
                    .and_then(|both| both.split_once(','))
                    .ok_or(InvalidCellType::Decimal)?;
                let number = |text: &str| text.trim().parse().map_err(|_| InvalidCellType::Decimal);
                let decimal =
                    Self::Decimal { precision: number(precision)?, scale: number(scale)? };
                if !decimal.is_valid() {
                    return Err(InvalidCellType::Decimal);
                }
                decimal
            }
        })
    }
}
