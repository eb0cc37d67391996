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
            tagged += usize::from(TagFamily::ALL.iter().any(|tag| command.tags(*tag).len() > 0));
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
