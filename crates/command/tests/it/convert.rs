//! Conversions to and from the types of other crates.

#[cfg(feature = "miette")]
mod miette {
    use cnic_command::{Command, ParseError};
    use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, Report};

    /// Writes the report of an error in a text, without colours.
    fn report(text: &'static str, error: ParseError) -> String {
        let report = Report::from(error).with_source_code(text);
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
        let mut shown = String::new();
        handler.with_width(80).render_report(&mut shown, report.as_ref()).unwrap();
        shown.trim_end().to_owned()
    }

    #[test]
    fn a_report_shows_the_line_and_the_place() {
        let text = "COMMAND=AddContact\r\nCITY=M\u{fc}nchen\r\nZIP\u{fc}\u{fc}=1\r\nSTREET=x\r\n";
        let expected = "\
cnic::command::InvalidKey

  × character U+00FC at byte 38 is not allowed in a key (line 3, byte 35)
   ╭─[3:4]
 2 │ CITY=München
 3 │ ZIPüü=1
   ·    ─
 4 │ STREET=x
   ╰────";
        assert_eq!(report(text, Command::parse(text).unwrap_err()), expected);
    }

    #[test]
    fn what_is_missing_is_shown_at_the_line_that_ends() {
        let expected = "\
cnic::command::Truncated

  × `[COMMAND]` without `EOF` (line 3, byte 31)
   ╭─[3:1]
 2 │ COMMAND=AddContact
 3 │ CITY=München
   · ──────┬─────
   ·       ╰── here
   ╰────
  help: the command may have been cut off within a value";
        let text = "[COMMAND]\r\nCOMMAND=AddContact\r\nCITY=M\u{fc}nchen";
        assert_eq!(report(text, Command::parse(text).unwrap_err()), expected);
        let text = "[COMMAND]\r\nCOMMAND=AddContact\r\nCITY=M\u{fc}nchen\r\n";
        assert!(report(text, Command::parse(text).unwrap_err()).contains("CITY=München\n   · ───"));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_shown_where_they_are() {
        let error = Command::from_utf8(b"COMMAND=AddContact\nCITY=M\xfcnchen\n").unwrap_err();
        let shown = report("COMMAND=AddContact\nCITY=M\u{fffd}nchen\n", error);
        assert!(shown.contains("CITY=M\u{fffd}nchen\n   ·       ─\n"), "{shown}");
    }

    #[test]
    fn an_error_holds_no_text() {
        let error = Command::parse("COMMAND=AddContact\nPASSWORD=hunter2\nhunter2").unwrap_err();
        assert!(error.source_code().is_none());
        assert!(!format!("{:?}", Report::from(error)).contains("hunter2"));
    }
}

#[cfg(feature = "arbitrary")]
mod arbitrary {
    use std::collections::HashSet;

    use arbitrary::{Arbitrary, Unstructured};
    use cnic_command::{Command, TagFamily, TagKind};

    /// Bytes without a pattern, from one number.
    fn noise(seed: u64) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let next = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..100).flat_map(next).collect()
    }

    #[test]
    fn commands_survive_their_text() {
        let (mut texts, mut lengths, mut tagged, mut secret) = (HashSet::new(), [0; 9], 0, 0);
        for seed in 0..5000 {
            let bytes = noise(seed);
            let command = Command::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
            let text = command.encode().framed().to_string();
            assert_eq!(Command::parse(&text).unwrap(), command);
            assert_eq!(Command::parse(&text).unwrap().encode().framed().to_string(), text);
            lengths[command.len()] += 1;
            tagged += usize::from(TagFamily::ALL.iter().any(|tag| !command.tags(*tag).is_empty()));
            secret += usize::from(command.contains("AUTH"));
            texts.insert(text);
        }
        assert!(texts.len() > 4500, "{} texts", texts.len());
        assert!(lengths.iter().all(|&count| count > 50), "{lengths:?}");
        assert!(tagged > 500 && secret > 100, "{tagged} with tags, {secret} with a secret");
        assert!(Command::arbitrary(&mut Unstructured::new(b"")).unwrap().is_empty());
    }

    #[test]
    fn each_family_and_kind_is_made() {
        let bytes = noise(1);
        let u = &mut Unstructured::new(&bytes);
        let families: HashSet<_> = (0..100).map(|_| TagFamily::arbitrary(u).unwrap()).collect();
        let kinds: HashSet<_> = (0..100).map(|_| TagKind::arbitrary(u).unwrap()).collect();
        assert_eq!((families.len(), kinds.len()), (6, 2));
    }
}

#[cfg(feature = "bytes")]
mod bytes {
    use bytes::{Buf, Bytes};
    use cnic_command::FrameDecoder;

    #[test]
    fn parts_of_any_size_are_the_same_commands() {
        let text = b"[COMMAND]\nCOMMAND=One\nDOMAIN=example.com\nEOF\n\
            COMMAND=a b\nEOF\n[COMMAND]\r\nCOMMAND=Two\r\nEOF\r\n";
        for at in 0..=text.len() {
            let (head, tail) = text.split_at(at);
            let mut source = Bytes::from_static(head).chain(Bytes::from_static(tail));
            let mut decoder = FrameDecoder::new();
            let mut names = Vec::new();
            while let Some(command) = decoder.decode_buf(&mut source) {
                names.push(
                    command
                        .map_or_else(|_| "wrong".to_owned(), |command| command.name().to_owned()),
                );
            }
            assert_eq!(names, ["One", "wrong", "Two"], "parts at {at}");
            assert!(!source.has_remaining() && decoder.finish().is_none(), "parts at {at}");
        }
    }
}

#[cfg(feature = "tokio-util")]
mod tokio_util {
    use cnic_command::{CodecError, Command, CommandCodec};
    use tokio_util::bytes::BytesMut;
    use tokio_util::codec::{Decoder, Encoder};

    #[test]
    fn what_is_encoded_is_decoded() {
        let text = "[HEADER]\ns_login=account\n[COMMAND]\nCOMMAND=AddDomain\nAUTH=hunter2\nEOF\n";
        let command = Command::parse(text).unwrap();
        let mut wire = BytesMut::new();
        for _ in 0..3 {
            CommandCodec::new().encode(&command, &mut wire).unwrap();
        }
        assert_eq!(wire, text.repeat(3));
        // The buffer is filled piece by piece, as a socket fills it.
        let (mut codec, mut source, mut count) = (CommandCodec::new(), BytesMut::new(), 0);
        for piece in wire.chunks(7) {
            source.extend_from_slice(piece);
            while let Some(decoded) = codec.decode(&mut source).unwrap() {
                assert_eq!(decoded, command);
                assert!(decoded.header().eq(command.header()));
                count += 1;
            }
            assert!(source.is_empty());
        }
        assert!(codec.decode_eof(&mut source).unwrap().is_none());
        assert_eq!(count, 3);
    }

    #[test]
    fn a_stream_that_ends_within_a_command_is_an_error() {
        let mut source = BytesMut::from("[COMMAND]\nCOMMAND=AddDomain\nAUTH=hunter2\n");
        let error = CommandCodec::new().decode_eof(&mut source).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        assert!(matches!(error, CodecError::Parse(error) if error.is_truncated()));
    }
}
