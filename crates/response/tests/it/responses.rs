//! Several replies in one text.

use cnic_response::{ErrorKind, Limits, NoteKind, ParseError, Parser, Response, Responses};

use crate::util::{framed, notes};

/// Code and notes with their lines, or the error with its line.
type Said = Result<(u16, Vec<(NoteKind, usize)>), (ErrorKind, usize)>;

fn all<'t>(replies: impl Iterator<Item = Result<Response<'t>, ParseError>>) -> Vec<Said> {
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

/// Lines that begin like a cell are taken together. What ends a response is found among them in each
/// of its spellings, and everything after them keeps its place.
#[test]
fn what_follows_many_cells_is_found_there() {
    let cells: String = (0..40).map(|row| format!("property[a][{row}] = x\n")).collect();
    let list = format!("[RESPONSE]\ncode = 200\ndescription = x\n{cells}");
    let pasted = list.replace("[RESPONSE]\n", "");
    for end in ["eof", "EOF", "Eof", " eof", "\tEOF", "EOF ", "eof\r"] {
        let text = format!("{list}{end}\n{list}bye\n{cells}{end}\n[RESPONSE]\ncode = abc\nEOF\n");
        let noted = vec![(NoteKind::MissingEquals, 88)];
        let duplicates = (89..129).map(|line| (NoteKind::DuplicateCell, line));
        let second = noted.into_iter().chain(duplicates).collect();
        let wrong = Err((ErrorKind::InvalidCode, 131));
        assert_eq!(read(&text), [Ok((200, vec![])), Ok((200, second)), wrong], "{end:?}");
        // Nothing but the end tells that another one follows.
        let text = format!("{list}{end}\n{pasted}");
        assert_eq!(read(&text), [Ok((200, vec![])), Ok((200, vec![]))], "{end:?}");
    }
    for start in ["[RESPONSE]", "[response]", " [Response] ", "\u{feff}[RESPONSE]"] {
        let rest = list.replace("[RESPONSE]", start);
        let text = format!("{list}{rest}EOF\n");
        let mark = (NoteKind::ByteOrderMark, 44);
        let notes =
            if start.starts_with('[') || start.starts_with(' ') { vec![] } else { vec![mark] };
        let truncated = Err((ErrorKind::Truncated, 43));
        assert_eq!(read(&text), [truncated, Ok((200, notes))], "{start:?}");
    }
    for code in ["code", "Code", "CODE", " code"] {
        let text = format!("{pasted}{}", pasted.replace("code", code));
        assert_eq!(read(&text), [Ok((200, vec![])), Ok((200, vec![]))], "{code:?}");
    }
}

#[test]
fn an_error_in_the_middle_is_not_the_end() {
    let bad = [
        ("[RESPONSE]\ncode = 2xx\nEOF\n", ErrorKind::InvalidCode, 2),
        ("[RESPONSE]\n\ndescription = x\nEOF\n", ErrorKind::MissingCode, 4),
        ("[RESPONSE]\ncode = 1\n", ErrorKind::InvalidCode, 2),
        ("description = x\nEOF\n", ErrorKind::MissingCode, 2),
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
    // A second mark is none, so the line behind it is text.
    let second = format!("\u{feff}\n\u{feff}[RESPONSE]\ncode = 200\n{ONE}");
    let kinds = [NoteKind::ByteOrderMark, NoteKind::MissingEquals, NoteKind::MissingDescription];
    let first = Ok((200, kinds.into_iter().zip([1, 2, 3]).collect()));
    assert_eq!(read(&second), [first, Ok((200, vec![]))]);
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

/// The replies, and the line of the text after the last.
fn read_with_trailing(text: &str, parser: Parser) -> (Vec<Said>, Option<usize>) {
    let mut replies = Responses::new(text).parser(parser);
    assert_eq!(replies.trailing(), None, "before the end is known");
    let said = all(replies.by_ref());
    let trailing = replies.trailing();
    assert!(trailing.is_none_or(|note| note.kind() == NoteKind::TrailingData));
    (said, trailing.map(|note| note.position().line()))
}

/// As it is before and between replies.
#[test]
fn text_after_the_last_reply_is_forgiven() {
    let good = || Ok((200, vec![]));
    let lax = |text: &str| read_with_trailing(text, Parser::new());
    for text in [
        "bye\n",
        "bye",
        "...\n\n= x\n",
        "property[a] = x\n",
        "<html></html>\n",
        "EOF\n",
        "x\neof\nx\n",
    ] {
        assert_eq!(lax(&format!("{ONE}\n{text}")), (vec![good()], Some(6)), "{text}");
        assert_eq!(lax(&format!("{ONE}{ONE}{text}")), (vec![good(), good()], Some(9)), "{text}");
        let said = read_with_trailing(&format!("{ONE}{text}"), Parser::strict()).0;
        let refused = Err((ErrorKind::Noted(NoteKind::TrailingData), 5));
        assert_eq!(said[..2], [good(), refused], "{text}");
    }
    // A reply that is wrong is one as well.
    let bad = Err((ErrorKind::MissingCode, 2));
    assert_eq!(lax("[RESPONSE]\nEOF\nbye\n"), (vec![bad], Some(3)));
    // In a reply without an end it is a part of that.
    let unended = Ok((200, vec![(NoteKind::MissingEquals, 3)]));
    assert_eq!(lax("code = 200\ndescription = Done\nbye\n"), (vec![unended], None));
    assert_eq!(lax(&format!("{ONE}\n \n\u{feff}\n")), (vec![good()], None));
}

#[test]
fn text_after_a_reply_that_says_something_is_a_reply_or_an_error() {
    for (text, kind, line) in [
        ("bye = 1\n", ErrorKind::MissingCode, 5),
        ("x\nproperty[a][0] = x\n", ErrorKind::MissingCode, 6),
        ("[RESPONSE]\n", ErrorKind::Truncated, 5),
        ("<html lang=\"en\">\n", ErrorKind::Markup, 5),
        ("property[a][99999999999] = x\n", ErrorKind::IndexOverflow, 5),
    ] {
        let expected = (vec![Ok((200, vec![])), Err((kind, line))], None);
        assert_eq!(read_with_trailing(&format!("{ONE}{text}"), Parser::new()), expected, "{text}");
    }
    let mut limits = Limits::DEFAULT;
    limits.lines = 4;
    let parser = Parser::new().limits(limits);
    let expected = (vec![Ok((200, vec![])), Err((ErrorKind::LineLimit, 9))], None);
    assert_eq!(read_with_trailing(&format!("{ONE}{}", "x\n".repeat(5)), parser), expected);
}

#[test]
fn nothing_but_text_is_an_error() {
    for (text, line) in [("bye\n", 1), ("\n\nx\nx\n", 4), ("EOF\n", 1), ("EOF\nEOF\nx\n", 1)] {
        assert_eq!(read(text), [Err((ErrorKind::MissingCode, line))], "{text}");
    }
    assert_eq!(read("<p>\n"), [Err((ErrorKind::Markup, 1))]);
}

/// Line by line where it is directly before the reply, and as a whole where something is between the two.
#[test]
fn text_between_replies_is_noted_on_the_next() {
    let noted = |kind, line| Ok((200, vec![(kind, line)]));
    let first = || Ok((200, vec![]));
    assert_eq!(read(&format!("{ONE}x\n{ONE}")), [first(), noted(NoteKind::MissingEquals, 5)]);
    assert_eq!(read(&format!("x\n{ONE}")), [noted(NoteKind::MissingEquals, 1)]);
    for text in ["x\nEOF\n", "EOF\n", "EOF\nEOF\n", "EOF\n\nEOF\n"] {
        let text = format!("{ONE}{text}{ONE}{ONE}");
        assert_eq!(read(&text), [first(), noted(NoteKind::TrailingData, 5), first()]);
    }
    let marked = [(NoteKind::TrailingData, 5), (NoteKind::ByteOrderMark, 6)];
    for reply in [ONE, &ONE[11..]] {
        let read = read(&format!("{ONE}x\n\u{feff}{reply}"));
        assert_eq!(read.len(), 2);
        let Ok((200, notes)) = &read[1] else { panic!("{read:?}") };
        assert_eq!(notes[..2], marked);
    }
    // An error tells of more than a note on the reply after it.
    let wrong = format!("{ONE}EOF\n[RESPONSE]\nEOF\n{ONE}");
    assert_eq!(read(&wrong), [first(), Err((ErrorKind::MissingCode, 7)), first()]);
}

const PASTED: &str = "code = 200\ndescription = Done\nproperty[a][0] = x\n";

#[test]
fn a_code_begins_the_next_reply_where_it_began_this_one() {
    let said = |codes: &[u16]| codes.iter().map(|&code| Ok((code, vec![]))).collect::<Vec<Said>>();
    for between in ["", "\n", "\r\n \t\n"] {
        for second in ["code = 200", "code = 545", "CODE=545", " \tCode\t=545 \t"] {
            let other = PASTED.replace("code = 200", second);
            let code = if second.contains("545") { 545 } else { 200 };
            let text = format!("{between}{PASTED}{between}{other}{between}{PASTED}");
            assert_eq!(read(&text), said(&[200, code, 200]), "{text}");
            let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
            assert_eq!(read(&crlf), said(&[200, code, 200]), "{text}");
        }
    }
    let text = PASTED.repeat(3);
    for (number, response) in Responses::new(&text).enumerate() {
        let response = response.expect("a reply");
        assert_eq!(response.as_str(), PASTED, "{number}");
        assert_eq!(response.row_count(), 1);
    }
    // Text before it is no field, and the lines of a reply without an end are its own.
    let noted = |line| Ok((200, vec![(NoteKind::MissingEquals, line)]));
    let text = format!("x\n{PASTED}x\n{PASTED}");
    let both = vec![(NoteKind::MissingEquals, 1), (NoteKind::MissingEquals, 5)];
    assert_eq!(read(&text), [Ok((200, both)), said(&[200]).remove(0)]);
    assert_eq!(read(&format!("{PASTED}x\n{PASTED}")), [noted(4), said(&[200]).remove(0)]);
}

#[test]
fn a_wrong_code_begins_a_reply_too() {
    let wrong = PASTED.replace("200", "2xx");
    let text = format!("{PASTED}{wrong}{PASTED}");
    let error = Err((ErrorKind::InvalidCode, 4));
    assert_eq!(read(&text), [Ok((200, vec![])), error, Ok((200, vec![]))]);
    let text = format!("{wrong}{PASTED}");
    assert_eq!(read(&text), [Err((ErrorKind::InvalidCode, 1)), Ok((200, vec![]))]);
}

/// What precedes a `code` would be given to the reply before.
#[test]
fn a_reply_whose_code_is_not_its_first_field_is_not_split() {
    let last = "property[a][0] = x\ndescription = Done\ncode = 200\n";
    let expected = vec![
        (NoteKind::DuplicateCell, 4),
        (NoteKind::DuplicateField, 5),
        (NoteKind::RepeatedCode, 6),
    ];
    assert_eq!(read(&last.repeat(2)), [Ok((200, expected))]);
    let other = last.replace("200", "545");
    assert_eq!(read(&format!("{last}{other}")), [Err((ErrorKind::ConflictingCode, 6))]);
    let described = "description = Done\ncode = 200\n";
    let expected = vec![(NoteKind::DuplicateField, 3), (NoteKind::RepeatedCode, 4)];
    assert_eq!(read(&described.repeat(2)), [Ok((200, expected))]);
    // A column, a malformed line and a name that only begins like it are no `code`.
    let alike = "property[code][0] = 1\ncode\ncodes = 1\nx code = 1\ncode2 = 1\n";
    let said = read(&format!("{PASTED}{alike}"));
    assert_eq!(said, [Ok((200, vec![(NoteKind::MissingEquals, 5)]))]);
}

#[test]
fn inside_an_envelope_a_second_code_splits_nothing() {
    let twice = framed("code = 200\n");
    assert_eq!(read(&twice.repeat(2)).len(), 2);
    assert_eq!(read(&twice), [Ok((200, vec![(NoteKind::RepeatedCode, 4)]))]);
    let other = framed("code = 545\n");
    let expected = [Err((ErrorKind::ConflictingCode, 4)), Ok((200, vec![]))];
    assert_eq!(read(&format!("{other}{ONE}")), expected);
    // The same after a field before the envelope.
    let late = format!("runtime = 0.1\n{twice}");
    let expected = vec![(NoteKind::LateHeader, 2), (NoteKind::RepeatedCode, 5)];
    assert_eq!(read(&late), [Ok((200, expected))]);
}

/// One that has a `code` and no envelope is not the beginning of an envelope.
#[test]
fn an_envelope_begins_after_a_reply_without_one() {
    let good = || Ok((200, vec![]));
    assert_eq!(
        read(&format!("{PASTED}{ONE}{PASTED}{PASTED}{ONE}")),
        [good(), good(), good(), good(), good()]
    );
    let last = "property[a][0] = x\ndescription = Done\ncode = 200\n";
    let text = format!("{last}{}", framed("property[a][1] = y\n"));
    let rows: Vec<_> =
        Responses::new(&text).map(|reply| reply.expect("a reply").row_count()).collect();
    assert_eq!(rows, [1, 2]);
    let ended = Ok((200, vec![(NoteKind::MissingHeader, 4)]));
    assert_eq!(read(&format!("{PASTED}EOF\n{PASTED}{ONE}")), [ended, good(), good()]);
}

#[test]
fn a_byte_order_mark_is_part_of_each_reply_without_an_envelope() {
    let marked = format!("\u{feff}{PASTED}");
    let at = |line| Ok((200, vec![(NoteKind::ByteOrderMark, line)]));
    assert_eq!(read(&marked.repeat(3)), [at(1), at(4), at(7)]);
    assert_eq!(
        read(&format!("{PASTED}{marked}{ONE}{marked}")),
        [Ok((200, vec![])), at(4), Ok((200, vec![])), at(11)]
    );
    // Before another field, or after one that is not `code`, it is data.
    let data = read(&format!("{PASTED}\u{feff}x = 1\nruntime = 0.1\n"));
    assert_eq!(data, [Ok((200, vec![]))]);
    let later = read(&format!("runtime = 0.1\n{PASTED}\u{feff}code = 545\n"));
    assert_eq!(later, [Ok((200, vec![]))]);
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
