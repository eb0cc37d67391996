//! The codec of tokio-util, whatever the pieces that the bytes come in.

use std::io;

use cnic_response::{CodecError, Response, ResponseCodec};
use futures_util::{StreamExt, stream};
use tokio_util::codec::FramedRead;
use tokio_util::io::StreamReader;

#[path = "../codec.rs"]
#[expect(dead_code, reason = "the example is a module here, and nobody calls its `main`")]
mod codec;

type Item = Result<Response<'static>, CodecError>;

const RESPONSES: &[u8] = b"[RESPONSE]\ncode = 200\nproperty[domain][0] = example.com\nEOF\n\
    [RESPONSE]\r\nCODE=545\r\nEOF\r\n[RESPONSE]\ncode = 421\nEOF";

/// Reads responses out of pieces, and what the pieces end with.
async fn read(bytes: &[u8], piece: usize, end: Option<io::Error>) -> Vec<Item> {
    let pieces = bytes.chunks(piece).map(Ok).chain(end.map(Err));
    FramedRead::new(StreamReader::new(stream::iter(pieces)), ResponseCodec::new()).collect().await
}

fn codes(items: &[Item]) -> Vec<u16> {
    items.iter().flatten().map(|response| response.code().as_u16()).collect()
}

#[tokio::test]
async fn pieces_of_any_size_are_the_same_responses() {
    for piece in 1..=RESPONSES.len() {
        let items = read(RESPONSES, piece, None).await;
        assert_eq!(codes(&items), [200, 545, 421], "pieces of {piece}");
        assert_eq!(items.len(), 3, "pieces of {piece}");
        let first = items[0].as_ref().expect("a response");
        assert_eq!(first.get("domain", 0), Some("example.com"), "pieces of {piece}");
    }
}

#[tokio::test]
async fn a_stream_that_ends_within_a_response_ends_with_an_error() {
    let cut = &RESPONSES[..RESPONSES.len() - 1];
    for piece in [1, 5, cut.len()] {
        let items = read(cut, piece, None).await;
        assert_eq!(codes(&items), [200, 545], "pieces of {piece}");
        let is_truncated =
            |item: &Item| matches!(item, Err(CodecError::Parse(error)) if error.is_truncated());
        assert!(items.len() == 3 && is_truncated(&items[2]), "pieces of {piece}");
    }
}

#[tokio::test]
async fn a_reader_that_fails_is_not_a_response_that_is_cut_off() {
    let items = read(&RESPONSES[..70], 7, Some(io::ErrorKind::ConnectionReset.into())).await;
    assert_eq!(codes(&items), [200]);
    let Err(CodecError::Io(error)) = &items[1] else { panic!("{items:?}") };
    assert_eq!((error.kind(), items.len()), (io::ErrorKind::ConnectionReset, 2));
}

#[tokio::test]
async fn nothing_is_no_response_and_no_error() {
    assert!(read(b"", 1, None).await.is_empty());
    assert!(read(b"\n\r\n \n", 1, None).await.is_empty());
}

#[tokio::test]
async fn the_example_shows_each_response_and_ends_with_the_error() {
    let mut lines = Vec::new();
    let end = codec::read(RESPONSES, |line| lines.push(line)).await;
    assert_eq!(lines, ["200 : 1 rows", "545 : 0 rows", "421 : 0 rows"]);
    assert!(end.is_ok());

    lines.clear();
    let end = codec::read(&RESPONSES[..RESPONSES.len() - 1], |line| lines.push(line)).await;
    assert_eq!(lines.len(), 2);
    assert!(matches!(end, Err(CodecError::Parse(error)) if error.is_truncated()));
}
