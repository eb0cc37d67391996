//! Cells and fields as what they mean: seconds, dates, nested codes. That each is written as it was read, or refused, holds the
//! oracle `cell`.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use cnic_response::{Code, Date, DateTime, InvalidDate, InvalidDateTime, InvalidSeconds, Seconds};

use crate::util::table;

//--- Seconds

#[test]
fn seconds_are_exact() {
    for (text, whole, nanos) in [
        ("0", 0, 0),
        ("0.0", 0, 0),
        ("0.012", 0, 12_000_000),
        ("0.12", 0, 120_000_000),
        ("10.36", 10, 360_000_000),
        ("1.000000001", 1, 1),
        ("0.999999999", 0, 999_999_999),
        ("18446744073709551615.5", u64::MAX, 500_000_000),
    ] {
        let seconds: Seconds = text.parse().expect(text);
        assert_eq!(seconds.to_duration(), Duration::new(whole, nanos), "{text}");
        assert_eq!(seconds.to_string(), text);
    }
}

#[test]
fn what_is_not_seconds_is_refused() {
    use InvalidSeconds::{Negative, Overflow, Syntax, TooPrecise};
    for text in [
        "", ".", ".5", "5.", "05", "00", "+5", "1e3", "1,5", "5 s", " 5", "5 ", "0x1", "1.2.3",
        "1.-2", "٣", "1.٣", "NaN", "inf",
    ] {
        assert_eq!(text.parse::<Seconds>(), Err(Syntax), "{text:?}");
    }
    for text in ["-1", "-0", "-0.5", "-"] {
        assert_eq!(text.parse::<Seconds>(), Err(Negative), "{text}");
    }
    assert_eq!("0.0000000001".parse::<Seconds>(), Err(TooPrecise));
    assert_eq!("0.0000000000".parse::<Seconds>(), Err(TooPrecise));
    assert_eq!(format!("0.{}", "1".repeat(300)).parse::<Seconds>(), Err(TooPrecise));
    assert_eq!("18446744073709551616".parse::<Seconds>(), Err(Overflow));
    assert_eq!("9".repeat(300).parse::<Seconds>(), Err(Overflow));
}

#[test]
fn seconds_compare_as_numbers() {
    let ordered = ["0", "0.000000001", "0.09", "0.1", "0.9", "1", "1.05", "1.5", "9.9", "10"];
    let seconds = ordered.map(|text| text.parse::<Seconds>().expect(text));
    assert!(seconds.is_sorted_by(|a, b| a < b));
    assert!(seconds.windows(2).all(|two| two[0] != two[1]));
    let hashing = RandomState::new();
    let hashes = seconds.map(|seconds| hashing.hash_one(seconds));
    assert_eq!(HashSet::from(hashes).len(), ordered.len());
    let same = ["0.5", "0.50", "0.500000000"].map(|text| text.parse::<Seconds>().expect(text));
    assert_eq!(HashSet::from(same).len(), 1);
    assert_eq!(Seconds::default(), Seconds::ZERO);
}

#[test]
fn seconds_of_a_duration_have_the_digits_that_it_takes() {
    for (time, text) in [
        (Duration::ZERO, "0"),
        (Duration::from_millis(1500), "1.5"),
        (Duration::from_millis(12), "0.012"),
        (Duration::from_nanos(1), "0.000000001"),
        (Duration::from_nanos(999_999_999), "0.999999999"),
        (Duration::from_secs(100), "100"),
        (Duration::MAX, "18446744073709551615.999999999"),
    ] {
        let seconds = Seconds::from(time);
        assert_eq!(seconds.to_string(), text);
        assert_eq!(text.parse(), Ok(seconds));
        assert_eq!(seconds.to_duration(), time);
    }
}

//--- Dates

#[test]
fn a_date_has_its_parts() {
    let date: DateTime = "2027-03-31 23:04:05.678".parse().expect("a date");
    assert_eq!((date.year(), date.month(), date.day()), (2027, 3, 31));
    assert_eq!((date.hour(), date.minute(), date.second()), (23, 4, 5));
    assert_eq!(date.nanosecond(), 678_000_000);
    let built = DateTime::new(2027, 3, 31, 23, 4, 5).expect("a date");
    assert_eq!((built.nanosecond(), built.to_string()), (0, "2027-03-31 23:04:05".to_owned()));
    assert!(built < date);
}

