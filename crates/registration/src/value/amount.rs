//! Money.

use core::fmt;
use core::str::FromStr;

use cnic_text::digits::parse_number;

use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::try_from_text;

/// An exact amount of money in minor units. It has no currency, because the response does not name
/// one (docs/toolkit.md, section 6).
///
/// ```
/// use cnic_registration::Amount;
///
/// let amount: Amount = "65.5".parse()?;
/// assert_eq!(amount.minor_units(), 6550);
/// assert_eq!(amount.to_string(), "65.50");
/// assert!("65.005".parse::<Amount>().is_err(), "money is never rounded");
/// # Ok::<(), cnic_registration::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Creates an amount from minor units: `6500` for `65.00`.
    ///
    /// ```
    /// # use cnic_registration::Amount;
    /// let yearly: Amount = "32.50".parse()?;
    /// let two_years = Amount::from_minor_units(2 * yearly.minor_units());
    /// assert_eq!(two_years.to_string(), "65.00");
    /// # Ok::<(), cnic_registration::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn from_minor_units(minor_units: u64) -> Self {
        Self(minor_units)
    }

    /// Returns the minor units.
    ///
    /// ```
    /// # use cnic_registration::{Amount, Receipt};
    /// let receipt = Receipt::parse("Status: 0\namount: 65.5\n")?;
    /// assert_eq!(receipt.amount().map(Amount::minor_units), Some(6550));
    /// # Ok::<(), cnic_registration::ParseError>(())
    /// ```
    #[must_use]
    pub const fn minor_units(self) -> u64 {
        self.0
    }
}

try_from_text!(Amount);

impl FromStr for Amount {
    type Err = InvalidValue;

    /// Reads `1*DIGIT [ "." 1*2DIGIT ]`.
    ///
    /// # Errors
    ///
    /// Anything else, such as a sign, a third decimal, a dot without digits on both sides, a
    /// currency, `1e3`; more than `u64::MAX` minor units.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let minor_units = || {
            let hundredths = parse_number(decimals)?;
            let hundredths = match decimals.len() {
                1 => hundredths * 10,
                2 => hundredths,
                _ => return None,
            };
            parse_number(whole)?.checked_mul(100)?.checked_add(hundredths)
        };
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        minor_units()
            .map(Self)
            .ok_or_else(|| InvalidValue::first_of(Rule::InvalidAmount, text, is_part))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}
