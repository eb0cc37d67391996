//! Commands out of a stream: the chunks make no difference, and what is kept is one command. That the decoder finds what
//! [`Commands`] finds holds the oracle `command_stream`.

use cnic_command::{Commands, ErrorKind, FrameDecoder, Limits, Parser};
use cnic_testkit::counting::cost;

const ONE: &str = "[COMMAND]\r\nCOMMAND=One\r\nDOMAIN = a.test\r\nEOF\r\n";

/// What a decoder gives: the name of a command, or an error and its place.
type Item = Result<String, (ErrorKind, usize, usize)>;

fn within(bytes: u32) -> FrameDecoder {
    let mut limits = Limits::DEFAULT;
    limits.bytes = bytes;
    FrameDecoder::new().parser(Parser::new().limits(limits))
}

fn item(item: Result<cnic_command::Command<'_>, cnic_command::ParseError>) -> Item {
    let place = |at: cnic_command::Position| (at.line(), at.byte());
    item.map(|command| command.name().to_owned()).map_err(|error| {
        let (line, byte) = place(error.position());
        (error.kind(), line, byte)
    })
}

fn decode(mut decoder: FrameDecoder, stream: &[u8], size: usize) -> Vec<Item> {
    let mut items = Vec::new();
    for mut chunk in stream.chunks(size) {
        while let Some(command) = decoder.decode(&mut chunk) {
            items.push(item(command));
        }
    }
    while let Some(command) = decoder.finish() {
        items.push(item(command));
    }
    items
}

#[track_caller]
fn decodes(decoder: &FrameDecoder, stream: &str, expected: &[Item]) {
    for size in 1..=stream.len() {
        assert_eq!(decode(decoder.clone(), stream.as_bytes(), size), expected, "by {size} bytes");
    }
}

fn ok(name: &str) -> Item {
    Ok(name.to_owned())
}

#[test]
fn chunks_of_any_size_give_the_same_commands() {
    let stream = format!("\n \r\n{ONE}\n[COMMAND]\nCOMMAND=a b\nEOF\n{ONE}COMMAND=Two\n\neof");
    let wrong = stream.find("COMMAND=a b").expect("it is there");
    let error = (ErrorKind::InvalidName, 9, wrong);
    decodes(&FrameDecoder::new(), &stream, &[ok("One"), Err(error), ok("One"), ok("Two")]);
}

#[test]
fn nothing_gives_nothing() {
    decodes(&FrameDecoder::new(), "\r\n \t\n\n", &[]);
    assert!(FrameDecoder::new().finish().is_none());
}

#[test]
fn a_command_that_is_cut_off_is_none_and_the_next_one_is_whole() {
    let cut = "[COMMAND]\nCOMMAND=Two\n";
    let at = (ErrorKind::Truncated, 2, 10);
    decodes(&FrameDecoder::new(), &format!("{cut}{ONE}"), &[Err(at), ok("One")]);
    // The `[COMMAND]` that ends a command is the last line of the stream, and has no LF.
    let last = (ErrorKind::Truncated, 3, 22);
    decodes(&FrameDecoder::new(), &format!("{cut}[COMMAND]"), &[Err(at), Err(last)]);
    let at = (ErrorKind::MisplacedCommand, 2, 12);
    decodes(&FrameDecoder::new(), &format!("COMMAND=Two\n{ONE}"), &[Err(at), ok("One")]);
}

#[test]
fn a_command_above_the_limit_is_refused_once_and_the_next_is_read() {
    let endless = format!("[COMMAND]\nCOMMAND=Two\n{}", "DOMAIN=example.com\n".repeat(40));
    let too_long = |line, byte| Err((ErrorKind::ByteLimit, line, byte));
    let limit = within(u32::try_from(ONE.len()).expect("short"));
    let long = endless.len();
    for (stream, expected) in [
        (format!("{ONE}{endless}"), vec![ok("One"), too_long(5, ONE.len())]),
        (format!("{endless}EOF\n{ONE}"), vec![too_long(1, 0), ok("One")]),
        // The next one begins before there is an `EOF`.
        (format!("{endless}{ONE}"), vec![too_long(1, 0), ok("One")]),
        (
            format!("{endless}EOF\n\n{endless}{ONE}"),
            vec![too_long(1, 0), too_long(45, long + 5), ok("One")],
        ),
        (format!("COMMAND={}\nEOF\n{ONE}", "x".repeat(200)), vec![too_long(1, 0), ok("One")]),
        (format!("\n\n{}\nEOF\n{ONE}", " ".repeat(200)), vec![too_long(3, 2), ok("One")]),
        // What looks like an end in the middle of a line that is skipped is none.
        (format!("a={}EOF\nb=1\neof\n{ONE}", " ".repeat(200)), vec![too_long(1, 0), ok("One")]),
        (format!("a={}\n", "x".repeat(200)), vec![too_long(1, 0)]),
        // A line that is too long is a line of a command.
        (format!("{}\n{ONE}", "x".repeat(200)), vec![too_long(1, 0), ok("One")]),
        (format!("{}EOF\n{ONE}", " ".repeat(200)), vec![too_long(1, 0), ok("One")]),
    ] {
        decodes(&limit, &stream, &expected);
    }
}

