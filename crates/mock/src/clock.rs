//! The time of the mock, which only a test moves.

use std::time::Duration;

use cnic_response::DateTime;

/// The time at which every server starts: 2026-01-01 08:00:00 UTC.
const START: i64 = 1_767_254_400;

/// A clock that stands still until it is moved, so that a test sees the same dates at any time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// Seconds since 1970.
    now: i64,
}

impl Clock {
    pub(crate) const fn new() -> Self {
        Self { now: START }
    }

    /// Returns the seconds since 1970.
    pub(crate) const fn now(self) -> i64 {
        self.now
    }

    pub(crate) fn advance(&mut self, duration: Duration) {
        let seconds = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        self.now = self.now.saturating_add(seconds);
    }
}

/// Writes a time as the vendor's servers do: `2026-01-01 08:00:00.0`. A time after the year 9999 is
/// the last one that can be written.
pub(crate) fn written(seconds: i64) -> String {
    match DateTime::from_unix_timestamp(seconds) {
        Ok(time) => format!("{time}.0"),
        Err(_) => "9999-12-31 23:59:59.0".to_owned(),
    }
}

/// Returns the same day and time so many years later; 29 February becomes 1 March.
pub(crate) fn years_later(seconds: i64, years: u16) -> i64 {
    let Ok(time) = DateTime::from_unix_timestamp(seconds) else { return i64::MAX };
    let at = |month, day| {
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        DateTime::new(time.year() + years, month, day, hour, minute, second)
    };
    at(time.month(), time.day()).or_else(|_| at(3, 1)).map_or(i64::MAX, DateTime::unix_timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_starts_at_the_same_time_and_moves_when_it_is_told() {
        let mut clock = Clock::new();
        assert_eq!(written(clock.now()), "2026-01-01 08:00:00.0");
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(written(clock.now()), "2026-01-02 08:00:00.0");
        clock.advance(Duration::MAX);
        assert_eq!(written(clock.now()), "9999-12-31 23:59:59.0");
    }

    #[test]
    fn a_leap_day_is_the_first_of_march_in_other_years() {
        let leap_day = DateTime::new(2028, 2, 29, 8, 0, 0).expect("a day").unix_timestamp();
        assert_eq!(written(years_later(leap_day, 1)), "2029-03-01 08:00:00.0");
        assert_eq!(written(years_later(leap_day, 4)), "2032-02-29 08:00:00.0");
        assert_eq!(years_later(i64::MAX, 1), i64::MAX);
    }
}
