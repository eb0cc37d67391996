//! What holds for the text of every cell that is asked for as something else.

use cnic_response::{Code, DateTime, Seconds};

/// A cell of any text: as seconds, as a date, as a nested code it is written as it was read, or refused, and it is refused
/// exactly if a slow reading refuses it.
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
        let shortest = Seconds::from(seconds.as_duration());
        assert_eq!(shortest, seconds);
        let zeros = text.strip_prefix(&shortest.to_string()).expect("the same digits");
        assert!(zeros.trim_start_matches('.').bytes().all(|byte| byte == b'0'));
    }
    let date = text.parse::<DateTime>();
    assert_eq!(date.is_ok(), is_date_time(text), "a date: {date:?}");
    if let Ok(date) = date {
        assert_eq!(date.to_string(), text);
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

fn is_date_time(text: &str) -> bool {
    const FORM: &str = "0000-00-00 00:00:00";
    let Some((whole, fraction)) = text.split_at_checked(FORM.len()) else { return false };
    let shape: String = whole.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != FORM || !is_fraction(fraction) {
        return false;
    }
    let numbers: Vec<usize> =
        whole.split(['-', ' ', ':']).map(|number| number.parse().expect("digits")).collect();
    let [of_4, of_100, of_400] = [4, 100, 400].map(|years| numbers[0] % years);
    let is_leap = matches!((of_4, of_100, of_400), (0, 1.., _) | (_, _, 0));
    let february = if is_leap { 29 } else { 28 };
    let days = [0, 31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let last = days.get(numbers[1]).copied().unwrap_or(0);
    (1..=last).contains(&numbers[2]) && numbers[3] < 24 && numbers[4] < 60 && numbers[5] < 60
}
