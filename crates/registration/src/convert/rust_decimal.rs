//! Amounts as decimals.

use rust_decimal::Decimal;

use crate::value::amount::Amount;
use crate::value::rule::{InvalidValue, Rule};

/// Exact, with two decimals.
///
/// ```
/// use cnic_registration::Amount;
/// use rust_decimal::Decimal;
///
/// let amount: Amount = "65.5".parse()?;
/// assert_eq!(Decimal::from(amount).to_string(), "65.50");
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        // 64 bits, of the 96 that there are.
        Self::from_i128_with_scale(amount.minor_units().into(), 2)
    }
}

/// The same amount, or an error: it is never rounded.
///
/// ```
/// use cnic_registration::{Amount, Rule};
/// use rust_decimal::Decimal;
///
/// let amount = Amount::try_from(Decimal::new(65_500, 3))?;
/// assert_eq!(amount.to_string(), "65.50");
/// let error = Amount::try_from(Decimal::new(65_005, 3)).unwrap_err();
/// assert_eq!(error.rule(), Rule::InvalidAmount);
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
///
/// # Errors
///
/// A number below zero, with more than two decimals that are not zeros, or of more than `u64::MAX`
/// minor units. The error has no place: there is no text.
impl TryFrom<Decimal> for Amount {
    type Error = InvalidValue;

    fn try_from(number: Decimal) -> Result<Self, InvalidValue> {
        // A Decimal has 96 bits and at most 28 decimals, so neither power overflows.
        let (mantissa, scale) = (number.mantissa(), number.scale());
        let hundredths = mantissa * 10_i128.pow(2_u32.saturating_sub(scale));
        let divisor = 10_i128.pow(scale.saturating_sub(2));
        u64::try_from(hundredths / divisor)
            .ok()
            .filter(|_| hundredths % divisor == 0)
            .map(Self::from_minor_units)
            .ok_or_else(|| InvalidValue::new(Rule::InvalidAmount, 0..0))
    }
}