#[test]
fn a_date_is_written_as_it_was_read() {
    for text in [
        "2027-03-01 12:00:00",
        "2027-03-01 12:00:00.0",
        "2027-03-01 12:00:00.50",
        "0000-01-01 00:00:00",
        "9999-12-31 23:59:59.999999999",
    ] {
        assert_eq!(text.parse::<DateTime>().expect(text).to_string(), text);
    }
}

/// Each day that there is, and no other: counted from one whose day of the week is known.
#[test]
fn the_calendar_has_its_days_and_no_others() {
    let mut days = 0;
    for year in 0..=9999 {
        for month in 0..=13 {
            let valid = (0..=32).filter(|&day| DateTime::new(year, month, day, 0, 0, 0).is_ok());
            let valid: Vec<u8> = valid.collect();
            assert!(valid.iter().copied().eq(1..=valid.len() as u8), "{year}-{month}");
            assert_eq!(valid.is_empty(), !(1..=12).contains(&month));
            days += valid.len();
            for &day in &valid {
                let time = DateTime::new(year, month, day, 23, 59, 58).expect("a day");
                assert_eq!(DateTime::from_unix_timestamp(time.unix_timestamp()), Ok(time));
            }
        }
    }
    // 400 years have 146,097 days.
    assert_eq!(days, 25 * 146_097);
    for (text, is_day) in [
        ("2028-02-29", true),
        ("2027-02-29", false),
        ("2000-02-29", true),
        ("1900-02-29", false),
        ("2100-02-29", false),
        ("2027-02-30", false),
        ("2027-04-30", true),
        ("2027-04-31", false),
        ("2027-07-31", true),
        ("2027-08-31", true),
        ("2027-09-31", false),
    ] {
        let date = format!("{text} 12:00:00").parse::<DateTime>();
        assert_eq!(date.is_ok(), is_day, "{text}");
        assert!(is_day || date == Err(InvalidDateTime::NoSuchDay));
    }
}

#[test]
fn what_is_not_a_date_is_refused() {
    use InvalidDateTime::{NoSuchDay, NoSuchTime, Syntax, TooPrecise};
    for text in [
        "",
        ".",
        "2027-03-01",
        "2027-03-01 12:00",
        "2027-03-01T12:00:00",
        "2027-03-01 12:00:00Z",
        "2027-03-01 12:00:00.",
        "2027-03-01 12:00:00.5Z",
        "2027-03-01 12:00:00.0.0",
        "2027-03-01 12:00:00,5",
        "2027-03-01  12:00:00",
        " 2027-03-01 12:00:00",
        "2027-03-01 12:00:00 ",
        "2027/03/01 12:00:00",
        "2027-3-1 12:00:00",
        "02027-03-01 12:00:00",
        "-027-03-01 12:00:00",
        "+027-03-01 12:00:00",
        "2027-03-01 12-00-00",
        "2027-03-01 1a:00:00",
        "2027-03-01 12:00:0:",
        "2027-03-01 12:00:0/",
        "２027-03-01 12:00:00",
    ] {
        assert_eq!(text.parse::<DateTime>(), Err(Syntax), "{text:?}");
    }
    for text in [
        "0000-00-00 00:00:00",
        "2027-00-01 00:00:00",
        "2027-13-01 00:00:00",
        "2027-01-00 00:00:00",
        "2027-01-32 00:00:00",
    ] {
        assert_eq!(text.parse::<DateTime>(), Err(NoSuchDay), "{text}");
    }
    for text in ["2027-03-01 24:00:00", "2027-03-01 12:60:00", "2016-12-31 23:59:60"] {
        assert_eq!(text.parse::<DateTime>(), Err(NoSuchTime), "{text}");
    }
    assert_eq!("2027-03-01 12:00:00.0000000000".parse::<DateTime>(), Err(TooPrecise));
    assert_eq!("2027-02-30 12:00:00.0000000000".parse::<DateTime>(), Err(TooPrecise));
    assert_eq!("2027-02-30 24:00:00".parse::<DateTime>(), Err(NoSuchDay));
    assert_eq!(DateTime::new(10_000, 1, 1, 0, 0, 0), Err(NoSuchDay));
    assert_eq!(DateTime::new(2027, 255, 1, 0, 0, 0), Err(NoSuchDay));
    for (hour, minute, second) in [(24, 0, 0), (0, 60, 0), (0, 0, 60), (255, 255, 255)] {
        assert_eq!(DateTime::new(2027, 1, 1, hour, minute, second), Err(NoSuchTime));
    }
}

