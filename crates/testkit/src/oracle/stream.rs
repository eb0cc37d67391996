//! What holds for every stream of replies.

use cnic_response::{FrameDecoder, Limits, Note, ParseError, Parser, Response, Responses};

type Item = Result<Response<'static>, ParseError>;

/// A stream of any bytes: the decoder finds the same replies, errors and notes wherever the chunks begin and end, and in text
/// those that [`Responses`] finds in the whole.
///
/// # Panics
///
/// Panics if it does not.
pub fn response_stream(bytes: &[u8]) {
    let whole = decode(bytes, Parser::new(), |rest| rest.len());
    if let Ok(text) = core::str::from_utf8(bytes) {
        let replies: Vec<Item> =
            Responses::new(text).map(|reply| reply.map(Response::into_owned)).collect();
        same(&whole, &replies);
    }
    let mut tight = Limits::DEFAULT;
    tight.bytes = 48;
    for parser in [Parser::new(), Parser::new().allow_truncated(true), Parser::new().limits(tight)]
    {
        let whole = decode(bytes, parser, |rest| rest.len());
        for size in [1, 2, 7] {
            same(&decode(bytes, parser, |_| size), &whole);
        }
        // Whoever chooses the bytes chooses the chunks.
        same(&decode(bytes, parser, |rest| 1 + usize::from(rest[0]) % 40), &whole);
    }
}

/// Decodes a stream in chunks of the lengths that `size` gives for what is left of it.
fn decode(bytes: &[u8], parser: Parser, size: impl Fn(&[u8]) -> usize) -> Vec<Item> {
    let mut decoder = FrameDecoder::new().parser(parser);
    let mut items = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut chunk;
        (chunk, rest) = rest.split_at(size(rest).min(rest.len()));
        while let Some(item) = decoder.decode(&mut chunk) {
            items.push(item);
        }
        assert!(chunk.is_empty(), "bytes were left in a chunk");
    }
    while let Some(item) = decoder.finish() {
        items.push(item);
    }
    assert!(decoder.finish().is_none(), "something came after the end");
    items
}

fn same(a: &[Item], b: &[Item]) {
    let notes = |items: &[Item]| -> Vec<Vec<Note>> {
        items.iter().flatten().map(|reply| reply.notes().to_vec()).collect()
    };
    let texts = |items: &[Item]| -> Vec<String> {
        items.iter().flatten().map(|reply| reply.as_str().to_owned()).collect()
    };
    assert_eq!(a, b, "the replies");
    assert_eq!(texts(a), texts(b), "the texts of the replies");
    assert_eq!(notes(a), notes(b), "the notes of the replies");
}
