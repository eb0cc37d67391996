//! Several replies in one text.

use cnic_response::{ErrorKind, Limits, NoteKind, ParseError, Parser, Response, Responses};

use crate::util::{framed, notes};

/// Code and notes with their lines, or the error with its line.
type Said = Result<(u16, Vec<(NoteKind, usize)>), (ErrorKind, usize)>;

fn all(replies: Responses<'_>) -> Vec<Said> {
    let said = |reply: Result<Response<'_>, ParseError>| match reply {
        Ok(response) => Ok((response.code().as_u16(), notes(&response))),
        Err(error) => Err((error.kind(), error.position().line())),
    };
    replies.map(said).collect()
}

fn read(text: &str) -> Vec<Said> {
    all(Responses::new(text))
}

const ONE: &str = "[RESPONSE]\ncode = 200\ndescription = Done\nEOF\n";

#[test]
fn no_text_no_reply() {
    for text in ["", "\n", " \t\r\n\n", "\n\n "] {
        assert_eq!(read(text), [], "{text:?}");
    }
    assert_eq!(read("x"), [Err((ErrorKind::MissingCode, 1))]);
}

#[test]
fn replies_follow_each_other() {
    let two = ONE.replace("200", "545");
    for between in ["", "\n", "\r\n \t\n\n"] {
        let text = format!("{between}{ONE}{between}{two}{between}{ONE}{between}");
        assert_eq!(read(&text), [200, 545, 200].map(|code| Ok((code, vec![]))), "{between:?}");
    }
    let crlf = ONE.repeat(2).replace('\n', "\r\n");
    assert_eq!(read(&crlf), [Ok((200, vec![])), Ok((200, vec![]))]);
}

#[test]
fn each_reply_is_its_own_text() {
    let text = format!("\n{ONE}\n\n{ONE}");
    for response in Responses::new(&text) {
        let response = response.expect("a reply");
        assert_eq!(response.as_str(), ONE);
        assert!(text.as_bytes().as_ptr_range().contains(&response.as_str().as_ptr()), "borrowed");
    }
}

#[test]
fn the_words_of_the_envelope_inside_values_end_nothing() {
    let text = framed("property[log][0] = EOF\nEOF = EOF\nproperty[log][1] = [RESPONSE]\n");
    assert_eq!(read(&text.repeat(2)), [Ok((200, vec![])), Ok((200, vec![]))]);
}

#[test]
fn an_error_in_the_middle_is_not_the_end() {
    let bad = [
        ("[RESPONSE]\ncode = 2xx\nEOF\n", ErrorKind::InvalidCode, 2),
        ("[RESPONSE]\n\ndescription = x\nEOF\n", ErrorKind::MissingCode, 4),
        ("[RESPONSE]\ncode = 1\n", ErrorKind::InvalidCode, 2),
        ("EOF\n", ErrorKind::MissingCode, 1),
        ("code = 200\nproperty[a][99999999999] = x\nx\nEOF\n", ErrorKind::IndexOverflow, 2),
        ("property[a][99999999] = x\nEOF\n", ErrorKind::RowLimit, 1),
    ];
    for (bad, kind, line) in bad {
        let text = format!("{ONE}\n{bad}\n{ONE}");
        let read = read(&text);
        assert_eq!(read, [Ok((200, vec![])), Err((kind, 5 + line)), Ok((200, vec![]))], "{bad}");
    }
}

#[test]
fn a_reply_that_is_cut_off_ends_where_the_next_one_begins() {
    let cut = "[RESPONSE]\ncode = 220\ndescription = Done\n";
    let text = format!("{cut}{ONE}{cut}");
    let expected =
        [Err((ErrorKind::Truncated, 3)), Ok((200, vec![])), Err((ErrorKind::Truncated, 10))];
    assert_eq!(read(&text), expected);
    let lenient = Responses::new(&text).parser(Parser::new().allow_truncated(true));
    let cut_at = |line| Ok((220, vec![(NoteKind::Truncated, line)]));
    assert_eq!(all(lenient), [cut_at(3), Ok((200, vec![])), cut_at(10)]);
}

