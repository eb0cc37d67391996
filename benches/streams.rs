//! Streams of responses of one shape, as a client that asks the same thing again and again gets them.

use cnic_response::{FrameDecoder, ParseError, Response, Responses};

use crate::peers::floor;
use crate::{Entrant, Input, inputs};

/// The name of the decoder of chunks in every comparison.
pub const DECODER: &str = "FrameDecoder";

/// The name of the iterator over a whole text.
pub const RESPONSES: &str = "Responses";

/// The names of the inputs that [`Stream::named`] repeats: what CheckDomains and StatusDomain answer.
pub const NAMES: [&str; 2] = ["check_32", "wide"];

/// What a socket or a file gives at once. The larger of the inputs does not fit.
const CHUNK: usize = 64 * 1024;

/// The bytes of a stream, more or less.
const LEN: usize = 1024 * 1024;

/// A response, and a stream of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Stream {
    /// The response.
    pub response: Input,
    /// The response again and again.
    pub text: String,
    /// How often.
    pub count: usize,
}

impl Stream {
    /// Repeats the [input](inputs::named) of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let response = inputs::named(name)?;
        let count = LEN.div_ceil(response.text.len());
        Some(Self { text: response.text.repeat(count), response, count })
    }

    /// Asserts that a reader found all responses, each with its table.
    fn check<'r>(
        &self,
        reader: &str,
        items: impl Iterator<Item = Result<Response<'r>, ParseError>>,
    ) {
        let mut count = 0;
        for response in items.map(|item| item.expect("a response")) {
            assert_eq!(response.as_str(), self.response.text, "{reader}");
            self.response.check(reader, |column, row| response.get(column, row));
            count += 1;
        }
        assert_eq!(count, self.count, "{reader}: {}", self.response.name);
    }
}

/// Returns the floor, and both readers of a stream.
///
/// # Panics
///
/// If one of them does not find all responses.
#[must_use]
pub fn entrants(stream: &Stream) -> Vec<Entrant<'_>> {
    stream.check(DECODER, decode(&stream.text));
    stream.check(RESPONSES, Responses::new(&stream.text));
    vec![
        floor::lines(&stream.text),
        Entrant::new(DECODER, || decode(&stream.text).filter(Result::is_ok).count()),
        Entrant::new(RESPONSES, || Responses::new(&stream.text).filter(Result::is_ok).count()),
    ]
}

/// Decodes a text that arrives in chunks. Each response is dropped before the next one is read.
fn decode(text: &str) -> impl Iterator<Item = Result<Response<'static>, ParseError>> {
    let mut decoder = FrameDecoder::new();
    let mut chunks = text.as_bytes().chunks(CHUNK);
    let mut chunk = &[][..];
    std::iter::from_fn(move || {
        loop {
            if let Some(item) = decoder.decode(&mut chunk) {
                return Some(item);
            }
            match chunks.next() {
                Some(next) => chunk = next,
                None => return decoder.finish(),
            }
        }
    })
}
