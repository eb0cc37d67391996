//! The period of a registration.

use core::fmt;
use core::num::NonZeroU8;
use core::ops::RangeInclusive;
use core::str::FromStr;

use crate::value::rule::{InvalidValue, Rule};
use crate::value::text::try_from_text;

/// A number of years from 1 to 10. An older page said 2 to 10; see
/// [`Policy::LEGACY`](crate::Policy::LEGACY).
///
/// If the form has no period, the server uses the [default](Self::DEFAULT).
///
/// ```
/// use cnic_registration::Period;
///
/// const FIVE: Period = Period::new(5).expect("1 to 10");
/// assert_eq!("5".parse(), Ok(FIVE));
/// assert!("05".parse::<Period>().is_err() && "+5".parse::<Period>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(NonZeroU8);

/// The default bounds of the years.
pub(crate) const YEARS: RangeInclusive<u8> = 1..=10;

impl Period {
    /// The period that the server uses if there is none in the form: 2 years.
    pub const DEFAULT: Self = Self::new(2).expect("1 to 10");

    /// Returns a period of that many years, or `None` for 0 and for more than 10.
    ///
    /// ```
    /// # use cnic_registration::Period;
    /// const LONGEST: Period = Period::new(10).expect("1 to 10");
    /// assert_eq!(LONGEST.to_string(), "10");
    /// assert_eq!((Period::new(0), Period::new(11)), (None, None));
    /// ```
    #[must_use]
    pub const fn new(years: u8) -> Option<Self> {
        match NonZeroU8::new(years) {
            Some(number) if years <= 10 => Some(Self(number)),
            _ => None,
        }
    }

    /// Returns the number of years.
    ///
    /// ```
    /// # use cnic_registration::Period;
    /// assert_eq!("7".parse().map(Period::years), Ok(7));
    /// assert_eq!(Period::DEFAULT.years(), 2);
    /// ```
    #[must_use]
    pub const fn years(self) -> u8 {
        self.0.get()
    }
}

/// Reads the number of years as a policy allows it.
pub(crate) fn parse(text: &str, years: &RangeInclusive<u8>) -> Result<Period, InvalidValue> {
    let number = match text.as_bytes() {
        [digit @ b'1'..=b'9'] => digit - b'0',
        b"10" => 10,
        _ => 0,
    };
    Period::new(number)
        .filter(|period| years.contains(&period.years()))
        .ok_or_else(|| InvalidValue::first_of(Rule::InvalidPeriod, text, |c| c.is_ascii_digit()))
}

try_from_text!(Period);

impl FromStr for Period {
    type Err = InvalidValue;

    /// Reads `1` to `10`.
    ///
    /// # Errors
    ///
    /// Anything else, such as `0`, `11`, a leading zero, a sign, a blank, digits that are not
    /// ASCII.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        parse(text, &YEARS)
    }
}

/// The [period that the server uses](Period::DEFAULT) if there is none in the form.
impl Default for Period {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl TryFrom<u8> for Period {
    type Error = InvalidValue;

    /// # Errors
    ///
    /// 0, and more than 10.
    fn try_from(years: u8) -> Result<Self, InvalidValue> {
        Self::new(years).ok_or_else(|| InvalidValue::new(Rule::InvalidPeriod, 0..0))
    }
}

impl From<Period> for u8 {
    fn from(period: Period) -> Self {
        period.years()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
