//! Where the form is in a line of input.

use std::ops::Range;

use cnic_command::form::query_span;
use memchr::memmem;

/// Returns where the form is in a line, which may be a URL or a line of an access log.
///
/// A body may have a `?` in a value, after the first `=`.
///
/// # Errors
///
/// A request without a query has no form: what follows it in a log is of other requests.
pub(crate) fn form_span(line: &[u8]) -> Result<Range<usize>, &'static str> {
    let place = memchr::memchr2(b'?', b'=', line);
    if memmem::find(&line[..place.unwrap_or(line.len())], b" HTTP/").is_some() {
        return Err("request without a query");
    }
    Ok(match place.map(|place| line[place]) {
        Some(b'?') => query_span(line),
        _ => 0..line.len(),
    })
}
