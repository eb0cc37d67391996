//! Dates as times of the system's clock. A cell is in UTC.

use std::time::{Duration, SystemTime};

use crate::cell::date_time::{DateTime, InvalidDateTime};

/// ```
/// use std::time::SystemTime;
///
/// let until: cnic_response::DateTime = "2027-03-01 12:00:00".parse()?;
/// let is_expired = SystemTime::try_from(until)? < SystemTime::now();
/// # let _ = is_expired;
/// # Ok::<(), cnic_response::InvalidDateTime>(())
/// ```
///
/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] for a day that the clock of the system does not have, such as one
/// before 1601 on Windows.
impl TryFrom<DateTime> for SystemTime {
    type Error = InvalidDateTime;

    fn try_from(time: DateTime) -> Result<Self, InvalidDateTime> {
        let seconds = time.unix_timestamp();
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let whole = if seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(whole)
        } else {
            Self::UNIX_EPOCH.checked_add(whole)
        };
        whole
            .and_then(|whole| whole.checked_add(Duration::from_nanos(time.nanosecond().into())))
            .ok_or(InvalidDateTime::NoSuchDay)
    }
}

/// ```
/// use std::time::{Duration, SystemTime};
///
/// let time = SystemTime::UNIX_EPOCH - Duration::from_millis(500);
/// assert_eq!(cnic_response::DateTime::try_from(time)?.to_string(), "1969-12-31 23:59:59.5");
/// # Ok::<(), cnic_response::InvalidDateTime>(())
/// ```
///
/// # Errors
///
/// [`InvalidDateTime::NoSuchDay`] before year 0 and after 9999.
impl TryFrom<SystemTime> for DateTime {
    type Error = InvalidDateTime;

    fn try_from(time: SystemTime) -> Result<Self, InvalidDateTime> {
        let (seconds, nanoseconds) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => (i64::try_from(since.as_secs()), since.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                // The fraction counts from the second before.
                let is_whole = before.subsec_nanos() == 0;
                let seconds = i64::try_from(before.as_secs()).map(|n| -n - i64::from(!is_whole));
                (seconds, if is_whole { 0 } else { 1_000_000_000 - before.subsec_nanos() })
            }
        };
        let seconds = seconds.map_err(|_| InvalidDateTime::NoSuchDay)?;
        Self::from_unix_timestamp(seconds)?.with_nanosecond(nanoseconds)
    }
}
