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
