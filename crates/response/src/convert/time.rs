//! Dates as those of the crate time. A cell is in UTC.

use time::{Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::cell::date::{Date, InvalidDate};
use crate::cell::date_time::{DateTime, InvalidDateTime};

// A `Date` is a day of the calendar from year 0 to 9999, and the crate time has every day of the
// years from -9999 to 9999, so the conversions to its types can't fail.
const IN_RANGE: &str = "every date and time of a cell is one of the crate time";

/// ```
/// let date: cnic_response::Date = "2027-03-01".parse()?;
/// assert_eq!(time::Date::from(date).to_ordinal_date(), (2027, 60));
/// # Ok::<(), cnic_response::InvalidDate>(())
/// ```
impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        let month = Month::try_from(date.month()).expect(IN_RANGE);
        Self::from_calendar_date(date.year().into(), month, date.day()).expect(IN_RANGE)
    }
}

/// # Errors
///
/// [`InvalidDate::NoSuchDay`] for a year before 0 or after 9999.
impl TryFrom<time::Date> for Date {
    type Error = InvalidDate;

    fn try_from(date: time::Date) -> Result<Self, InvalidDate> {
        let year = u16::try_from(date.year()).map_err(|_| InvalidDate::NoSuchDay)?;
        Self::new(year, date.month().into(), date.day())
    }
}

/// The date and the time in UTC, without an offset.
impl From<DateTime> for PrimitiveDateTime {
    fn from(time: DateTime) -> Self {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let of_day = Time::from_hms_nano(hour, minute, second, time.nanosecond()).expect(IN_RANGE);
        Self::new(time.date().into(), of_day)
    }
}

/// The date and the time are taken as UTC.
///
/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] for a year before 0 or after 9999.
impl TryFrom<PrimitiveDateTime> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(time: PrimitiveDateTime) -> Result<Self, InvalidDateTime> {
        let date = Date::try_from(time.date()).map_err(|_| InvalidDateTime::NoSuchDay)?;
        let (year, month, day) = (date.year(), date.month(), date.day());
        Self::new(year, month, day, time.hour(), time.minute(), time.second())?
            .with_nanosecond(time.nanosecond())
    }
}

/// ```
/// let until: cnic_response::DateTime = "2027-03-01 12:00:00".parse()?;
/// assert_eq!(time::OffsetDateTime::from(until).unix_timestamp(), 1_803_902_400);
/// # Ok::<(), cnic_response::InvalidDateTime>(())
/// ```
impl From<DateTime> for OffsetDateTime {
    fn from(time: DateTime) -> Self {
        PrimitiveDateTime::from(time).assume_utc()
    }
}

/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] for a time that is, in UTC, before year 0 or after 9999.
impl TryFrom<OffsetDateTime> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(time: OffsetDateTime) -> Result<Self, InvalidDateTime> {
        let utc = time.checked_to_offset(UtcOffset::UTC).ok_or(InvalidDateTime::NoSuchDay)?;
        PrimitiveDateTime::new(utc.date(), utc.time()).try_into()
    }
}
