//! Dates as those of jiff. A cell is in UTC.

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Error, Timestamp};

use crate::cell::date::{Date, InvalidDate};
use crate::cell::date_time::{DateTime, InvalidDateTime};

/// Every date of a cell is one of jiff's, which has the years from -9999 to 9999.
///
/// ```
/// let date: cnic_response::Date = "2027-03-01".parse()?;
/// assert_eq!(jiff::civil::Date::from(date), jiff::civil::date(2027, 3, 1));
/// # Ok::<(), cnic_response::InvalidDate>(())
/// ```
impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        let (year, month, day) = signed(date);
        civil::date(year, month, day)
    }
}

/// # Errors
///
/// [`InvalidDate::NoSuchDay`] for a year before 0.
impl TryFrom<civil::Date> for Date {
    type Error = InvalidDate;

    fn try_from(date: civil::Date) -> Result<Self, InvalidDate> {
        let year = u16::try_from(date.year()).map_err(|_| InvalidDate::NoSuchDay)?;
        Self::new(year, date.month().unsigned_abs(), date.day().unsigned_abs())
    }
}

/// The date and the time in UTC, without a time zone.
///
/// ```
/// let until: cnic_response::DateTime = "2027-03-01 12:00:00".parse()?;
/// let until = jiff::civil::DateTime::from(until);
/// assert_eq!(until, jiff::civil::date(2027, 3, 1).at(12, 0, 0, 0));
/// # Ok::<(), cnic_response::InvalidDateTime>(())
/// ```
impl From<DateTime> for civil::DateTime {
    fn from(time: DateTime) -> Self {
        let parts = [time.hour(), time.minute(), time.second()];
        let [hour, minute, second] = parts.map(|n| n as i8); // lossless: below 60
        let nanosecond = time.nanosecond() as i32; // lossless: below a billion
        civil::Date::from(time.date()).at(hour, minute, second, nanosecond)
    }
}

/// The date and the time are taken as UTC.
///
/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] for a year before 0.
impl TryFrom<civil::DateTime> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(time: civil::DateTime) -> Result<Self, InvalidDateTime> {
        let date = Date::try_from(time.date()).map_err(|_| InvalidDateTime::NoSuchDay)?;
        let [hour, minute, second] =
            [time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
        Self::new(date.year(), date.month(), date.day(), hour, minute, second)?
            .with_nanosecond(time.subsec_nanosecond().unsigned_abs())
    }
}

/// # Errors
///
/// A time in the last hours of the year 9999, which jiff leaves out to have room for time zones.
///
/// ```
/// let until: cnic_response::DateTime = "2027-03-01 12:00:00".parse()?;
/// assert_eq!(jiff::Timestamp::try_from(until)?.to_string(), "2027-03-01T12:00:00Z");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
impl TryFrom<DateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: DateTime) -> Result<Self, Error> {
        TimeZone::UTC.to_timestamp(time.into())
    }
}

/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] for a year before 0.
impl TryFrom<Timestamp> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(time: Timestamp) -> Result<Self, InvalidDateTime> {
        TimeZone::UTC.to_datetime(time).try_into()
    }
}

/// Returns year, month and day in the types of jiff.
fn signed(date: Date) -> (i16, i8, i8) {
    (date.year() as i16, date.month() as i8, date.day() as i8) // lossless: at most 9999, 12 and 31
}
