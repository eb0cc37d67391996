//! Values for fuzzing and property tests, from arbitrary bytes.

use alloc::string::String;

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use cnic_text::blanks::trim;

use crate::builder::ResponseBuilder;
use crate::cell::date::Date;
use crate::cell::date_time::DateTime;
use crate::cell::seconds::Seconds;
use crate::code::Code;
use crate::page::Page;
use crate::response::Response;

/// Any code of three digits, known or not.
impl<'a> Arbitrary<'a> for Code {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Self::from_u16(u.int_in_range(100..=999)?).ok_or(Error::IncorrectFormat)
    }
}

/// Any day from year 0 to 9999.
impl<'a> Arbitrary<'a> for Date {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let (year, month) = (u.int_in_range(0..=9999)?, u.int_in_range(1..=12)?);
        let days = (28..=31).rev().find(|&day| Self::new(year, month, day).is_ok());
        let day = u.int_in_range(1..=days.unwrap_or(28))?;
        Self::new(year, month, day).map_err(|_| Error::IncorrectFormat)
    }
}

/// Any second from year 0 to 9999, with a fraction or without.
impl<'a> Arbitrary<'a> for DateTime {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let date = Date::arbitrary(u)?;
        let (hour, minute, second) =
            (u.int_in_range(0..=23)?, u.int_in_range(0..=59)?, u.int_in_range(0..=59)?);
        let nanosecond = if u.arbitrary()? { u.int_in_range(0..=999_999_999)? } else { 0 };
        Self::new(date.year(), date.month(), date.day(), hour, minute, second)
            .and_then(|time| time.with_nanosecond(nanosecond))
            .map_err(|_| Error::IncorrectFormat)
    }
}

/// Any number that the wire has room for.
impl<'a> Arbitrary<'a> for Seconds {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.arbitrary::<core::time::Duration>().map(Self::from)
    }
}

/// Any five numbers, of which each may be absent. They need not agree.
impl<'a> Arbitrary<'a> for Page {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut page = Self::default();
        let Self { count, first, last, limit, total } = &mut page;
        for number in [count, first, last, limit, total] {
            *number = u.arbitrary()?;
        }
        Ok(page)
    }
}

/// A response with up to four columns, of up to eight cells each, and their holes.
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use cnic_response::Response;
///
/// let response = Response::arbitrary(&mut Unstructured::new(b"bytes of a fuzzer"))?;
/// assert_eq!(Response::parse(response.encode().to_string()).as_ref(), Ok(&response));
/// # Ok::<(), arbitrary::Error>(())
/// ```
impl<'a> Arbitrary<'a> for Response<'static> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut builder = ResponseBuilder::new(u.arbitrary()?).description(&value(u)?);
        for column in ["domain", "status", "created date", "x-note"] {
            if u.arbitrary()? {
                for row in 0..u.int_in_range(0..=8)? {
                    if u.arbitrary()? {
                        builder = builder.cell(column, row, &value(u)?);
                    }
                }
            }
        }
        builder.build().map_err(|_| Error::IncorrectFormat)
    }
}

/// Returns a text that can be the value of one line.
fn value(u: &mut Unstructured<'_>) -> Result<String> {
    let line: String = u.arbitrary::<&str>()?.chars().filter(|c| !c.is_control()).collect();
    Ok(trim(&line).into())
}