#[test]
fn dates_compare_as_times() {
    let ordered = [
        "1999-12-31 23:59:59.999999999",
        "2000-01-01 00:00:00",
        "2000-01-01 00:00:00.1",
        "2000-01-01 00:00:01",
        "2000-01-01 00:01:00",
        "2000-01-01 01:00:00",
        "2000-01-02 00:00:00",
        "2000-02-01 00:00:00",
        "2001-01-01 00:00:00",
    ];
    let dates = ordered.map(|text| text.parse::<DateTime>().expect(text));
    assert!(dates.is_sorted_by(|a, b| a < b));
    assert!(dates.windows(2).all(|two| two[0] != two[1]));
    let same = ["2000-01-01 00:00:00", "2000-01-01 00:00:00.0"].map(|t| t.parse::<DateTime>());
    assert_eq!(HashSet::from(same).len(), 1);
}

#[test]
fn a_date_may_have_no_time() {
    let date: Date = "2016-11-16".parse().expect("a date");
    assert_eq!((date.year(), date.month(), date.day()), (2016, 11, 16));
    assert_eq!(Date::new(2016, 11, 16), Ok(date));
    for text in ["2016-11-16", "0000-01-01", "9999-12-31", "2028-02-29", "2000-02-29"] {
        let date: Date = text.parse().expect(text);
        assert_eq!(date.to_string(), text);
        let time: DateTime = format!("{text} 23:59:59.5").parse().expect(text);
        assert_eq!(time.date(), date);
        assert_eq!(
            (time.year(), time.month(), time.day()),
            (date.year(), date.month(), date.day())
        );
    }
    assert_eq!("2016-11-16".parse::<DateTime>(), Err(InvalidDateTime::Syntax), "not midnight");
}

#[test]
fn what_is_not_a_date_without_a_time_is_refused() {
    use InvalidDate::{NoSuchDay, Syntax};
    for text in [
        "",
        "2016-11-16 ",
        " 2016-11-16",
        "2016-11-16 12:00:00",
        "2016-11-1",
        "2016-1-16",
        "16-11-16",
        "02016-11-16",
        "2016-11-016",
        "2016/11/16",
        "20161116",
        "2016-11-16T",
        "+016-11-16",
        "2016-1a-16",
        "2016-11-1:",
        "2016-11-1/",
        "２016-11-16",
        "0000-00-00 00:00:00",
    ] {
        assert_eq!(text.parse::<Date>(), Err(Syntax), "{text:?}");
    }
    for text in ["0000-00-00", "2016-00-16", "2016-13-16", "2016-11-00", "2016-11-31", "1900-02-29"]
    {
        assert_eq!(text.parse::<Date>(), Err(NoSuchDay), "{text}");
    }
    assert_eq!(Date::new(10_000, 1, 1), Err(NoSuchDay));
    assert!(Date::new(9999, 12, 31).is_ok() && Date::new(0, 1, 1).is_ok());
}

#[test]
fn dates_without_a_time_compare_as_days() {
    let ordered = ["1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01", "2001-01-01"];
    let dates = ordered.map(|text| text.parse::<Date>().expect(text));
    assert!(dates.is_sorted_by(|a, b| a < b));
    assert_eq!(HashSet::from(dates).len(), ordered.len());
    assert_eq!(HashSet::from([dates[0], dates[0]]).len(), 1);
}