#[test]
fn a_header_that_is_late_or_given_twice_begins_no_other_reply() {
    let text = format!("runtime = 0.1\n{ONE}[RESPONSE]\n\n{ONE}{ONE}");
    let noted = |kind, line| Ok((200, vec![(kind, line)]));
    let expected =
        [noted(NoteKind::LateHeader, 2), noted(NoteKind::RepeatedHeader, 8), Ok((200, vec![]))];
    assert_eq!(read(&text), expected);
}

#[test]
fn a_byte_order_mark_is_part_of_the_first_reply() {
    for text in [format!("\u{feff}{ONE}{ONE}"), format!("\u{feff}\n\n{ONE}{ONE}")] {
        assert_eq!(read(&text), [Ok((200, vec![(NoteKind::ByteOrderMark, 1)])), Ok((200, vec![]))]);
    }
    assert_eq!(read("\u{feff}\n"), []);
}

/// Files that are put one after another, each with its mark.
#[test]
fn a_byte_order_mark_is_part_of_each_reply() {
    let marked = format!("\u{feff}{ONE}");
    let said = || Ok((200, vec![(NoteKind::ByteOrderMark, 1)]));
    let at = |line| Ok((200, vec![(NoteKind::ByteOrderMark, line)]));
    assert_eq!(read(&format!("{marked}{marked}\n{marked}")), [said(), at(5), at(10)]);
    // The first is cut off: neither is its row taken for one of the second, nor is the second lost.
    let cut = "[RESPONSE]\ncode = 200\nproperty[domain][0] = cut.test\n";
    let truncated = |line| Err((ErrorKind::Truncated, line));
    assert_eq!(read(&format!("{cut}{marked}")), [truncated(3), at(4)]);
    assert_eq!(
        read(&format!("{ONE}\u{feff}{cut}{ONE}")),
        [Ok((200, vec![])), truncated(7), Ok((200, vec![]))]
    );
    assert_eq!(read(&format!("[RESPONSE]\n{marked}")), [truncated(1), at(2)]);
    let noise = format!("...\n\u{feff}{cut}{ONE}");
    let expected = [Err((ErrorKind::MissingCode, 1)), truncated(4), Ok((200, vec![]))];
    assert_eq!(read(&noise), expected);
    // A second mark is none, so here there is no envelope that could be cut off.
    let second = format!("\u{feff}\n\u{feff}[RESPONSE]\ncode = 200\n{ONE}");
    let kinds = [
        NoteKind::ByteOrderMark,
        NoteKind::MissingEquals,
        NoteKind::LateHeader,
        NoteKind::DuplicateField,
    ];
    assert_eq!(read(&second), [Ok((200, kinds.into_iter().zip([1, 2, 4, 5]).collect()))]);
    // In the middle of a reply it is data.
    let inside = framed("\u{feff}EOF\n\u{feff}a = b\n");
    assert_eq!(read(&inside), [Ok((200, vec![(NoteKind::MissingEquals, 4)]))]);
    assert_eq!(read(&format!("{ONE}\u{feff}\n")), [Ok((200, vec![]))]);
}

#[test]
fn positions_count_from_the_start_of_the_whole_text() {
    let noted = "[RESPONSE]\ncode = 200\n...\ndescription = \u{fc}\nEOF\n";
    let text = format!("\u{feff}{ONE}\r\n{noted}{noted}\n\u{2713} = 1\ncode = x\n");
    let mut positions = Vec::new();
    for reply in Responses::new(&text) {
        match reply {
            Ok(response) => positions.extend(response.notes().iter().map(|n| n.position())),
            Err(error) => positions.push(error.position()),
        }
    }
    let seen: Vec<_> = positions.iter().map(|p| (p.line(), p.byte())).collect();
    let at = |wanted: &str| text.match_indices(wanted).map(|(byte, _)| byte).collect::<Vec<_>>();
    let dots = at("...");
    assert_eq!(seen, [(1, 0), (8, dots[0]), (13, dots[1]), (18, at("code = x")[0])]);
}

