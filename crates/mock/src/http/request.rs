//! A request, read within limits.

use std::future::poll_fn;
use std::pin::Pin;

use hyper::body::{Body, Incoming};
use hyper::header::CONTENT_TYPE;

/// A request as the API sees it: HTTP is gone.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) content_type: Option<String>,
    /// The form: the body of a POST, the query of a GET.
    pub(crate) form: Vec<u8>,
}

/// Why a request is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// The connection broke, or what it carried is no HTTP.
    Broken,
    /// The body is longer than the limit.
    TooLarge,
}

impl Request {
    /// Reads a request whose form has at most `limit` bytes.
    ///
    /// A longer body is read to its end and thrown away: a client that is still writing would not
    /// see the response.
    pub(crate) async fn read(
        request: hyper::Request<Incoming>,
        limit: usize,
    ) -> Result<Self, Unreadable> {
        let (head, mut body) = request.into_parts();
        let mut form = Vec::new();
        let mut is_too_large = false;
        while let Some(frame) = poll_fn(|it| Pin::new(&mut body).poll_frame(it)).await {
            let frame = frame.map_err(|_| Unreadable::Broken)?;
            let Some(data) = frame.data_ref() else { continue };
            if is_too_large || data.len() > limit - form.len() {
                is_too_large = true;
                form = Vec::new();
            } else {
                form.extend_from_slice(data);
            }
        }
        let query = head.uri.query().unwrap_or_default();
        if is_too_large || query.len() > limit {
            return Err(Unreadable::TooLarge);
        }
        let content_type = head.headers.get(CONTENT_TYPE);
        let is_query = head.method == hyper::Method::GET;
        Ok(Self {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            content_type: content_type
                .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()),
            form: if is_query { query.into() } else { form },
        })
    }
}
