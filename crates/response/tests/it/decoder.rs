//! Replies out of a stream: the chunks make no difference, and what is kept is one reply. That the decoder finds what
//! [`Responses`] finds holds the oracle `response_stream`.

use cnic_response::{Encoding, ErrorKind, FrameDecoder, Limits, NoteKind, Parser, Responses};
use cnic_testkit::counting::cost;

const ONE: &str =
    "[RESPONSE]\r\ncode = 200\r\ndescription = Done\r\nproperty[domain][0] = a.test\r\nEOF\r\n";

/// What a decoder gives: the code of a reply, or an error and its place.
type Item = Result<u16, (ErrorKind, usize, usize)>;

fn within(bytes: u32) -> FrameDecoder {
    let mut limits = Limits::DEFAULT;
    limits.bytes = bytes;
    FrameDecoder::new().parser(Parser::new().limits(limits))
}

fn decode(mut decoder: FrameDecoder, stream: &[u8], size: usize) -> Vec<Item> {
    let mut items = Vec::new();
    for mut chunk in stream.chunks(size) {
        while let Some(item) = decoder.decode(&mut chunk) {
            items.push(item);
        }
    }
    items.extend(core::iter::from_fn(|| decoder.finish()));
    let place = |at: cnic_response::Position| (at.line(), at.byte());
    items
        .into_iter()
        .map(|item| {
            item.map(|response| response.code().as_u16()).map_err(|error| {
                let (line, byte) = place(error.position());
                (error.kind(), line, byte)
            })
        })
        .collect()
}

#[track_caller]
fn decodes(decoder: &FrameDecoder, stream: &str, expected: &[Item]) {
    for size in 1..=stream.len() {
        assert_eq!(decode(decoder.clone(), stream.as_bytes(), size), expected, "by {size} bytes");
    }
}

#[test]
fn chunks_of_any_size_give_the_same_replies() {
    let stream = format!("\n \r\n{ONE}\n[RESPONSE]\ncode = 2xx\nEOF\n{ONE}code = 545\n\neof");
    let wrong = stream.find("code = 2xx").expect("it is there");
    let error = (ErrorKind::InvalidCode, 10, wrong);
    for decoder in [FrameDecoder::new(), FrameDecoder::default()] {
        decodes(&decoder, &stream, &[Ok(200), Err(error), Ok(200), Ok(545)]);
    }
}

#[test]
fn nothing_gives_nothing() {
    decodes(&FrameDecoder::new(), "\r\n \t\n\n", &[]);
    decodes(&FrameDecoder::new(), "\u{feff}\n ", &[]);
    assert!(FrameDecoder::new().finish().is_none());
}

#[test]
fn a_reply_that_is_cut_off_by_the_next_is_truncated_and_the_next_is_whole() {
    let cut = "[RESPONSE]\ncode = 220\n";
    let at = (ErrorKind::Truncated, 2, 11);
    decodes(&FrameDecoder::new(), &format!("{cut}{ONE}"), &[Err(at), Ok(200)]);
    // The `[RESPONSE]` that ends a reply is the last line of the stream, and has no LF.
    let last = (ErrorKind::Truncated, 3, 22);
    decodes(&FrameDecoder::new(), &format!("{cut}[RESPONSE]"), &[Err(at), Err(last)]);
}

#[test]
fn a_reply_above_the_limit_is_refused_once_and_the_next_is_read() {
    let endless = format!("[RESPONSE]\ncode = 200\n{}", "property[a][0] = x\n".repeat(40));
    let too_long = |line, byte| Err((ErrorKind::ByteLimit, line, byte));
    let limit = within(u32::try_from(ONE.len()).expect("short"));
    for (stream, expected) in [
        (format!("{ONE}{endless}"), vec![Ok(200), too_long(6, ONE.len())]),
        (format!("{endless}EOF\n{ONE}"), vec![too_long(1, 0), Ok(200)]),
        (format!("{endless}{ONE}"), vec![too_long(1, 0), Ok(200)]),
        // Two in a row, and one that is refused in the middle of a line.
        (
            format!("{endless}EOF\n{endless}EOF\n{ONE}"),
            vec![too_long(1, 0), too_long(44, 786), Ok(200)],
        ),
        (format!("code = {}\nEOF\n{ONE}", "2".repeat(200)), vec![too_long(1, 0), Ok(200)]),
        (format!("\n\n{}\nEOF\n{ONE}", " ".repeat(200)), vec![too_long(3, 2), Ok(200)]),
        // What looks like an end in the middle of a line that is skipped is none.
        (format!("a = {}EOF\ncode=1\neof\n{ONE}", " ".repeat(200)), vec![too_long(1, 0), Ok(200)]),
    ] {
        decodes(&limit, &stream, &expected);
    }
}

