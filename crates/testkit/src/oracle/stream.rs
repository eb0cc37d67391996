//! What holds for every stream of responses.

use cnic_response::{
    Encoding, FrameDecoder, Limits, Note, ParseError, Parser, Position, Response, Responses,
};

use super::response::agrees;
use crate::naive;

type Item = Result<Response<'static>, ParseError>;

/// What a stream holds: its responses and errors, and the note about text after the last.
type Found = (Vec<Item>, Option<Note>);

/// A stream of any bytes: the decoder finds the same responses, errors and notes wherever the chunks begin and end, and in text
/// those that [`Responses`] finds in the whole, which are those of the [naive](crate::naive) reader. Latin-1 is split as the same
/// text in UTF-8 is.
///
/// # Panics
///
/// Panics if it does not.
pub fn response_stream(bytes: &[u8]) {
    let whole = decode(bytes, Parser::new(), |rest| rest.len());
    if let Ok(text) = core::str::from_utf8(bytes) {
        for parser in [Parser::new(), Parser::strict(), Parser::new().allow_truncated(true)] {
            let mut responses = Responses::new(text).parser(parser);
            let items =
                responses.by_ref().map(|response| response.map(Response::into_owned)).collect();
            same(&decode(bytes, parser, |rest| rest.len()), &(items, responses.trailing()));
        }
        is_split_as_described(text, &whole);
    }
    is_split_alike_in_latin1(bytes);
    let mut tight = Limits::DEFAULT;
    tight.bytes = 48;
    for parser in [
        Parser::new(),
        Parser::strict(),
        Parser::new().allow_truncated(true),
        Parser::new().limits(tight),
        Parser::new().encoding(Encoding::Latin1),
    ] {
        let whole = decode(bytes, parser, |rest| rest.len());
        for size in [1, 2, 7] {
            same(&decode(bytes, parser, |_| size), &whole);
        }
        // Whoever chooses the bytes chooses the chunks.
        same(&decode(bytes, parser, |rest| 1 + usize::from(rest[0]) % 40), &whole);
    }
}

/// Decodes a stream in chunks of the lengths that `size` gives for what is left of it.
fn decode(bytes: &[u8], parser: Parser, size: impl Fn(&[u8]) -> usize) -> Found {
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
    let trailing = decoder.trailing();
    assert!(decoder.finish().is_none(), "something came after the end");
    assert_eq!(decoder.trailing(), trailing);
    (items, trailing)
}

fn same(a: &Found, b: &Found) {
    let notes = |(items, trailing): &Found| -> Vec<Vec<Note>> {
        let notes = items.iter().flatten().map(|response| response.notes().to_vec());
        notes.chain([trailing.iter().copied().collect()]).collect()
    };
    let texts = |(items, _): &Found| -> Vec<String> {
        items.iter().flatten().map(|response| response.as_str().to_owned()).collect()
    };
    assert_eq!(a.0, b.0, "the responses");
    assert_eq!(texts(a), texts(b), "the texts of the responses");
    assert_eq!(notes(a), notes(b), "the notes of the responses");
}

/// Every position is the start of its line in the stream.
fn is_split_as_described(text: &str, (items, trailing): &Found) {
    let stream = naive::stream(text);
    assert_eq!(items.len(), stream.items.len(), "the number of responses and errors");
    let starts: Vec<usize> =
        [0].into_iter().chain(text.match_indices('\n').map(|(lf, _)| lf + 1)).collect();
    let check = |at: Position| assert_eq!(at.byte(), starts[at.line() - 1], "not its line");
    for (item, naive) in items.iter().zip(stream.items) {
        agrees(item, naive);
        match item {
            Ok(response) => response.notes().iter().for_each(|note| check(note.position())),
            Err(error) => check(error.position()),
        }
    }
    trailing.iter().for_each(|note| check(note.position()));
    assert_eq!(trailing.map(|note| note.position().line()), stream.trailing);
}

/// The bytes of a byte order mark, which only at the start of a response is one, are that character in the other text.
fn is_split_alike_in_latin1(bytes: &[u8]) {
    let characters: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let text = characters.replace("\u{ef}\u{bb}\u{bf}", "\u{feff}");
    let outline = |(items, trailing): Found| {
        let noted = |notes: &[Note]| -> Vec<_> {
            // Names alone: the character that is wrong in a property is another one.
            notes.iter().map(|note| (note.kind().name(), note.position().line())).collect()
        };
        let items: Vec<_> = items
            .into_iter()
            .map(|item| match item {
                Ok(response) => Ok((
                    response.code(),
                    response.is_framed(),
                    response.row_count(),
                    noted(response.notes()),
                )),
                Err(error) => Err((error.kind(), error.position().line())),
            })
            .collect();
        (items, trailing.map(|note| note.position().line()))
    };
    let latin1 = Parser::new().encoding(Encoding::Latin1);
    assert_eq!(
        outline(decode(bytes, latin1, |rest| rest.len())),
        outline(decode(text.as_bytes(), Parser::new(), |rest| rest.len())),
        "Latin-1 is split in another way"
    );
}
