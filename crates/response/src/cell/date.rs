//! A cell that is a date.

use core::fmt;
use core::str::FromStr;

use cnic_text::kinds;

/// A date without a time, as some cells have it: `2016-11-16`.
///
/// It is a day of the proleptic Gregorian calendar, in the years 0 to 9999. It is written as it was
/// read, and ordered by time. A cell that has a time as well is a [`DateTime`](crate::DateTime).
///
/// `0000-00-00` is not a date: servers write it where there is none. With the feature `serde`,
/// `de::zero_date_as_none` reads it as `None`.
///
/// ```
/// use cnic_response::{Date, Response};
///
/// let text = "code = 200\nproperty[date][0] = 2016-11-16\nproperty[rate][0] = 1.0702\n";
/// let response = Response::parse(text)?;
/// let date: Date = response.get("date", 0).expect("the cell is there").parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2016, 11, 16));
/// assert!(date < Date::new(2016, 12, 1)?);
/// assert_eq!(date.to_string(), "2016-11-16");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // In the order of significance, which is the order of time.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a date.
    ///
    /// ```
    /// use cnic_response::{Date, InvalidDate};
    ///
    /// assert_eq!(Date::new(2028, 2, 29)?.to_string(), "2028-02-29");
    /// assert_eq!(Date::new(2027, 2, 29), Err(InvalidDate::NoSuchDay));
    /// # Ok::<(), cnic_response::InvalidDate>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A year above 9999, a month or a day that the calendar does not have, such as February 30.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        if year > 9999 || day == 0 || day > days_of(year, month) {
            return Err(InvalidDate::NoSuchDay);
        }
        Ok(Self { year, month, day })
    }

    /// Returns the year, from 0 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The inverse of [`days_since_1970`](Self::days_since_1970).
    pub(crate) const fn from_days_since_1970(days: i64) -> Result<Self, InvalidDate> {
        // Days from March 1 of a year that begins 400 years, with its leap day as the last of them.
        let Some(days @ 0..=4_000_000) = days.checked_add(DAYS_TO_1970) else {
            return Err(InvalidDate::NoSuchDay);
        };
        let (cycles, of_cycle) = (days / 146_097, days % 146_097);
        let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let march_based = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_based + 2) / 5 + 1;
        let month = (march_based + 2) % 12 + 1;
        let year = cycles * 400 - 400 + year + (month <= 2) as i64;
        if year < 0 || year > 9999 {
            return Err(InvalidDate::NoSuchDay);
        }
        Self::new(year as u16, month as u8, day as u8) // lossless: at most 9999, 12 and 31
    }

    /// Returns the days since 1970-01-01, negative before it.
    pub(crate) const fn days_since_1970(self) -> i64 {
        // Years begin in March here, so that the leap day is a year's last, and the months before a
        // month have (153 * month + 2) / 5 days. Year 0 is year 400, so that no division rounds up.
        let march_based = (self.month as i64 + 9) % 12;
        let year = self.year as i64 + 400 - (self.month <= 2) as i64;
        let leap_days = year / 4 - year / 100 + year / 400;
        let of_year = (153 * march_based + 2) / 5 + self.day as i64 - 1;
        // From 0000-03-01 of the year 400 back to 1970-01-01.
        365 * year + leap_days + of_year - DAYS_TO_1970
    }
}

/// The days from March 1 of a year 400 years before year 0 to 1970-01-01: 400 years have 146,097.
const DAYS_TO_1970: i64 = 719_468 + 146_097;

/// Returns how many days a month has; a number that is not a month's has no days.
const fn days_of(year: u16, month: u8) -> u8 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Returns whether a cell stands for no date: `0000-00-00`, alone or with a time that is zero.
#[cfg(feature = "serde")]
pub(crate) fn is_zero(text: &str) -> bool {
    let Some(time) = text.strip_prefix("0000-00-00") else { return false };
    let Some(fraction) = time.strip_prefix(" 00:00:00") else { return time.is_empty() };
    let zeros = fraction.strip_prefix('.').map(str::as_bytes);
    fraction.is_empty()
        || zeros
            .is_some_and(|zeros| matches!(zeros.len(), 1..=9) && zeros.iter().all(|&b| b == b'0'))
}

impl FromStr for Date {
    type Err = InvalidDate;

    /// Reads `YYYY-MM-DD`.
    ///
    /// ```
    /// use cnic_response::{Date, InvalidDate};
    ///
    /// assert_eq!("2027-02-29".parse::<Date>(), Err(InvalidDate::NoSuchDay));
    /// assert_eq!("2027-02-28 12:00:00".parse::<Date>(), Err(InvalidDate::Syntax));
    /// ```
    ///
    /// # Errors
    ///
    /// * `0000-00-00`, `2027-02-29`: no day of the calendar;
    /// * anything else: an empty text, `2027-3-1`, `20270301`, a time, a blank before or after.
    fn from_str(s: &str) -> Result<Self, InvalidDate> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *s.as_bytes() else {
            return Err(InvalidDate::Syntax);
        };
        if ![y1, y2, y3, y4, m1, m2, d1, d2].iter().all(u8::is_ascii_digit) {
            return Err(InvalidDate::Syntax);
        }
        let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
        let year = u16::from(two(y1, y2)) * 100 + u16::from(two(y3, y4));
        Self::new(year, two(m1, m2), two(d1, d2))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

kinds! {
    /// Why a text, or three numbers, are not a [`Date`].
    ///
    /// ```
    /// use cnic_response::{Date, InvalidDate};
    ///
    /// let error = Date::new(2027, 2, 29).unwrap_err();
    /// assert_eq!((error, error.name()), (InvalidDate::NoSuchDay, "NoSuchDay"));
    /// assert_eq!(error.to_string(), "no such day in the calendar");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum InvalidDate {
        /// The calendar has no such year, month or day: `2027-02-29`, `0000-00-00`.
        NoSuchDay = "no such day in the calendar",
        /// It is not of the form `YYYY-MM-DD`.
        Syntax = "not of the form `YYYY-MM-DD`",
    }
}

impl core::error::Error for InvalidDate {}
