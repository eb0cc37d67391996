//! Replies out of a stream: the chunks make no difference, and what is kept is one reply. That the decoder finds what
//! [`Responses`] finds holds the oracle `response_stream`.

use cnic_response::{
    Encoding, ErrorKind, FrameDecoder, Limits, NoteKind, Parser, Response, Responses,
};
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

/// The text of a response is allocated once if it is as long as the one before and comes at once.
#[test]
fn a_response_like_the_last_one_costs_no_more_than_its_parse() {
    const COUNT: usize = 100;
    let (_, parsed) = cost(|| Response::parse(String::from(ONE)).map(drop));
    let stream = ONE.repeat(COUNT);
    let (count, decoded) = cost(|| {
        let (mut decoder, mut chunk) = (FrameDecoder::new(), stream.as_bytes());
        core::iter::from_fn(|| decoder.decode(&mut chunk)).filter(Result::is_ok).count()
    });
    assert_eq!(count, COUNT);
    let (decoded, parsed) = (decoded.allocations, COUNT * parsed.allocations);
    assert!(decoded < parsed + 10, "{decoded} allocations instead of {parsed}");
}

/// A list is followed by the answer that it was deleted, and that is kept.
#[test]
fn a_short_response_after_a_long_one_is_small() {
    let long = ONE.replace("EOF", &format!("x = {}\nEOF", "y".repeat(100_000)));
    let stream = format!("{long}{ONE}").repeat(20);
    let (kept, spent) = cost(|| {
        let (mut decoder, mut chunk) = (FrameDecoder::new(), stream.as_bytes());
        let responses = core::iter::from_fn(|| decoder.decode(&mut chunk)).flatten();
        responses.filter(|response| response.as_str().len() == ONE.len()).collect::<Vec<_>>()
    });
    assert_eq!(kept.len(), 20);
    assert!(spent.live < 20 * 2_000, "{} bytes", spent.live);
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

const PASTED: &str = "code = 200\ndescription = Done\nproperty[domain][0] = a.test\n";

#[test]
fn a_reply_that_began_with_its_code_is_given_out_at_the_next_code() {
    let stream = format!("{PASTED}{}\u{feff}{PASTED}{ONE}", PASTED.replace("200", "545"));
    decodes(&FrameDecoder::new(), &stream, &[Ok(200), Ok(545), Ok(200), Ok(200)]);
    // As soon as that line is there.
    let mut decoder = FrameDecoder::new();
    assert!(decoder.decode(&mut PASTED.as_bytes()).is_none());
    assert!(decoder.decode(&mut &b"code ="[..]).is_none());
    let reply = decoder.decode(&mut &b" 2xx\n"[..]).expect("an item").expect("a reply");
    assert_eq!(reply.as_str(), PASTED);
    let error = decoder.finish().expect("an item").expect_err("no code");
    assert_eq!((error.kind(), error.position().line()), (ErrorKind::InvalidCode, 4));
    // The `code` that ends a reply may be the last line, and have no LF.
    let last = format!("{PASTED}code=545");
    decodes(&FrameDecoder::new(), &last, &[Ok(200), Ok(545)]);
}

#[test]
fn a_reply_without_an_envelope_that_is_above_the_limit_is_skipped_to_the_next_code() {
    let limit = within(100);
    let too_long = |line, byte| Err((ErrorKind::ByteLimit, line, byte));
    let long = format!("{PASTED}{}", "property[a][0] = x\n".repeat(10));
    let wide = format!("code = 545\ndescription = {:x>200}\nproperty[a][0] = x\n", "");
    let many = long.len() + wide.len();
    for (stream, expected) in [
        (format!("{long}{PASTED}"), vec![too_long(1, 0), Ok(200)]),
        (format!("{long}{wide}{PASTED}"), vec![too_long(1, 0), too_long(14, long.len()), Ok(200)]),
        (format!("{long}{wide}{ONE}"), vec![too_long(1, 0), too_long(14, long.len()), Ok(200)]),
        (
            format!("{long}{wide}{long}EOF\n{PASTED}"),
            vec![too_long(1, 0), too_long(14, long.len()), too_long(17, many), Ok(200)],
        ),
        // A line that is too long by itself: a `code`, a field before it, and text, which belongs to the reply after it.
        (format!("code = {:2>200}\n{PASTED}", ""), vec![too_long(1, 0), Ok(200)]),
        (format!("\u{feff}code = {:2>200}\n{PASTED}", ""), vec![too_long(1, 0), Ok(200)]),
        (format!("x = {:2>200}\n{PASTED}{PASTED}{ONE}", ""), vec![too_long(1, 0), Ok(200)]),
        (format!("{:x>200}\n{PASTED}{PASTED}", ""), vec![too_long(1, 0), Ok(200)]),
        (
            format!("property[{:x>200}][0] = 1\n{PASTED}{PASTED}{ONE}", ""),
            vec![too_long(1, 0), Ok(200)],
        ),
        // In the middle of a reply it does not begin another.
        (format!("code = 200\ncode = {:2>200}\n{PASTED}", ""), vec![too_long(1, 0), Ok(200)]),
    ] {
        decodes(&limit, &stream, &expected);
    }
}

/// The codes, and the line of the text after the last reply.
fn trailing(decoder: &mut FrameDecoder, stream: &str) -> (usize, Option<usize>) {
    let mut items = 0;
    for mut byte in stream.as_bytes().chunks(1) {
        while decoder.decode(&mut byte).is_some() {
            items += 1;
        }
    }
    while decoder.finish().is_some() {
        items += 1;
    }
    let note = decoder.trailing();
    assert!(note.is_none_or(|note| note.kind() == NoteKind::TrailingData));
    (items, note.map(|note| note.position().line()))
}

#[test]
fn text_after_the_last_reply_is_noted_at_the_end() {
    let mut decoder = FrameDecoder::new();
    for end in ["bye", "bye\n", "\nbye\n\n", "EOF", "EOF\n", "EOF\nbye", "<p>\nEOF"] {
        let line = 6 + usize::from(end.starts_with('\n'));
        assert_eq!(trailing(&mut decoder, &format!("{ONE}{end}")), (1, Some(line)), "{end}");
        assert!(decoder.finish().is_none());
        assert!(decoder.trailing().is_some(), "until the next stream");
        assert_eq!(trailing(&mut decoder, ONE), (1, None));
    }
    // What was said of one stream is forgotten in the next.
    assert_eq!(trailing(&mut decoder, "bye\n"), (1, None));
    assert_eq!(trailing(&mut decoder, &format!("{ONE}EOF\n{ONE}")), (2, None));
    decodes(&FrameDecoder::new(), &format!("{ONE}EOF\n{ONE}x"), &[Ok(200), Ok(200)]);
    // Text that is longer than a reply may be is refused when it is, like any other.
    let long = format!("{ONE}{}", "x".repeat(200));
    decodes(&within(100), &long, &[Ok(200), Err((ErrorKind::ByteLimit, 6, ONE.len()))]);
    let then = format!("{:x>200}\nEOF\nbye\n", "");
    assert_eq!(trailing(&mut within(100), &then), (1, Some(3)), "after an error");
}

#[test]
fn a_strict_decoder_forgives_no_text() {
    let strict = FrameDecoder::new().parser(Parser::strict());
    let refused = |line, byte| Err((ErrorKind::Noted(NoteKind::TrailingData), line, byte));
    let end = ONE.len();
    decodes(&strict, &format!("{ONE}\nbye\n"), &[Ok(200), refused(7, end + 1)]);
    decodes(&strict, &format!("{ONE}EOF\n{ONE}"), &[Ok(200), refused(6, end), Ok(200)]);
    let mut decoder = strict;
    assert_eq!(trailing(&mut decoder, &format!("{ONE}bye\n")), (2, None));
}

/// The settings stay when the stream ends.
#[test]
fn a_decoder_keeps_its_parser_after_the_end() {
    let mut decoder = within(60).parser(Parser::strict());
    for _ in 0..3 {
        let items = decode_with(&mut decoder, "code = 200\ndescription = Done\n");
        assert_eq!(items, [Err(ErrorKind::MissingEnvelope)]);
    }
    let mut decoder = within(60);
    for _ in 0..3 {
        assert_eq!(decode_with(&mut decoder, ONE), [Err(ErrorKind::ByteLimit)]);
    }
    let latin1 = Parser::new().encoding(Encoding::Latin1);
    let mut decoder = FrameDecoder::new().parser(latin1);
    for _ in 0..3 {
        let mut chunk = &b"code = 200\ndescription = M\xfcnchen"[..];
        assert!(decoder.decode(&mut chunk).is_none());
        let response = decoder.finish().expect("an item").expect("a reply");
        assert_eq!(response.description(), "M\u{fc}nchen");
    }
}

fn decode_with(decoder: &mut FrameDecoder, stream: &str) -> Vec<Result<u16, ErrorKind>> {
    let mut chunk = stream.as_bytes();
    let mut items = Vec::new();
    items.extend(core::iter::from_fn(|| decoder.decode(&mut chunk)));
    items.extend(core::iter::from_fn(|| decoder.finish()));
    let code = |response: Response<'_>| response.code().as_u16();
    items.into_iter().map(|item| item.map(code).map_err(|error| error.kind())).collect()
}

/// In Latin-1 the three bytes are still a mark, to the one who splits and to the one who reads.
#[test]
fn a_byte_order_mark_is_one_in_every_encoding() {
    let marked = format!("\u{feff}{ONE}");
    let cut = "[RESPONSE]\ncode = 220\n";
    let stream =
        [marked.as_bytes(), b"[RESPONSE]\ncode = 220\nx = \xfc\n", marked.as_bytes()].concat();
    for encoding in [Encoding::Latin1, Encoding::Utf8Lossy] {
        let parser = Parser::new().encoding(encoding).allow_truncated(true);
        let mut decoder = FrameDecoder::new().parser(parser);
        let mut chunk = &stream[..];
        let mut replies: Vec<_> = core::iter::from_fn(|| decoder.decode(&mut chunk)).collect();
        replies.extend(core::iter::from_fn(|| decoder.finish()));
        let said: Vec<_> = replies
            .iter()
            .flatten()
            .map(|reply| (reply.code().as_u16(), reply.is_framed(), reply.notes()[0].kind()))
            .collect();
        let mark = NoteKind::ByteOrderMark;
        let middle = if encoding == Encoding::Latin1 {
            NoteKind::MissingDescription
        } else {
            NoteKind::ReplacedBytes
        };
        assert_eq!((said[0], said[2]), ((200, true, mark), (200, true, mark)), "{encoding:?}");
        assert_eq!((said[1].0, said[1].1, said.len()), (220, true, 3), "{encoding:?}");
        assert!(
            replies[1].as_ref().is_ok_and(|reply| reply.notes().iter().any(|n| n.kind() == middle))
        );
    }
    let latin1 = Parser::new().encoding(Encoding::Latin1);
    for (bytes, description) in [
        (&b"\xef\xbb\xbfcode = 200\ndescription = M\xfc\n"[..], "M\u{fc}"),
        (b"\xef\xbb\xbfcode = 200\ndescription = \xef\xbb\xbf\n", "\u{ef}\u{bb}\u{bf}"),
        (b"\xef\xbb\xbf\xef\xbb\xbf = 1\ncode = 200\ndescription = x\n", "x"),
    ] {
        let response = latin1.parse_bytes(bytes).expect("a reply");
        assert_eq!(response.description(), description);
        assert_eq!(response.notes().len(), 1);
        assert_eq!(response.notes()[0].kind(), NoteKind::ByteOrderMark);
    }
    assert!(latin1.parse_bytes(cut.as_bytes()).is_err_and(|error| error.is_truncated()));
}