#[test]
fn the_last_reply_may_end_with_the_text() {
    let last = "code = 220\ndescription = Done\n";
    assert_eq!(read(&format!("{ONE}{last}")), [Ok((200, vec![])), Ok((220, vec![]))]);
    let cut = format!("{ONE}[RESPONSE]\n{last}");
    assert_eq!(read(&cut), [Ok((200, vec![])), Err((ErrorKind::Truncated, 7))]);
    let lenient = Responses::new(&cut).parser(Parser::new().allow_truncated(true));
    assert_eq!(all(lenient), [Ok((200, vec![])), Ok((220, vec![(NoteKind::Truncated, 7)]))]);
    let unended = &ONE[..ONE.len() - 1];
    assert_eq!(read(unended), [Ok((200, vec![]))]);
}

#[test]
fn text_after_a_reply_is_a_reply_or_an_error() {
    let text = format!("{ONE}bye\n");
    assert_eq!(read(&text), [Ok((200, vec![])), Err((ErrorKind::MissingCode, 5))]);
    let page = format!("{ONE}<html></html>\n");
    assert_eq!(read(&page), [Ok((200, vec![])), Err((ErrorKind::Markup, 5))]);
}

#[test]
fn limits_are_for_each_reply() {
    let mut limits = Limits::DEFAULT;
    (limits.cells, limits.lines) = (1, 5);
    limits.bytes = u32::try_from(framed("property[a][0] = x\n").len()).expect("short");
    let parser = Parser::new().limits(limits);
    let text = framed("property[a][0] = x\n").repeat(3);
    assert_eq!(all(Responses::new(&text).parser(parser)).len(), 3);
    assert!(Responses::new(&text).parser(parser).all(|reply| reply.is_ok()));
    let text = text + &framed("x\nx\n");
    let last = all(Responses::new(&text).parser(parser)).pop();
    assert_eq!(last, Some(Err((ErrorKind::LineLimit, 21))));
}

#[test]
fn strict_is_for_each_reply() {
    let text = format!("{ONE}{}", ONE.replace("Done", ""));
    let noted = ErrorKind::Noted(NoteKind::EmptyDescription);
    let strict = all(Responses::new(&text).parser(Parser::strict()));
    assert_eq!(strict, [Ok((200, vec![])), Err((noted, 7))]);
    let trailing = format!("{ONE}\n{ONE}");
    let strict = all(Responses::new(&trailing).parser(Parser::strict()));
    assert_eq!(
        strict,
        [Ok((200, vec![])), Ok((200, vec![]))],
        "the next reply is no trailing data"
    );
}

#[test]
fn bytes_must_be_utf_8_throughout() {
    let text = ONE.repeat(2);
    let replies = Responses::from_utf8(text.as_bytes()).expect("UTF-8");
    assert_eq!(all(replies), [Ok((200, vec![])), Ok((200, vec![]))]);
    let mut bytes = text.into_bytes();
    bytes.extend(b"x = \xff\n");
    let error = Responses::from_utf8(&bytes).expect_err("not UTF-8");
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8 { offset: 94 });
    assert_eq!(error.position().line(), 9);
}

#[test]
fn the_iterator_stays_at_its_end_and_can_be_cloned() {
    let text = ONE.repeat(2);
    let mut replies = Responses::new(&text);
    assert!(replies.next().is_some());
    assert_eq!(replies.clone().count(), 1);
    assert_eq!(replies.clone().count(), 1);
    assert!(replies.next().is_some());
    assert!(replies.next().is_none() && replies.next().is_none());
}
