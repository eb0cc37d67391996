//! The oracles over generated input. `PROPTEST_CASES` makes a run longer.

use core::time::Duration;

use cnic_command::{Command, Commands, Parser};
use cnic_registration::{Draft, NameServer, Policy, Violation};
use cnic_response::{DateTime, NoteKind, Response, Responses, Seconds};
use cnic_testkit::{oracle, strategy};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/fuzz/proptest-regressions.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        oracle::ALL.iter().for_each(|(_, oracle)| oracle(&bytes));
    }

    /// What is built from bytes takes more of them than a text of as much meaning.
    #[test]
    fn plans(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        oracle::response_roundtrip(&bytes);
        oracle::response_prediction(&bytes);
        oracle::command_roundtrip(&bytes);
        oracle::pager(&bytes);
    }

    #[test]
    fn pieces_of_responses(bytes in strategy::soup(strategy::RESPONSE)) {
        oracle::response(&bytes);
        oracle::response_differential(&bytes);
        oracle::response_stream(&bytes);
        oracle::response_prediction(&bytes);
        oracle::response_deserialize(&bytes);
    }

    #[test]
    fn pieces_of_streams(bytes in strategy::soup(strategy::STREAM)) {
        oracle::response_stream(&bytes);
    }

    /// Every response is found with its own rows, whatever stands between two of them, and the text after the last is noted.
    #[test]
    fn responses_of_a_stream_are_whole(stream in strategy::streams()) {
        oracle::response_stream(stream.text.as_bytes());
        let mut responses = Responses::new(&stream.text);
        let found: Result<Vec<_>, _> = responses
            .by_ref()
            .map(|response| response.map(|response| (response.code().as_u16(), response.row_count())))
            .collect();
        prop_assert_eq!(found.expect("responses"), stream.responses);
        prop_assert_eq!(responses.trailing().is_some(), stream.has_trailing);
    }

    #[test]
    fn pieces_of_commands(bytes in strategy::soup(strategy::COMMAND)) {
        oracle::command(&bytes);
        oracle::command_stream(&bytes);
    }

    #[test]
    fn pieces_of_forms(bytes in strategy::soup(strategy::COMMAND_FORM)) {
        oracle::form(&bytes);
    }

    #[test]
    fn pieces_of_registrations(bytes in strategy::soup(strategy::REGISTRATION)) {
        oracle::registration(&bytes);
    }

    #[test]
    fn pieces_of_name_servers(bytes in strategy::soup(strategy::NAME_SERVER)) {
        oracle::name_server(&bytes);
    }

    #[test]
    fn pieces_of_receipts(bytes in strategy::soup(strategy::RECEIPT)) {
        oracle::receipt(&bytes);
    }

    /// A cell that is written from numbers has these numbers.
    #[test]
    fn dates_and_seconds_are_what_was_written(
        (year, month, day) in (0_u16..10_000, 0_u8..14, 0_u8..33),
        (hour, minute, second) in (0_u8..25, 0_u8..61, 0_u8..61),
        digits in "[0-9]{0,10}",
    ) {
        let point = if digits.is_empty() { "" } else { "." };
        let text = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{point}{digits}");
        oracle::cell(text.as_bytes());
        let nanos = format!("{digits:0<9}").parse::<u32>().ok().filter(|_| digits.len() < 10);
        if let Ok(date) = text.parse::<DateTime>() {
            prop_assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
            prop_assert_eq!((date.hour(), date.minute(), date.second()), (hour, minute, second));
            prop_assert_eq!(Some(date.nanosecond()), nanos);
        }
        let text = format!("{year}{point}{digits}");
        oracle::cell(text.as_bytes());
        let time = nanos.map(|nanos| Duration::new(year.into(), nanos));
        prop_assert_eq!(text.parse::<Seconds>().ok().map(Seconds::to_duration), time);
    }

    #[test]
    fn pieces_of_cells(bytes in strategy::soup(strategy::CELL)) {
        oracle::cell(&bytes);
        // The first few pieces alone: what has a form is short.
        (0..bytes.len().min(32)).for_each(|end| oracle::cell(&bytes[..end]));
    }

    /// Column by column, row by row, in any order: one table, and every cell where its index says.
    #[test]
    fn the_order_of_lines_does_not_matter((grid, shuffled) in strategy::grids().prop_flat_map(|grid| {
        let lines = Just(grid.by_column()).prop_shuffle();
        (Just(grid), lines)
    })) {
        let page = grid.page();
        let texts = [grid.by_column(), grid.by_row(), shuffled].map(|lines| strategy::response(&[lines, page.clone()].concat()));
        let responses = texts.each_ref().map(|text| Response::parse(&**text).expect("a response"));
        prop_assert!(responses[0] == responses[1] && responses[0] == responses[2]);
        for response in &responses {
            prop_assert!(response.notes().is_empty(), "{:?}", response.notes());
            prop_assert_eq!(response.columns().count(), grid.cells.len());
            let rows = grid.cells.values().filter_map(|cells| cells.keys().max()).max().map_or(0, |row| row + 1);
            prop_assert_eq!(response.row_count(), rows as usize);
            for (name, cells) in &grid.cells {
                let column = response.table().columns().find(|column| column.name() == name).expect("a column");
                let expected = cells.iter().map(|(&row, value)| (row as usize, value.as_str()));
                prop_assert!(column.cells().eq(expected));
            }
            let member = |name: &str| grid.page.get(name).copied();
            prop_assert_eq!(response.page().is_some(), !grid.page.is_empty());
            if let Some(page) = response.page() {
                let found = [page.count, page.first, page.last, page.limit, page.total];
                prop_assert_eq!(found, ["count", "first", "last", "limit", "total"].map(member));
            }
        }
        for text in &texts {
            oracle::response(text.as_bytes());
            oracle::response_differential(text.as_bytes());
            oracle::response_prediction(text.as_bytes());
            oracle::response_deserialize(text.as_bytes());
        }
    }

    /// Whatever is around commands, each is found with its header, and one that is cut off only where that is allowed.
    #[test]
    fn commands_are_told_apart(units in proptest::collection::vec(strategy::framed_commands(), 1..4)) {
        let expected = Command::new("X").expect("a name").with("A", "1").expect("a parameter");
        for unit in &units {
            let strict = Command::parse(&unit.text);
            prop_assert_eq!(strict.is_ok(), !unit.truncated, "{:?}", unit.text);
            let read = Parser::new().allow_truncated(true).parse(&unit.text).expect("a command");
            prop_assert!(read == expected);
            let header = unit.header.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            prop_assert!(read.header().eq(header), "{:?}", unit.text);
            oracle::command(unit.text.as_bytes());
            let body: String = unit.text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            oracle::form(format!("s_command={body}").as_bytes());
        }
        let stream: String = units.iter().map(|unit| unit.text.as_str()).collect();
        oracle::command_stream(stream.as_bytes());
        // Nothing tells one without an end from the one after it, unless that has a `[COMMAND]`.
        let apart = units.windows(2).all(|pair| {
            !pair[0].bare && (!pair[0].truncated || pair[1].text.to_ascii_lowercase().contains("[header]"))
        });
        if apart {
            let read: Vec<_> = Commands::new(&stream).collect();
            prop_assert_eq!(read.len(), units.len(), "{:?}", stream);
            for (unit, command) in units.iter().zip(&read) {
                prop_assert_eq!(command.is_ok(), !unit.truncated);
                let header = unit.header.iter().map(|(key, value)| (key.as_str(), value.as_str()));
                prop_assert!(command.as_ref().map_or(true, |it| it.header().eq(header)));
            }
        }
    }

    /// The first cell of a place stays where it is, whatever comes after it; that is kept in its order.
    #[test]
    fn cells_that_are_given_again_are_kept((grid, firsts, again) in strategy::grids().prop_flat_map(|grid| {
        let firsts = prop_oneof![Just(grid.by_column()), Just(grid.by_row()), Just(grid.by_column()).prop_shuffle()];
        let again = grid.again();
        let again = prop::sample::subsequence([&again[..], &again[..]].concat(), 0..=2 * again.len()).prop_shuffle();
        (Just(grid), firsts, again)
    })) {
        let lines = [firsts, again.iter().map(strategy::Grid::cell).collect()].concat();
        let text = strategy::response(&lines);
        let response = Response::parse(&*text).expect("a response");
        for (name, cells) in &grid.cells {
            let column = response.column(name).expect("a column");
            prop_assert!(column.cells().eq(cells.iter().map(|(&row, value)| (row as usize, value.as_str()))));
        }
        let found = response.table().repeated().map(|cell| (cell.column(), cell.row(), cell.value()));
        prop_assert!(found.eq(again.iter().map(|(name, row, value)| (name.as_str(), *row as usize, value.as_str()))));
        prop_assert_eq!(response.notes().len(), again.len());
        oracle::response(text.as_bytes());
        oracle::response_differential(text.as_bytes());
        oracle::response_prediction(text.as_bytes());
    }

    /// Nothing of a list without rows is lost, and nothing of it is a row that was not declared.
    #[test]
    fn an_empty_list_keeps_its_values(list in strategy::empty_lists()) {
        let text = strategy::response(&list.lines);
        let response = Response::parse(&*text).expect("a response");
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let values: std::collections::BTreeMap<_, _> = response.values().map(own).collect();
        prop_assert_eq!(&values, &list.values);
        prop_assert_eq!(response.row_count(), usize::from(!list.rows.is_empty()));
        let rows: std::collections::BTreeMap<_, _> =
            response.columns().map(|column| own((column.name(), column.get(0).expect("a cell")))).collect();
        prop_assert_eq!(&rows, &list.rows);
        let mut noted: Vec<_> = response
            .notes()
            .iter()
            .filter(|note| note.kind() == NoteKind::MetadataNotANumber)
            .map(|note| text.split_inclusive('\n').nth(note.position().line() - 1).expect("a line").to_owned())
            .collect();
        noted.sort();
        prop_assert_eq!(&noted, &list.words);
        oracle::response(text.as_bytes());
        oracle::response_differential(text.as_bytes());
    }

    /// Tags come by their index, every other parameter by its key, whatever the order of lines and the case of keys.
    #[test]
    fn tags_have_the_index_of_their_key(tagged in strategy::tagged_commands()) {
        let text = format!("{}COMMAND={}\n", tagged.lines.concat(), tagged.name);
        let command = Command::parse(&text).expect("a command");
        prop_assert_eq!(command.name(), tagged.name);
        prop_assert_eq!(command.len(), tagged.lines.len());
        let expected = tagged.tags.iter().map(|(&index, tag)| (index, tag.as_str()));
        prop_assert!(command.tags(tagged.family).iter().eq(expected));
        for (key, value) in &tagged.others {
            prop_assert_eq!(command.get(key), Some(value.as_str()));
        }
        let mut built = Command::new(tagged.name).expect("a name");
        for (&index, tag) in &tagged.tags {
            built.set_tag(tagged.family, index, tag.as_str()).expect("an index up to 4095");
        }
        for (key, value) in &tagged.others {
            built.set(*key, value.as_str()).expect("a parameter");
        }
        prop_assert!(built == command);
        oracle::command(text.as_bytes());
    }

    /// Each part of an entry is the part that was written, and glue is never taken for another kind of glue.
    #[test]
    fn entries_have_one_reading(entry in strategy::entries()) {
        let text = entry.text();
        let server: NameServer = text.parse().expect("an entry");
        prop_assert_eq!(server.host().as_str(), &entry.host);
        prop_assert_eq!((server.ipv4(), server.ipv6()), (entry.ipv4, entry.ipv6));
        oracle::name_server(text.as_bytes());
        oracle::name_server(server.to_string().as_bytes());
    }

    /// A registration is refused for the fields that break a rule, and for no other.
    #[test]
    fn every_wrong_field_is_found_and_no_other(order in strategy::orders()) {
        let draft = Draft::from_pairs(order.pairs.iter().map(|(name, value)| (name, value.as_str()))).expect("pairs");
        let mut violations: Vec<Violation> = Vec::new();
        Policy::TOOLKIT.check(&draft, &mut violations);
        let mut fields: Vec<_> = violations.iter().map(|violation| violation.field()).collect();
        fields.dedup();
        prop_assert_eq!(&fields, &order.wrong);
        let names: Vec<_> = draft.unknown().iter().map(|unknown| unknown.name()).collect();
        prop_assert_eq!(names, order.unknown);
        let shown = format!("{draft:?} {violations:?} {:?}", Policy::TOOLKIT.validate(&draft));
        prop_assert!(!shown.contains("hunter2"), "the value of an unknown parameter");
        if let Ok(registration) = Policy::TOOLKIT.validate(&draft) {
            let hosts = registration.name_servers().iter().map(|server| server.host().as_str());
            prop_assert!(hosts.eq(order.servers.iter().map(|entry| entry.host.as_str())));
            let body = registration.encode_form().to_string();
            oracle::registration(body.as_bytes());
        }
    }
}
