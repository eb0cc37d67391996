//! A cell that is a date and a time.

use core::fmt;
use core::str::FromStr;

use cnic_text::digits::is_digits;
use cnic_text::kinds;

use crate::cell::date::{Date, InvalidDate};
use crate::cell::fraction::Fraction;

/// A date and a time of day in UTC, as cells have them: `2027-03-01 12:00:00`, or with a fraction,
/// `2027-03-01 12:00:00.0`.
///
/// It is a [`Date`] and a second from 00:00:00 to 23:59:59: there are no leap seconds, and
/// `24:00:00` is not a time. It is written as it was read, zeros after the point included; equality
/// and order are those of time, so `12:00:00.0` equals `12:00:00`. Servers send UTC
/// (docs/protocol.md, section 2.8). A cell that is a date alone is a [`Date`].
///
/// `0000-00-00 00:00:00` is not a date: servers write it where there is none. With the feature
/// `serde`, `de::zero_date_as_none` reads it as `None`.
///
/// ```
/// use cnic_response::{DateTime, Response};
///
/// let text = "code = 200\nproperty[expiration date][0] = 2028-02-29 23:59:59.0\n";
/// let response = Response::parse(text)?;
/// for row in response.rows() {
///     let until = row.get("expirationdate").map(str::parse::<DateTime>).transpose()?;
///     let until = until.expect("the cell is there");
///     assert_eq!((until.year(), until.month(), until.day()), (2028, 2, 29));
///     assert!(until < DateTime::new(2028, 3, 1, 0, 0, 0)?);
///     assert_eq!(until.to_string(), "2028-02-29 23:59:59.0");
/// }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    // In the order of significance, which is the order of time.
    date: Date,
    hour: u8,
    minute: u8,
    second: u8,
    fraction: Fraction,
}

impl DateTime {
    /// Creates a date and a time without a fraction of a second.
    ///
    /// ```
    /// use cnic_response::{DateTime, InvalidDateTime};
    ///
    /// let midnight = DateTime::new(2027, 3, 1, 0, 0, 0)?;
    /// assert_eq!(midnight.to_string(), "2027-03-01 00:00:00");
    /// assert_eq!(DateTime::new(2027, 2, 28, 24, 0, 0), Err(InvalidDateTime::NoSuchTime));
    /// # Ok::<(), cnic_response::InvalidDateTime>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * a year above 9999, a month or a day that the calendar does not have, such as February 30;
    /// * an hour above 23, a minute or a second above 59.
    pub const fn new(
        year: u16,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
    ) -> Result<Self, InvalidDateTime> {
        let Ok(date) = Date::new(year, month, day) else {
            return Err(InvalidDateTime::NoSuchDay);
        };
        if hour > 23 || minute > 59 || second > 59 {
            return Err(InvalidDateTime::NoSuchTime);
        }
        Ok(Self { date, hour, minute, second, fraction: Fraction::NONE })
    }

    /// Returns the same time with another fraction of the second, in nanoseconds.
    ///
    /// It is written with as many digits after the point as it needs, and with none for 0.
    ///
    /// ```
    /// use cnic_response::DateTime;
    ///
    /// let time = DateTime::new(2027, 3, 1, 12, 0, 0)?.with_nanosecond(250_000_000)?;
    /// assert_eq!(time.to_string(), "2027-03-01 12:00:00.25");
    /// # Ok::<(), cnic_response::InvalidDateTime>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDateTime::NoSuchTime`] above 999,999,999.
    pub fn with_nanosecond(self, nanosecond: u32) -> Result<Self, InvalidDateTime> {
        if nanosecond > 999_999_999 {
            return Err(InvalidDateTime::NoSuchTime);
        }
        Ok(Self { fraction: Fraction::of_nanos(nanosecond), ..self })
    }

    /// Returns the seconds since 1970-01-01 00:00:00 UTC, without the fraction; negative before it.
    ///
    /// ```
    /// let time: cnic_response::DateTime = "2027-03-01 12:00:00.5".parse()?;
    /// assert_eq!(time.unix_timestamp(), 1_803_902_400);
    /// # Ok::<(), cnic_response::InvalidDateTime>(())
    /// ```
    #[must_use]
    pub const fn unix_timestamp(self) -> i64 {
        // Casts widen; `From` is not const.
        let of_day = self.hour as i64 * 3600 + self.minute as i64 * 60 + self.second as i64;
        self.date.days_since_1970() * 86_400 + of_day
    }

    /// Creates the date and time that is so many seconds after 1970-01-01 00:00:00 UTC, or before
    /// it if they are negative.
    ///
    /// ```
    /// use cnic_response::DateTime;
    ///
    /// assert_eq!(DateTime::from_unix_timestamp(1_803_902_400)?.to_string(), "2027-03-01 12:00:00");
    /// assert_eq!(DateTime::from_unix_timestamp(-1)?.to_string(), "1969-12-31 23:59:59");
    /// # Ok::<(), cnic_response::InvalidDateTime>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDateTime::NoSuchDay`] before year 0 and after 9999.
    pub const fn from_unix_timestamp(seconds: i64) -> Result<Self, InvalidDateTime> {
        let of_day = seconds.rem_euclid(86_400);
        let Ok(date) = Date::from_days_since_1970(seconds.div_euclid(86_400)) else {
            return Err(InvalidDateTime::NoSuchDay);
        };
        let hour = (of_day / 3600) as u8; // lossless: below 24
        let minute = (of_day / 60 % 60) as u8; // lossless: below 60
        let second = (of_day % 60) as u8; // lossless: below 60
        Ok(Self { date, hour, minute, second, fraction: Fraction::NONE })
    }

