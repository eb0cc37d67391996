//! What holds for the text of every cell that is asked for as something else.

use cnic_response::{Code, Date, DateTime, Seconds, de};
use serde::de::value::{BorrowedStrDeserializer, Error};

/// A cell of any text: as seconds, as a date with or without a time, as a nested code it is written as it was read, or refused,
/// and it is refused exactly if a slow reading refuses it. A date of zeros or nothing is read as none, and nothing else is.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn cell(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let seconds = text.parse::<Seconds>();
    assert_eq!(seconds.is_ok(), is_seconds(text), "seconds: {seconds:?}");
    if let Ok(seconds) = seconds {
        assert_eq!(seconds.to_string(), text);
        let shortest = Seconds::from(seconds.to_duration());
        assert_eq!(shortest, seconds);
        let zeros = text.strip_prefix(&shortest.to_string()).expect("the same digits");
        assert!(zeros.trim_start_matches('.').bytes().all(|byte| byte == b'0'));
    }
    let day = text.parse::<Date>();
    assert_eq!(day.is_ok(), is_date(text), "a date: {day:?}");
    if let Ok(day) = day {
        assert_eq!(day.to_string(), text);
        assert_eq!(Date::new(day.year(), day.month(), day.day()), Ok(day));
        let midnight = DateTime::new(day.year(), day.month(), day.day(), 0, 0, 0);
        assert_eq!(midnight.map(DateTime::date), Ok(day));
    }
    let or_none = |text| {
        let text = BorrowedStrDeserializer::<Error>::new(text);
        de::zero_date_as_none::<_, String>(text).expect("a text is a string")
    };
    assert_eq!(or_none(text).is_none(), is_none(text));
    let date = text.parse::<DateTime>();
    assert_eq!(date.is_ok(), is_date_time(text), "a date: {date:?}");
    if let Ok(date) = date {
        assert_eq!(date.to_string(), text);
        assert_eq!(date.date().to_string(), text[..10]);
        let whole = DateTime::new(
            date.year(),
            date.month(),
            date.day(),
            date.hour(),
            date.minute(),
            date.second(),
        );
        let whole = whole.expect("the parts of a date");
        assert_eq!(whole.to_string(), text[..19]);
        assert_eq!(whole == date, date.nanosecond() == 0);
        assert!(whole <= date);
    }
    if let Some((code, rest)) = Code::split(text) {
        let blank = text.strip_prefix(&code.to_string()).expect("the code comes first");
        assert_eq!(blank.trim_matches([' ', '\t']), rest);
    }
}

fn is_seconds(text: &str) -> bool {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    whole.parse::<u64>().is_ok_and(|number| number.to_string() == whole) && is_fraction(rest)
}

fn is_fraction(text: &str) -> bool {
    let digits = text.chars().skip(1).all(|c| c.is_ascii_digit());
    text.is_empty() || text.starts_with('.') && digits && (2..=10).contains(&text.len())
}

/// Returns whether a text has the form of a pattern, in which `0` stands for any digit.
fn has_form(text: &str, form: &str) -> bool {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).eq(form.chars())
}

fn is_date(text: &str) -> bool {
    if !has_form(text, "0000-00-00") {
        return false;
    }
    let numbers: Vec<usize> = text.split('-').map(|part| part.parse().expect("digits")).collect();
    let [of_4, of_100, of_400] = [4, 100, 400].map(|years| numbers[0] % years);
    let is_leap = matches!((of_4, of_100, of_400), (0, 1.., _) | (_, _, 0));
    let february = if is_leap { 29 } else { 28 };
    let days = [0, 31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let last = days.get(numbers[1]).copied().unwrap_or(0);
    (1..=last).contains(&numbers[2])
}

fn is_date_time(text: &str) -> bool {
    const FORM: &str = "0000-00-00 00:00:00";
    let Some((whole, fraction)) = text.split_at_checked(FORM.len()) else { return false };
    if !has_form(whole, FORM) || !is_fraction(fraction) {
        return false;
    }
    let time: Vec<usize> =
        whole[11..].split(':').map(|number| number.parse().expect("digits")).collect();
    is_date(&whole[..10]) && time[0] < 24 && time[1] < 60 && time[2] < 60
}

/// Returns whether a text stands for no date: it is empty, or a date with or without a time whose digits are zeros.
fn is_none(text: &str) -> bool {
    const FORM: &str = "0000-00-00 00:00:00";
    let has_time = text.split_at_checked(FORM.len());
    let is_zero = text == &FORM[..10]
        || has_time.is_some_and(|(time, fraction)| time == FORM && is_fraction(fraction));
    text.is_empty() || is_zero && text.chars().all(|c| !c.is_ascii_digit() || c == '0')
}
