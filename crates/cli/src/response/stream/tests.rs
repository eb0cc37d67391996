//! A stream is read as by the decoder alone, wherever it comes in pieces and wherever it is cut.

use cnic_response::FrameDecoder;

use super::*;
use crate::response::Format;

/// What came of a stream: what was written, and for each value what became of it.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    out: Vec<u8>,
    outcomes: Vec<String>,
}

impl Seen {
    /// Forgets what was written if there is a problem, unless it is to go on.
    fn what_matters(mut self, keep_going: bool) -> Self {
        if !keep_going && self.outcomes.iter().any(|outcome| outcome.contains("(line ")) {
            self.out.clear();
        }
        self
    }

    fn outcome(&mut self, outcome: Outcome) {
        self.outcomes.push(match outcome {
            Outcome::Good => "good".to_owned(),
            Outcome::Unsuccessful(code) => format!("code {code}"),
            Outcome::Noted(note) => note,
            Outcome::Bad(problems) => problems.concat(),
        });
    }
}

const WRITER: Writer = Writer { format: Format::Json, redact: false };

fn stream(parser: Parser, keep_going: bool) -> ResponseStream {
    ResponseStream::new(parser, Encoding::Utf8, WRITER, keep_going)
}

/// Reads a part of a stream, and returns whether it is open.
fn read(values: &mut ResponseStream, text: &[u8], size: usize, seen: &mut Seen) -> bool {
    let mut chunks = text.chunks(size);
    loop {
        let mut chunk = chunks.next();
        let is_end = chunk.is_none();
        while let Some(outcome) = values.next(chunk.as_mut(), Some(&mut seen.out)).expect("memory")
        {
            let is_note = matches!(outcome, Outcome::Noted(_));
            seen.outcome(outcome);
            if is_note {
                break;
            }
        }
        if is_end {
            return values.is_open();
        }
    }
}

/// Reads a stream with the decoder alone.
fn expected(parser: Parser, keep_going: bool, text: &[u8]) -> Seen {
    let mut decoder = FrameDecoder::new().parser(parser);
    let mut seen = Seen::default();
    let mut rest = text;
    let mut responses = Vec::new();
    while let Some(item) = decoder.decode(&mut rest).or_else(|| decoder.finish()) {
        match item {
            Ok(response) => {
                let code = response.code();
                seen.outcome(if response.is_success() {
                    Outcome::Good
                } else {
                    Outcome::Unsuccessful(code)
                });
                responses.push(response);
            }
            Err(problem) => seen.outcome(Outcome::Bad(vec![problem.to_string()])),
        }
    }
    if let Some(note) = decoder.trailing() {
        if keep_going {
            seen.outcome(Outcome::Noted(note.to_string()));
        } else if let Some(last) = responses.pop() {
            responses.push(last.with_note(note));
        }
    }
    responses.iter().for_each(|it| WRITER.write(&mut seen.out, it).expect("memory"));
    seen
}

/// Makes a stream of some of the pieces, others for each number.
fn text(mut number: usize) -> Vec<u8> {
    const OBVIOUS: &[u8] = b"[RESPONSE]\ncode = 200\ndescription = Done\nproperty[a][0] = x\nEOF\n";
    const PIECES: [&[u8]; 20] = [
        OBVIOUS,
        OBVIOUS,
        OBVIOUS,
        b"[RESPONSE]\r\ncode = 545\r\ndescription = Gone\r\nEOF\r\n",
        b"[RESPONSE]\ncode = 200\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = M\xc3\xbcde\n...\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = M\xfcde\nEOF\n",
        b"[RESPONSE]\ncode = x\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = Done\n eof\nproperty[a][0] = x\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = Done\neof\n\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = Done\n[RESPONSE]\nEOF\n",
        b"[RESPONSE]\ncode = 200\ncode = 545\nEOF\n",
        b"[RESPONSE]\ncode = 200\ndescription = Done\nEOFX = 1\nEOF\n",
        b"[RESPONSE]\nEOF\n",
        b"[RESPONSE]\n",
        b"code = 200\ndescription = Done\n",
        b"\xef\xbb\xbf",
        b"text\n",
        b"EOF\n",
        b"\n",
    ];
    let mut text = Vec::new();
    while number > 0 {
        text.extend_from_slice(PIECES[number % PIECES.len()]);
        number /= PIECES.len();
    }
    text
}

/// Numbers for [`text`]: all streams of up to three pieces, and some of up to seven.
fn numbers() -> impl Iterator<Item = usize> {
    let some = (1..4000).map(|n: usize| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1_280_000_000);
    (0..8000).chain(some)
}

fn parsers() -> [Parser; 3] {
    [Parser::new(), Parser::strict(), Parser::new().allow_truncated(true)]
}

#[test]
fn what_passes_the_decoder_by_is_read_as_the_decoder_reads_it() {
    for number in numbers() {
        let text = text(number);
        let (parser, keep_going) = (parsers()[number % 3], number % 2 == 0);
        let expected = expected(parser, keep_going, &text).what_matters(keep_going);
        for size in [text.len().max(1), 50, 1 + number % 40] {
            let mut seen = Seen::default();
            read(&mut stream(parser, keep_going), &text, size, &mut seen);
            let shown = String::from_utf8_lossy(&text);
            assert_eq!(seen.what_matters(keep_going), expected, "{shown:?}");
        }
    }
}

#[test]
fn a_stream_that_is_cut_is_read_as_the_whole() {
    let mut cuts = 0;
    for number in numbers() {
        let text = text(number);
        let (parser, keep_going) = (parsers()[number % 3], number % 2 == 0);
        let mut whole = Seen::default();
        read(&mut stream(parser, keep_going), &text, usize::MAX, &mut whole);
        let whole = whole.what_matters(keep_going);
        let mut end = text.len();
        loop {
            end = whole::last_cut(&text[..end]);
            if end == 0 {
                break;
            }
            let mut parts = Seen::default();
            let mut values = stream(parser, keep_going);
            values.begin(Position::START, true);
            if !read(&mut values, &text[..end], usize::MAX, &mut parts) {
                let lines = text[..end].iter().filter(|&&byte| byte == b'\n').count();
                let base = Position::new(cnic_text::to_u32(end), cnic_text::to_u32(lines));
                values.begin(base, false);
                read(&mut values, &text[end..], usize::MAX, &mut parts);
                let shown = String::from_utf8_lossy(&text);
                assert_eq!(parts.what_matters(keep_going), whole, "{shown:?} cut at {end}");
                cuts += 1;
            }
        }
    }
    assert!(cuts > 5000, "{cuts}");
}

#[test]
fn the_usual_stream_passes_the_decoder_by() {
    let text = text(20 * 20 + 20 * 2 + 1).repeat(10);
    let mut values = stream(Parser::new(), true);
    let mut rest = &text[..];
    while values.next(Some(&mut rest), None::<&mut io::Sink>).expect("memory").is_some() {}
    let given = text.len() as u64 - values.reader.passed_by();
    assert!(given < 200, "{given} of {} bytes were given to the decoder", text.len());
}
