//! What holds for every stream of commands.

use cnic_command::{Command, Commands, FrameDecoder, Limits, ParseError, Parser};

type Item = Result<Command<'static>, ParseError>;

/// A stream of any bytes: the decoder finds the same commands, errors and positions wherever the chunks begin and end, and in text
/// those that [`Commands`] finds in the whole. A text is one command exactly if it is a stream of one, and commands that are written
/// one after another are read again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn command_stream(bytes: &[u8]) {
    let lenient = Parser::new().allow_truncated(true);
    if let Ok(text) = core::str::from_utf8(bytes) {
        for parser in [Parser::new(), lenient] {
            let commands = Commands::new(text).parser(parser);
            let commands: Vec<Item> = commands.map(|it| it.map(Command::into_owned)).collect();
            same(&decode(bytes, parser, |rest| rest.len()), &commands);
            let alone = parser.parse(text).ok();
            let only = if let [Ok(command)] = &commands[..] { Some(command) } else { None };
            assert_eq!(alone.as_ref(), only, "alone and in a stream");
            if let (Some(alone), Some(only)) = (alone, only) {
                assert!(alone.header().eq(only.header()), "the header alone and in a stream");
            }
            positions(text, &commands);
            again(&commands);
        }
    }
    let mut tight = Limits::DEFAULT;
    (tight.bytes, tight.lines) = (48, 5);
    for parser in [Parser::new(), lenient, Parser::new().limits(tight), lenient.limits(tight)] {
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
            items.push(item.map(Command::into_owned));
        }
        assert!(chunk.is_empty(), "bytes were left in a chunk");
    }
    while let Some(item) = decoder.finish() {
        items.push(item.map(Command::into_owned));
    }
    assert!(decoder.finish().is_none(), "something came after the end");
    items
}

fn same(a: &[Item], b: &[Item]) {
    assert_eq!(a, b, "the commands");
    for (a, b) in a.iter().flatten().zip(b.iter().flatten()) {
        assert_eq!(String::from(a.encode()), String::from(b.encode()), "the spelling");
        assert!(a.header().eq(b.header()), "the header");
        let places = |command: &Command<'_>| -> Vec<_> {
            let header = command.header().map(|(key, _)| command.header_position(key));
            header.chain(command.parameters().map(|(key, _)| command.position(key))).collect()
        };
        assert_eq!(places(a), places(b), "the lines");
    }
}

/// Every parameter stands where it says, and every error is at the start of a line.
fn positions(text: &str, items: &[Item]) {
    for item in items {
        match item {
            Ok(command) => {
                let header = command.header().map(|(key, _)| (key, command.header_position(key)));
                let parameters = command.parameters().map(|(key, _)| (key, command.position(key)));
                for (key, at) in header.chain(parameters) {
                    let at = at.expect("it was read");
                    let blank = [' ', '\t', '\u{feff}'];
                    assert!(text[at.byte()..].trim_start_matches(blank).starts_with(key));
                    assert_eq!(at.line(), 1 + text[..at.byte()].matches('\n').count());
                }
            }
            Err(error) => {
                let at = error.position();
                assert!(at.byte() == 0 || text[..at.byte()].ends_with('\n'));
                assert!(text.get(error.span()).is_some() && at.byte() <= error.span().start);
                assert_eq!(at.line(), 1 + text[..at.byte()].matches('\n').count());
            }
        }
    }
}

fn again(items: &[Item]) {
    let commands: Vec<&Command<'_>> = items.iter().flatten().collect();
    let text: String =
        commands.iter().map(|command| command.encode().framed().to_string()).collect();
    let read: Vec<Command<'_>> =
        Commands::new(&text).collect::<Result<_, _>>().expect("canonical text is commands");
    let with_header = |it: &Command<'_>| {
        it.header().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>()
    };
    assert!(
        read.iter().map(with_header).eq(commands.iter().copied().map(with_header)),
        "their headers"
    );
    assert!(read.iter().eq(commands), "commands written one after another");
}