    /// Returns the date without the time.
    ///
    /// ```
    /// use cnic_response::{Date, DateTime};
    ///
    /// let time: DateTime = "2027-03-01 12:00:00".parse()?;
    /// assert_eq!(time.date(), Date::new(2027, 3, 1)?);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// Returns the year, from 0 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.date.year()
    }

    /// Returns the month, from 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// Returns the hour, from 0 to 23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// Returns the minute, from 0 to 59.
    #[must_use]
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Returns the second, from 0 to 59.
    #[must_use]
    pub const fn second(self) -> u8 {
        self.second
    }

    /// Returns the fraction of the second in nanoseconds: 500,000,000 for `12:00:00.5`.
    ///
    /// ```
    /// # use cnic_response::DateTime;
    /// let time: DateTime = "2027-03-01 12:00:00.5".parse()?;
    /// assert_eq!((time.second(), time.nanosecond()), (0, 500_000_000));
    /// # Ok::<(), cnic_response::InvalidDateTime>(())
    /// ```
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.fraction.nanos()
    }
}

/// The [date](DateTime::date) without the time.
impl From<DateTime> for Date {
    fn from(time: DateTime) -> Self {
        time.date()
    }
}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    /// Reads `YYYY-MM-DD HH:MM:SS`, and after a point one to nine digits more.
    ///
    /// ```
    /// use cnic_response::{DateTime, InvalidDateTime};
    ///
    /// assert_eq!("2027-02-29 12:00:00".parse::<DateTime>(), Err(InvalidDateTime::NoSuchDay));
    /// assert_eq!("2027-02-28".parse::<DateTime>(), Err(InvalidDateTime::Syntax));
    /// ```
    ///
    /// # Errors
    ///
    /// * `0000-00-00 00:00:00`, `2027-02-29 12:00:00`: no day of the calendar;
    /// * `2027-03-01 24:00:00`, `2016-12-31 23:59:60`: no time of the day;
    /// * more than nine digits after the point, which would have to be rounded;
    /// * anything else: an empty text, `2027-03-01`, `2027-3-1 12:00:00`, `2027-03-01T12:00:00Z`, a
    ///   blank before or after.
    fn from_str(s: &str) -> Result<Self, InvalidDateTime> {
        // A wrong form is reported first, then too many digits, then a day that does not exist.
        let (whole, digits) = s.split_once('.').map_or((s, None), |(t, d)| (t, Some(d)));
        let (date, time) = whole.split_once(' ').ok_or(InvalidDateTime::Syntax)?;
        let date = date.parse::<Date>();
        let [h1, h2, b':', m1, m2, b':', s1, s2] = *time.as_bytes() else {
            return Err(InvalidDateTime::Syntax);
        };
        let is_number =
            [h1, h2, m1, m2, s1, s2].iter().all(u8::is_ascii_digit) && digits.is_none_or(is_digits);
        if !is_number || date == Err(InvalidDate::Syntax) {
            return Err(InvalidDateTime::Syntax);
        }
        let fraction = match digits {
            Some(digits) => Fraction::parse(digits).ok_or(InvalidDateTime::TooPrecise)?,
            None => Fraction::NONE,
        };
        let date = date.map_err(|_| InvalidDateTime::NoSuchDay)?;
        let two = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
        let (hour, minute, second) = (two(h1, h2), two(m1, m2), two(s1, s2));
        let whole = Self::new(date.year(), date.month(), date.day(), hour, minute, second)?;
        Ok(Self { fraction, ..whole })
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, hour, minute, second, fraction } = self;
        write!(f, "{date} {hour:02}:{minute:02}:{second:02}{fraction}")
    }
}

kinds! {
    /// Why a text, or six numbers, are not a [`DateTime`].
    ///
    /// ```
    /// use cnic_response::{DateTime, InvalidDateTime};
    ///
    /// let error = "2027-03-01 24:00:00".parse::<DateTime>().unwrap_err();
    /// assert_eq!((error, error.name()), (InvalidDateTime::NoSuchTime, "NoSuchTime"));
    /// assert_eq!(error.to_string(), "no such time of the day");
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum InvalidDateTime {
        /// The calendar has no such year, month or day: `2027-02-29`, `0000-00-00`.
        NoSuchDay = "no such day in the calendar",
        /// The day has no such hour, minute or second: `24:00:00`, `23:59:60`.
        NoSuchTime = "no such time of the day",
        /// It is not of the form `YYYY-MM-DD HH:MM:SS` or `YYYY-MM-DD HH:MM:SS.f`.
        Syntax = "not of the form `YYYY-MM-DD HH:MM:SS`",
        /// There are more than nine digits after the point.
        TooPrecise = "time has more than nine digits after the point",
    }
}

impl core::error::Error for InvalidDateTime {}
