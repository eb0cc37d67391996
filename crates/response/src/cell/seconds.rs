//! A cell or field that is a number of seconds.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use cnic_text::digits::is_digits;
use cnic_text::kinds;

use crate::cell::fraction::Fraction;

/// A number of seconds as `runtime` and `queuetime` have it: decimal, exact to the nanosecond.
///
/// It is written as it was read, zeros at the end included; equality and order are those of the
/// numbers, so `0.50` equals `0.5`.
///
/// ```
/// use cnic_response::{Response, Seconds};
/// use core::time::Duration;
///
/// let response = Response::parse("code = 200\nruntime = 0.012\nqueuetime = 0\n")?;
/// let runtime: Seconds = response.runtime().expect("it is there").parse()?;
/// assert_eq!(runtime.to_duration(), Duration::from_millis(12));
/// assert_eq!(runtime.to_string(), "0.012");
/// assert_eq!(response.queuetime().map(str::parse::<Seconds>), Some(Ok(Seconds::ZERO)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds {
    whole: u64,
    fraction: Fraction,
}

impl Seconds {
    /// No time: `0`.
    pub const ZERO: Self = Self { whole: 0, fraction: Fraction::NONE };

    /// Returns the time. Nothing is rounded.
    ///
    /// ```
    /// # use cnic_response::Seconds;
    /// use core::time::Duration;
    ///
    /// let runtime: Seconds = "1.50".parse()?;
    /// assert_eq!(runtime.to_duration(), Duration::from_millis(1500));
    /// # Ok::<(), cnic_response::InvalidSeconds>(())
    /// ```
    #[must_use]
    pub const fn to_duration(self) -> Duration {
        Duration::new(self.whole, self.fraction.nanos())
    }

    /// Returns the digits as one number, and how many of them are behind the point.
    #[cfg(feature = "rust_decimal")]
    pub(crate) fn to_scaled(self) -> (i128, u32) {
        let (fraction, scale) = self.fraction.to_scaled();
        (i128::from(self.whole) * 10_i128.pow(scale) + i128::from(fraction), scale)
    }

    /// The inverse of [`to_scaled`](Self::to_scaled).
    #[cfg(feature = "rust_decimal")]
    pub(crate) fn from_scaled(digits: u128, scale: u32) -> Result<Self, InvalidSeconds> {
        // The caller's scale is at most 28, and 10^38 fits.
        let one = 10_u128.pow(scale);
        let whole = u64::try_from(digits / one).map_err(|_| InvalidSeconds::Overflow)?;
        let fraction = Fraction::from_scaled(digits % one, scale);
        Ok(Self { whole, fraction: fraction.ok_or(InvalidSeconds::TooPrecise)? })
    }
}

impl FromStr for Seconds {
    type Err = InvalidSeconds;

    /// Reads `0`, `0.012`, `10.36`: digits, and after a point one to nine more.
    ///
    /// ```
    /// use cnic_response::{InvalidSeconds, Seconds};
    ///
    /// assert_eq!("-1".parse::<Seconds>(), Err(InvalidSeconds::Negative));
    /// assert_eq!("1e-5".parse::<Seconds>(), Err(InvalidSeconds::Syntax));
    /// ```
    ///
    /// # Errors
    ///
    /// * `-1`, `-0`: a sign;
    /// * `0.0000000001`: more than nine digits after the point, which would have to be rounded;
    /// * `18446744073709551616`: more seconds than 64 bits hold;
    /// * anything else: an empty text, `.5`, `5.`, `05`, `+5`, `1e3`, `1,5`, `5 s`, a blank before
    ///   or after.
    fn from_str(s: &str) -> Result<Self, InvalidSeconds> {
        if s.starts_with('-') {
            return Err(InvalidSeconds::Negative);
        }
        let (whole, digits) = s.split_once('.').map_or((s, None), |(w, d)| (w, Some(d)));
        let is_number = is_digits(whole) && digits.is_none_or(is_digits);
        if !is_number || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(InvalidSeconds::Syntax);
        }
        let fraction = match digits {
            Some(digits) => Fraction::parse(digits).ok_or(InvalidSeconds::TooPrecise)?,
            None => Fraction::NONE,
        };
        let whole = whole.parse().map_err(|_| InvalidSeconds::Overflow)?;
        Ok(Self { whole, fraction })
    }
}

/// Has as many digits after the point as it takes: `Duration::from_millis(1500)` is `1.5`.
impl From<Duration> for Seconds {
    fn from(time: Duration) -> Self {
        Self { whole: time.as_secs(), fraction: Fraction::of_nanos(time.subsec_nanos()) }
    }
}

/// Exact: see [`Seconds::to_duration`].
impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Self {
        seconds.to_duration()
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.whole, self.fraction)
    }
}

kinds! {
    /// Why a text is not a number of [`Seconds`].
    ///
    /// ```
    /// use cnic_response::{InvalidSeconds, Seconds};
    ///
    /// let error = "-0.5".parse::<Seconds>().unwrap_err();
    /// assert_eq!((error, error.name()), (InvalidSeconds::Negative, "Negative"));
    /// assert_eq!(error.to_string(), "seconds are negative");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum InvalidSeconds {
        /// It begins with `-`.
        Negative = "seconds are negative",
        /// The digits before the point do not fit in 64 bits.
        Overflow = "seconds do not fit in 64 bits",
        /// It is not a decimal number, or has a zero before it: `1e3`, `.5`, `05`.
        Syntax = "seconds are not a decimal number",
        /// There are more than nine digits after the point.
        TooPrecise = "seconds have more than nine digits after the point",
    }
}

impl core::error::Error for InvalidSeconds {}
