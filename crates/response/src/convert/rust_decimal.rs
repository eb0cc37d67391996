//! Numbers of seconds as decimals.

use rust_decimal::Decimal;

use crate::cell::seconds::{InvalidSeconds, Seconds};

/// Exact, with as many digits after the point as the cell has.
///
/// ```
/// use cnic_response::Seconds;
/// use rust_decimal::Decimal;
///
/// let runtime: Seconds = "0.120".parse()?;
/// assert_eq!(Decimal::from(runtime).to_string(), "0.120");
/// # Ok::<(), cnic_response::InvalidSeconds>(())
/// ```
impl From<Seconds> for Decimal {
    fn from(seconds: Seconds) -> Self {
        // At most 20 digits and 9 more: 96 bits hold every number of 28 digits, and of those with
        // 29 that begin with 1 to 7, such as u64::MAX and nine digits.
        let (digits, scale) = seconds.to_scaled();
        Self::from_i128_with_scale(digits, scale)
    }
}

/// # Errors
///
/// * [`InvalidSeconds::Negative`] for a number below zero;
/// * [`InvalidSeconds::TooPrecise`] for more than nine digits after the point;
/// * [`InvalidSeconds::Overflow`] for more seconds than 64 bits hold.
impl TryFrom<Decimal> for Seconds {
    type Error = InvalidSeconds;

    fn try_from(number: Decimal) -> Result<Self, InvalidSeconds> {
        if number.is_sign_negative() && !number.is_zero() {
            return Err(InvalidSeconds::Negative);
        }
        Self::from_scaled(number.mantissa().unsigned_abs(), number.scale())
    }
}
