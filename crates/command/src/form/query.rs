//! A form inside a line: the query of a URL, of a request, or of an access log.

use core::ops::Range;

/// Returns the query of a URL, of a request line, or of a line of an access log, to be read by
/// [`Form::decode`].
///
/// It is what follows the first `?`, up to the first blank (SP, TAB), line end, `"` or `#` after
/// that. A line without a `?` is returned as it is, so that the body of a form passes through; a
/// body that holds an unescaped `?` does not. A `?` behind ` HTTP/` is one of the page that led to a
/// request, not of the request: the result is empty.
///
/// ```
/// use cnic_command::form::{Form, query};
///
/// for line in [
///     "https://api.example/api/call.cgi?s_login=account&command=StatusAccount#top",
///     "GET /api/call.cgi?s_login=account&command=StatusAccount HTTP/1.1",
///     r#"192.0.2.1 - - [01/Mar/2027:12:00:00 +0000] "GET /api?s_login=account&command=StatusAccount HTTP/1.1" 200 12"#,
///     "s_login=account&command=StatusAccount",
/// ] {
///     let form = Form::decode(query(line.as_bytes()))?;
///     assert_eq!(form.credentials().login(), Some("account"));
///     assert_eq!(form.command()?.expect("a command").name(), "StatusAccount");
/// }
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
///
/// [`Form::decode`]: crate::form::Form::decode
#[must_use]
pub fn query(line: &[u8]) -> &[u8] {
    &line[query_span(line)]
}

/// Returns where the [query](query()) is in a line, to replace it, or to find an error in the whole
/// line.
///
/// ```
/// use cnic_command::Position;
/// use cnic_command::form::{Form, query_span};
///
/// let line = b"GET /api?s_login=account&command=StatusDomain&domain HTTP/1.1";
/// let span = query_span(line);
/// let error = Form::decode(&line[span.clone()]).unwrap_err();
/// let error = error.offset_by(Position::at_byte(span.start));
/// assert_eq!(&line[error.span()], b"domain");
/// assert_eq!(error.to_string(), "pair without `=` (line 1, byte 46)");
/// ```
#[must_use]
pub fn query_span(line: &[u8]) -> Range<usize> {
    let Some(mark) = memchr::memchr(b'?', line) else { return 0..line.len() };
    let start = mark + 1;
    if memchr::memmem::find(&line[..mark], b" HTTP/").is_some() {
        return start..start;
    }
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'#');
    let end = line[start..].iter().position(ends).map_or(line.len(), |len| start + len);
    start..end
}
