//! Cells as values of a type.

use cnic_response::{Date, DateTime};

/// The cell is not of the type.
pub(crate) struct Invalid;

/// What a cell is read as: a value, or null.
pub(crate) type Read<T> = Result<Option<T>, Invalid>;

pub(crate) fn integer(cell: &str) -> Read<i64> {
    cell.parse().map(Some).map_err(|_| Invalid)
}

/// Reads a decimal as a number of units of its last digit.
pub(crate) fn decimal(cell: &str, precision: u8, scale: u8) -> Read<i128> {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !whole.is_empty() || !fraction.is_empty();
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !all_digits(whole) || !all_digits(fraction) {
        return Err(Invalid);
    }
    let scale = usize::from(scale);
    let (kept, beyond) = fraction.split_at(fraction.len().min(scale));
    if beyond.bytes().any(|byte| byte != b'0') {
        return Err(Invalid);
    }
    let zeros = std::iter::repeat_n(b'0', scale - kept.len());
    let significant = whole.trim_start_matches('0').bytes().chain(kept.bytes()).chain(zeros);
    let mut units = 0_i128;
    for (count, digit) in significant.enumerate() {
        if count >= usize::from(precision) {
            return Err(Invalid);
        }
        // At most 38 digits, which fit.
        units = units * 10 + i128::from(digit - b'0');
    }
    Ok(Some(if cell.starts_with('-') { -units } else { units }))
}

/// Reads a date and a time as microseconds since 1970-01-01 00:00:00 UTC.
pub(crate) fn timestamp(cell: &str) -> Read<i64> {
    if is_zero(cell, "0000-00-00 00:00:00") {
        return Ok(None);
    }
    let time: DateTime = cell.parse().map_err(|_| Invalid)?;
    let nanoseconds = time.nanosecond();
    if nanoseconds % 1000 != 0 {
        return Err(Invalid);
    }
    // The years are 0 to 9999, so that this is far below the limits of the type.
    Ok(Some(time.unix_timestamp() * 1_000_000 + i64::from(nanoseconds / 1000)))
}

/// Reads a date as days since 1970-01-01.
pub(crate) fn date(cell: &str) -> Read<i32> {
    if is_zero(cell, "0000-00-00") {
        return Ok(None);
    }
    let date: Date = cell.parse().map_err(|_| Invalid)?;
    let midnight = DateTime::new(date.year(), date.month(), date.day(), 0, 0, 0);
    let seconds = midnight.map_err(|_| Invalid)?.unix_timestamp();
    i32::try_from(seconds.div_euclid(86_400)).map(Some).map_err(|_| Invalid)
}

/// Returns whether a cell is what servers write where there is no date, with any fraction of zeros.
fn is_zero(cell: &str, zero: &str) -> bool {
    match cell.strip_prefix(zero) {
        Some("") => true,
        Some(fraction) => fraction.strip_prefix('.').is_some_and(|digits| {
            !digits.is_empty() && zero.len() > 10 && digits.bytes().all(|byte| byte == b'0')
        }),
        None => false,
    }
}

pub(crate) fn boolean(cell: &str) -> Read<bool> {
    let is_one_of = |words: [&str; 4]| words.iter().any(|word| word.eq_ignore_ascii_case(cell));
    if is_one_of(["1", "y", "yes", "true"]) {
        Ok(Some(true))
    } else if is_one_of(["0", "n", "no", "false"]) {
        Ok(Some(false))
    } else {
        Err(Invalid)
    }
}