#[test]
fn a_command_of_exactly_the_limit_is_read() {
    let len = u32::try_from(ONE.len()).expect("short");
    decodes(&within(len), &format!("{ONE}{ONE}"), &[ok("One"), ok("One")]);
    let refused = [Err((ErrorKind::ByteLimit, 1, 0)), Err((ErrorKind::ByteLimit, 5, ONE.len()))];
    decodes(&within(len - 1), &format!("{ONE}{ONE}"), &refused);
}

#[test]
fn a_command_is_refused_as_soon_as_it_is_too_long() {
    let mut decoder = within(20);
    assert!(decoder.decode(&mut &b"[COMMAND]\nCOMMAND=Tw"[..]).is_none());
    let error = decoder.decode(&mut &b"o"[..]).expect("an item").expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::ByteLimit);
}

#[test]
fn a_decoder_is_as_new_after_the_end() {
    let mut decoder = within(90);
    let stream = [b'a'; 200];
    assert!(decoder.decode(&mut &stream[..]).expect("an item").is_err());
    assert!(decoder.finish().is_none());
    for ended_twice in [false, true, false] {
        assert!(decoder.decode(&mut &b"COMMAND=One\nDOMAIN=a.test"[..]).is_none());
        let command = decoder.finish().expect("a command").expect("a command");
        assert_eq!(command.position("domain").map(|at| (at.line(), at.byte())), Some((2, 12)));
        if ended_twice {
            assert!(decoder.finish().is_none());
        }
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_one_commands_error() {
    let stream =
        [ONE.as_bytes(), b"COMMAND=AddContact\ncity=M\xfcnchen\nEOF\n", ONE.as_bytes()].concat();
    let offset = u32::try_from(ONE.len() + 25).expect("short");
    let error = (ErrorKind::InvalidUtf8 { offset: Some(offset) }, 6, ONE.len() + 19);
    for size in 1..=stream.len() {
        let expected = [ok("One"), Err(error), ok("One")];
        assert_eq!(decode(FrameDecoder::new(), &stream, size), expected);
    }
}

#[test]
fn a_long_stream_costs_the_memory_of_one_command() {
    let (count, spent) = cost(|| {
        let mut decoder = FrameDecoder::new();
        let mut count = 0;
        for _ in 0..20_000 {
            for mut chunk in ONE.as_bytes().chunks(17) {
                while let Some(command) = decoder.decode(&mut chunk) {
                    count += usize::from(command.is_ok());
                }
            }
        }
        count
    });
    assert_eq!(count, 20_000);
    assert_eq!(spent.live, 0);
    assert!(spent.peak < 2_000, "{} bytes for commands of {}", spent.peak, ONE.len());
}

#[test]
fn a_command_without_an_end_costs_no_more_than_the_limit() {
    for line in ["DOMAIN=example.com\n", " ", "x"] {
        let ((), spent) = cost(|| {
            let mut decoder = within(10_000);
            let chunk = line.repeat(1_000);
            let mut errors = 0;
            for _ in 0..2_000 {
                let mut chunk = chunk.as_bytes();
                while let Some(command) = decoder.decode(&mut chunk) {
                    errors += usize::from(command.is_err());
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
    let stream = format!("[COMMAND]\nCOMMAND=One\nDATA0={}\nEOF\n", "x".repeat(1_500_000));
    let (len, spent) = cost(|| {
        let mut decoder = FrameDecoder::new();
        for mut byte in stream.as_bytes().chunks(1) {
            if let Some(command) = decoder.decode(&mut byte) {
                return command.expect("a command").get("DATA0").map(str::len);
            }
        }
        None
    });
    assert_eq!(len, Some(1_500_000));
    assert!(spent.allocations < 30, "{} allocations", spent.allocations);
    assert!(spent.peak < 4 * 1_500_000, "{} bytes", spent.peak);
}

#[test]
fn a_stream_of_small_commands_costs_no_allocation_for_each() {
    let spent_on = |count| {
        let stream = ONE.repeat(count);
        let mut decoder = FrameDecoder::new();
        let ((), spent) = cost(|| {
            let mut chunk = stream.as_bytes();
            while let Some(command) = decoder.decode(&mut chunk) {
                assert_eq!(command.expect("a command").len(), 1);
            }
        });
        spent.allocations
    };
    // What the command itself takes, and not a byte for its text.
    let one = Commands::new(ONE);
    let (_, alone) = cost(|| one.map(|command| command.expect("a command").len()).sum::<usize>());
    assert!(spent_on(1_000) <= 1_000 * alone.allocations + 10);
}

#[test]
fn a_decoder_shows_nothing_of_what_it_holds() {
    let mut decoder = FrameDecoder::new();
    assert!(decoder.decode(&mut &b"COMMAND=One\nPASSWORD=hunter2"[..]).is_none());
    let shown = format!("{decoder:?}");
    assert!(!shown.contains("hunter2") && shown.contains("buffered: 28"), "{shown}");
    assert!(decoder.decode(&mut &b"\n[COMMAND]\nCOMMAND=Two\n"[..]).is_some());
    let shown = format!("{decoder:?}");
    assert!(shown.contains("buffered: 10"), "what was given out is not held any more: {shown}");
    let commands = format!("{:?}", Commands::new("PASSWORD=hunter2"));
    assert!(!commands.contains("hunter2") && commands.starts_with("Commands {"), "{commands}");
}
