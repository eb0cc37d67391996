//! What follows a decimal point.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use cnic_text::digits::is_digits;

/// The digits after the point of a decimal number, up to nine, with the zeros at their end: `.50`,
/// or nothing.
///
/// Two are equal if they are the same part of one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fraction {
    nanos: u32,
    digits: u8,
}

impl Fraction {
    pub(crate) const NONE: Self = Self { nanos: 0, digits: 0 };

    /// How many digits there may be.
    const MAX_DIGITS: u8 = 9;

    /// Reads the digits after a point. `None` where there are more than nine, or none, or something
    /// else.
    pub(crate) fn parse(digits: &str) -> Option<Self> {
        let count = u8::try_from(digits.len()).ok().filter(|&count| count <= Self::MAX_DIGITS)?;
        let missing = Self::MAX_DIGITS - count;
        let nanos = is_digits(digits).then(|| digits.parse::<u32>().ok())??;
        Some(Self { nanos: nanos * 10_u32.pow(missing.into()), digits: count })
    }

    /// Returns billionths with as many digits as it takes. There are less than a billion of them.
    pub(crate) fn of_nanos(nanos: u32) -> Self {
        let zeros =
            (0..Self::MAX_DIGITS).take_while(|&n| nanos % 10_u32.pow(u32::from(n) + 1) == 0);
        let zeros = u8::try_from(zeros.count()).unwrap_or(Self::MAX_DIGITS);
        Self { nanos, digits: Self::MAX_DIGITS - zeros }
    }

    /// Returns the digits as a number, and how many they are: 500 and 3 for `.500`.
    #[cfg(feature = "rust_decimal")]
    pub(crate) fn to_scaled(self) -> (u32, u32) {
        let unused = u32::from(Self::MAX_DIGITS - self.digits);
        (self.nanos / 10_u32.pow(unused), self.digits.into())
    }

    /// Returns `count` digits, of which there may be more than nine if those are zeros.
    #[cfg(feature = "rust_decimal")]
    pub(crate) fn from_scaled(mut digits: u128, mut count: u32) -> Option<Self> {
        while count > u32::from(Self::MAX_DIGITS) {
            if digits % 10 != 0 {
                return None;
            }
            (digits, count) = (digits / 10, count - 1);
        }
        let digits = u32::try_from(digits).ok()?;
        let count = u8::try_from(count).ok()?;
        let missing = u32::from(Self::MAX_DIGITS - count);
        Some(Self { nanos: digits * 10_u32.pow(missing), digits: count })
    }

    pub(crate) const fn nanos(self) -> u32 {
        self.nanos
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nanos.hash(state);
    }
}

/// Writes the point as well, if there are digits.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits == 0 {
            return Ok(());
        }
        let digits = self.nanos / 10_u32.pow(u32::from(Self::MAX_DIGITS - self.digits));
        write!(f, ".{digits:0width$}", width = usize::from(self.digits))
    }
}