//--- Cells

#[test]
fn cells_are_read_where_they_stand() {
    let response = table(
        "property[expiration date][0] = 2027-03-01 12:00:00.0\nproperty[domaincheck][0] = 210 Domain name available\n\
         property[domaincheck][1] = 211 Premium Domain name available [PREMIUM]\nproperty[expiration date][2] =\n",
    );
    let dates: Vec<_> =
        response.rows().map(|row| row.get("expirationdate").map(str::parse::<DateTime>)).collect();
    let date = DateTime::new(2027, 3, 1, 12, 0, 0);
    assert_eq!(dates, [Some(date), None, Some(Err(InvalidDateTime::Syntax))]);
    let checks: Vec<_> =
        response.rows().map(|row| row.get("domaincheck").and_then(Code::split)).collect();
    assert_eq!(checks[0], Some((Code::DOMAIN_AVAILABLE, "Domain name available")));
    assert_eq!(
        checks[1],
        Some((Code::DOMAIN_NOT_AVAILABLE, "Premium Domain name available [PREMIUM]"))
    );
    assert_eq!(checks[2], None);
}

#[test]
fn refusals_are_one_clause() {
    for (error, text) in [
        (InvalidSeconds::Negative, "seconds are negative"),
        (InvalidSeconds::Overflow, "seconds do not fit in 64 bits"),
        (InvalidSeconds::Syntax, "seconds are not a decimal number"),
        (InvalidSeconds::TooPrecise, "seconds have more than nine digits after the point"),
    ] {
        assert_eq!(error.to_string(), text);
    }
    for (error, text) in [
        (InvalidDate::NoSuchDay, "no such day in the calendar"),
        (InvalidDate::Syntax, "not of the form `YYYY-MM-DD`"),
    ] {
        assert_eq!(error.to_string(), text);
    }
    for (error, text) in [
        (InvalidDateTime::NoSuchDay, "no such day in the calendar"),
        (InvalidDateTime::NoSuchTime, "no such time of the day"),
        (InvalidDateTime::Syntax, "not of the form `YYYY-MM-DD HH:MM:SS`"),
        (InvalidDateTime::TooPrecise, "time has more than nine digits after the point"),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_timestamp_outside_of_the_years_is_no_date() {
    let first = DateTime::new(0, 1, 1, 0, 0, 0).expect("a day").unix_timestamp();
    let last = DateTime::new(9999, 12, 31, 23, 59, 59).expect("a day").unix_timestamp();
    assert_eq!((first, last), (-62_167_219_200, 253_402_300_799));
    for seconds in [first, last, 0, -1, 951_827_696] {
        let time = DateTime::from_unix_timestamp(seconds).expect("a date");
        assert_eq!(time.unix_timestamp(), seconds, "{time}");
    }
    for seconds in [first - 1, last + 1, i64::MIN, i64::MAX, first - 31_622_400 * 500] {
        let time = DateTime::from_unix_timestamp(seconds);
        assert_eq!(time, Err(InvalidDateTime::NoSuchDay), "{seconds}");
    }
}

#[cfg(feature = "std")]
#[test]
fn times_of_the_system_are_exact() {
    use std::time::SystemTime;
    for text in [
        "0000-01-01 00:00:00",
        "1969-12-31 23:59:59.5",
        "1969-12-31 23:59:59",
        "1970-01-01 00:00:00.25",
        "2027-03-01 12:00:00.000000001",
        "9999-12-31 23:59:59.75",
    ] {
        // A clock may be coarser than a nanosecond, or begin later.
        let time: DateTime = text.parse().expect(text);
        if cfg!(unix) {
            let system = SystemTime::try_from(time).expect(text);
            let back = DateTime::try_from(system).expect(text);
            assert_eq!((back, back.to_string()), (time, text.to_owned()));
        }
    }
    let late = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    assert_eq!(DateTime::try_from(late), Err(InvalidDateTime::NoSuchDay));
    if let Some(early) = SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(62_167_219_201)) {
        assert_eq!(DateTime::try_from(early), Err(InvalidDateTime::NoSuchDay));
    }
}
