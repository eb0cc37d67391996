//! Streams of responses, in either dialect, with what stands between them in a log.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A stream whose responses are known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Stream {
    /// The text.
    pub text: String,
    /// The code of each response, and its rows.
    pub responses: Vec<(u16, usize)>,
    /// Whether text follows the last response's `EOF`.
    pub has_trailing: bool,
}

/// Lines that are of no response.
const TEXT: &[&str] = &["-- log --\n", "...\r\n", "= x\n", "property[a] = b\n", "\n \t\n"];

/// Streams of responses in envelopes and of responses that begin with `code`, each with its own rows.
pub fn streams() -> impl Strategy<Value = Stream> {
    let response = (any::<bool>(), any::<bool>(), 200..203_u16, 0..3_usize, any::<bool>());
    let text = || vec(select(TEXT), 0..3).prop_map(|lines| lines.concat());
    (vec((text(), response), 1..6), text(), any::<bool>()).prop_map(|(parts, after, crlf)| {
        let mut stream = String::new();
        let mut responses = Vec::new();
        let mut is_ended = true;
        for (between, (is_framed, has_trailer, code, rows, is_marked)) in parts {
            stream.push_str(&between);
            // A mark in front of what follows text ends that text, which is then of no response.
            let is_marked = is_marked && between.is_empty();
            stream.push_str(if is_marked { "\u{feff}" } else { "" });
            stream.push_str(if is_framed { "[response]\n" } else { "" });
            stream.push_str(&format!("Code= {code}\ndescription = Done\n"));
            (0..rows).for_each(|row| stream.push_str(&format!("property[x][{row}] = {code}\n")));
            is_ended = is_framed || has_trailer;
            stream.push_str(if is_ended { "eof\n" } else { "" });
            responses.push((code, rows));
        }
        let has_trailing = is_ended && !after.trim().is_empty();
        stream.push_str(&after);
        let text = if crlf { stream.replace("\r\n", "\n").replace('\n', "\r\n") } else { stream };
        Stream { text, responses, has_trailing }
    })
}

/// Pieces of streams, in which whole responses are more frequent than in [`RESPONSE`](super::RESPONSE).
pub const STREAM: &[&str] = &[
    "[RESPONSE]\n",
    "\u{feff}[RESPONSE]\r\n",
    "EOF\n",
    "eof\r\n",
    "code = 200\n",
    " CODE\t=200\r\n",
    "\u{feff}code = 200\n",
    "code = 545\n",
    "code = 2xx\n",
    "code\n",
    "description = Done\n",
    "\u{feff}description = Done\n",
    "runtime = 0.1\n",
    "property[domain][0] = a\n",
    "property[domain][1] = b\n",
    "property[code][0] = 200\n",
    "property[a][99999999999] = x\n",
    "property[a] = x\n",
    "code = 200\ndescription = Done\nproperty[domain][0] = a\n",
    "property[domain][0] = a\ndescription = Done\ncode = 200\n",
    "[RESPONSE]\ncode = 200\ndescription = Done\nproperty[domain][0] = a\nEOF\n",
    "-- log --\n",
    "<html>\n",
    "\u{feff}",
    "\u{feff}\n",
    "\n",
    " \t\r\n",
    "a value that is longer than the limit = ------------------\n",
    "code =                                                      200\n",
    "a line that is longer than the limit and holds no field at all\n",
];