#[test]
fn a_reply_of_exactly_the_limit_is_read() {
    let len = u32::try_from(ONE.len()).expect("short");
    decodes(&within(len), &format!("{ONE}{ONE}"), &[Ok(200), Ok(200)]);
    let refused = [Err((ErrorKind::ByteLimit, 1, 0)), Err((ErrorKind::ByteLimit, 6, ONE.len()))];
    decodes(&within(len - 1), &format!("{ONE}{ONE}"), &refused);
}

#[test]
fn a_decoder_is_as_new_after_the_end() {
    let mut decoder = within(90);
    let stream = [b'a'; 200];
    assert!(decoder.decode(&mut &stream[..]).expect("an item").is_err());
    assert!(decoder.finish().is_none());
    let mut chunk = &b"\xef\xbb\xbfcode = 200\ndescription = Done\n...\n"[..];
    assert!(decoder.decode(&mut chunk).is_none());
    let response = decoder.finish().expect("a reply").expect("a reply");
    let notes: Vec<_> =
        response.notes().iter().map(|note| (note.kind(), note.position().line())).collect();
    assert_eq!(notes, [(NoteKind::ByteOrderMark, 1), (NoteKind::MissingEquals, 3)]);
}

#[test]
fn bytes_that_are_not_utf_8_are_one_replys_error() {
    let stream =
        [ONE.as_bytes(), b"code = 200\ndescription = M\xfcnchen\nEOF\n", ONE.as_bytes()].concat();
    let offset = u32::try_from(ONE.len() + 26).expect("short");
    let line = ONE.len() + 11;
    let error = (ErrorKind::InvalidUtf8 { offset }, 7, line);
    assert_eq!(decode(FrameDecoder::new(), &stream, 5), [Ok(200), Err(error), Ok(200)]);

    let latin1 = FrameDecoder::new().parser(Parser::new().encoding(Encoding::Latin1));
    assert_eq!(decode(latin1.clone(), &stream, 5), [Ok(200), Ok(200), Ok(200)]);
    let lossy = FrameDecoder::new().parser(Parser::new().encoding(Encoding::Utf8Lossy));
    assert_eq!(decode(lossy, &stream, 5), [Ok(200), Ok(200), Ok(200)]);
}

#[test]
fn a_long_stream_costs_the_memory_of_one_reply() {
    let (count, spent) = cost(|| {
        let mut decoder = FrameDecoder::new();
        let mut count = 0;
        for _ in 0..20_000 {
            for mut chunk in ONE.as_bytes().chunks(17) {
                while let Some(response) = decoder.decode(&mut chunk) {
                    count += usize::from(response.is_ok());
                }
            }
        }
        count
    });
    assert_eq!(count, 20_000);
    assert_eq!(spent.live, 0);
    assert!(spent.peak < 2_000, "{} bytes for replies of {}", spent.peak, ONE.len());
}

#[test]
fn a_reply_without_an_end_costs_no_more_than_the_limit() {
    for line in ["property[a][0] = x\n", " ", "x"] {
        let ((), spent) = cost(|| {
            let mut decoder = within(10_000);
            let chunk = line.repeat(1_000);
            let mut errors = 0;
            for _ in 0..2_000 {
                let mut chunk = chunk.as_bytes();
                while let Some(item) = decoder.decode(&mut chunk) {
                    errors += usize::from(item.is_err());
                }
            }
            assert_eq!(errors, 1);
        });
        assert!(spent.peak < 60_000, "{line:?}: {} bytes", spent.peak);
    }
}

/// Looking at a line again with every byte of it would be a trillion steps.
#[test]
fn bytes_that_come_one_by_one_cost_no_more_than_the_text() {
    let long = "x".repeat(1_500_000);
    let stream = format!("[RESPONSE]\ncode = 200\nproperty[a][0] = {long}\nEOF\n");
    let (len, spent) = cost(|| {
        let mut decoder = FrameDecoder::new();
        for mut byte in stream.as_bytes().chunks(1) {
            if let Some(response) = decoder.decode(&mut byte) {
                return response.expect("a reply").get("a", 0).map(str::len);
            }
        }
        None
    });
    assert_eq!(len, Some(1_500_000));
    assert!(spent.allocations < 50, "{} allocations", spent.allocations);
    assert!(spent.peak < 4 * 1_500_000, "{} bytes", spent.peak);
}

#[test]
fn the_whole_text_has_the_same_replies() {
    let stream = format!("{ONE}[RESPONSE]\ncode=200\n{ONE}\n\n{ONE}a=b\n{ONE}[RESPONSE]\n{ONE}");
    let whole: Vec<Item> = Responses::new(&stream)
        .map(|item| {
            item.map(|response| response.code().as_u16())
                .map_err(|e| (e.kind(), e.position().line(), e.position().byte()))
        })
        .collect();
    decodes(&FrameDecoder::new(), &stream, &whole);
    assert_eq!(whole.len(), 6);
}
