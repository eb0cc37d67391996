//! Tables, columns, rows and lines as views of a reply: the laws of their iterators, and that they all tell the same.

use std::collections::BTreeMap;

use cnic_response::{Buffers, Limits, LineKind, Lines, NoteKind, Parser, Response};

use crate::util::{column, framed, names, notes, reply, reply_by, table};

const RAGGED: &str = "\
property[a][0] = a0
property[a][1] = a1
property[a][2] = a2
property[total][0] = 9
property[b][4] =
property[b][2] = b2
property[column][7] = a
";

//--- Rows

#[test]
fn rows_go_from_0_to_the_last() {
    let response = table(RAGGED);
    let rows: Vec<_> = response.rows().map(|row| (row.index(), row.get("a"))).collect();
    let a = [Some("a0"), Some("a1"), Some("a2"), None, None];
    assert_eq!(rows, (0..).zip(a).collect::<Vec<_>>());
    assert_eq!(response.row_count(), 5);
    assert_eq!(response.rows().len(), 5);
    assert_eq!(response.table().row(4).map(|row| row.get("b")), Some(Some("")));
    assert!(response.table().row(5).is_none());
    assert!(response.table().row(usize::MAX).is_none());
}

#[test]
fn rows_keep_the_laws_of_iterators() {
    let response = table(RAGGED);
    let rows = response.rows();
    let all: Vec<_> = rows.clone().map(|row| row.index()).collect();
    assert!(rows.clone().rev().map(|row| row.index()).eq(all.iter().rev().copied()));
    for n in 0..7 {
        let mut ahead = rows.clone();
        assert_eq!(ahead.nth(n).map(|row| row.index()), all.get(n).copied(), "nth({n})");
        assert_eq!(ahead.len(), 5_usize.saturating_sub(n + 1));
        assert_eq!(ahead.next().map(|row| row.index()), all.get(n + 1).copied());
        let back = rows.clone().nth_back(n).map(|row| row.index());
        assert_eq!(back, all.iter().rev().nth(n).copied(), "nth_back({n})");
        assert!(rows.clone().skip(n).map(|row| row.index()).eq(all.iter().skip(n).copied()));
    }
    let mut ends = rows.clone();
    let mut met = Vec::new();
    while let Some(row) = if met.len() % 2 == 0 { ends.next() } else { ends.next_back() } {
        met.push(row.index());
        assert_eq!(ends.size_hint(), (5 - met.len(), Some(5 - met.len())));
    }
    assert_eq!(met, [0, 4, 1, 3, 2]);
    assert!(ends.next().is_none() && ends.next_back().is_none() && ends.next().is_none());
    assert_eq!(rows.clone().last().map(|row| row.index()), Some(4));
    assert_eq!(rows.count(), 5);
}

#[test]
fn rows_of_a_sparse_table_can_be_skipped() {
    let parser = Parser::new().limits(Limits::DEFAULT.holes(10_000_000));
    let response = reply_by(parser, framed("property[a][9999999] = x\n"));
    assert_eq!(response.rows().len(), 10_000_000);
    assert_eq!(response.rows().next_back().and_then(|row| row.get("a")), Some("x"));
    assert_eq!(response.rows().nth(9_999_999).and_then(|row| row.get("a")), Some("x"));
    assert_eq!(response.rows().nth(5_000_000).and_then(|row| row.get("a")), None);
}

#[test]
fn no_cells_no_rows() {
    for lines in ["", "property[total][0] = 5\n", "property[column][3] = a\n", "x = y\n"] {
        let response = table(lines);
        assert_eq!((response.row_count(), response.rows().next().is_none()), (0, true), "{lines}");
        assert_eq!(response.columns().count(), 0, "{lines}");
    }
}

#[test]
fn a_row_does_not_see_what_describes_the_list() {
    let response = table(RAGGED);
    let row = response.table().row(0).expect("a row");
    assert_eq!((row.get("total"), row.get("TOTAL"), row.get("t o t a l")), (None, None, None));
    assert_eq!(response.get("total", 0), Some("9"));
    assert_eq!(row.get("column"), None);
    assert_eq!(response.get("column", 7), Some("a"));
    assert_eq!(row.cells().collect::<Vec<_>>(), [("a", Some("a0")), ("b", None)]);
    assert_eq!(row.get("no such column"), None);
}

//--- Columns

#[test]
fn a_column_ends_with_its_own_last_cell() {
    let response = table(RAGGED);
    let len = |name| response.column(name).expect("a column").height();
    assert_eq!([len("a"), len("b"), len("total"), len("column")], [3, 5, 1, 8]);
    assert_eq!(column(&response, "b"), [None, None, Some("b2"), None, Some("")]);
    assert_eq!(response.get("b", 5), None);
    assert_eq!(response.get("b", usize::MAX), None);
}

#[test]
fn column_iterators_agree_with_each_other() {
    let response = table(RAGGED);
    for name in ["a", "b", "total", "column"] {
        let column = response.column(name).expect("a column");
        let mut items = column.iter();
        for row in 0..column.height() {
            assert_eq!(items.len(), column.height() - row);
            assert_eq!(items.next(), Some(column.get(row)), "{name}, row {row}");
            assert_eq!(column.iter().nth(row), Some(column.get(row)), "{name}, row {row}");
        }
        assert_eq!((items.len(), items.next(), items.next()), (0, None, None));

        let sparse: Vec<_> =
            (0..column.height()).filter_map(|n| Some((n, column.get(n)?))).collect();
        assert!(column.cells().eq(sparse.iter().copied()), "{name}");
        assert!(column.cells().rev().eq(sparse.iter().rev().copied()), "{name}");
        let joined: Vec<_> = sparse.iter().map(|(_, value)| *value).collect();
        assert_eq!(column.join(", "), joined.join(", "));
    }
}

#[test]
fn responses_have_the_short_cuts_of_their_tables() {
    let response = table(RAGGED);
    let table = response.table();
    assert_eq!(names(&response), table.columns().map(|c| c.name()).collect::<Vec<_>>());
    assert_eq!(response.row_count(), table.row_count());
    assert_eq!(response.rows().len(), table.rows().len());
    assert_eq!(response.get("B", 2), table.get("b", 2));
    assert_eq!(response.column("A").map(|c| c.name()), Some("a"), "as it was first spelled");
}

//--- What a list and a command say of themselves

#[test]
fn declared_columns_are_in_the_order_of_their_rows() {
    let response = table("property[COLUMN][2] = c\nproperty[column][0] = a\n");
    assert_eq!(response.declared_columns().collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(table("").declared_columns().count(), 0);
    let loose = table("property[col umn][0] = a\n");
    assert_eq!(loose.declared_columns().count(), 0, "that is another column");
}

#[test]
fn a_page_is_what_is_there() {
    assert_eq!(table("property[a][0] = x\n").page(), None);
    let page = table("property[LIMIT][0] = 7\nproperty[total][0] =\n").page().expect("a page");
    assert_eq!((page.limit, page.total, page.count, page.first), (Some(7), None, None, None));
    let text = "property[count][0] = 0\nproperty[first][0] = 00\nproperty[last][0] = 0\n\
                property[limit][0] = 18446744073709551615\nproperty[total][0] = 3\n";
    let page = table(text).page().expect("a page");
    assert_eq!((page.count, page.first, page.last), (Some(0), Some(0), Some(0)));
    assert_eq!((page.limit, page.total), (Some(u64::MAX), Some(3)));
}

#[test]
fn pending_has_two_signals() {
    let pending = |code: u16, lines: &str| {
        reply(format!("code = {code}\ndescription = Done\n{lines}")).is_pending()
    };
    assert!(pending(200, "PENDING = 1\n"));
    assert!(pending(200, "property[status][0] = requested\n"));
    assert!(pending(200, "property[STATUS][0] = REQUESTED\nproperty[domain][0] = example.com\n"));
    assert!(!pending(200, ""));
    for other in ["0", "", "yes", "11", "true"] {
        assert!(!pending(200, &format!("pending = {other}\n")), "{other:?}");
    }
    assert!(!pending(545, "pending = 1\nproperty[status][0] = REQUESTED\n"), "it failed");
    assert!(!pending(421, "pending = 1\n"));
    assert!(!pending(200, "property[status][0] = ACTIVE\n"));
    assert!(!pending(200, "property[status][0] = REQUESTED\nproperty[status][1] = REQUESTED\n"));
    assert!(!pending(200, "property[status][1] = REQUESTED\n"));
    assert!(!pending(200, "property[status][0] = REQUESTED\nproperty[total][0] = 1\n"), "a list");
    assert!(!pending(200, "property[pending][0] = 1\n"));
}

#[test]
fn a_detail_is_what_follows_the_first_semicolon_and_blank() {
    let detail = |description: &str| {
        let response = reply(format!("code = 505\ndescription = {description}\n"));
        assert_eq!(response.description(), description.trim_matches([' ', '\t']));
        response.detail().map(str::to_owned)
    };
    assert_eq!(detail("Invalid attribute name; LIMIT").as_deref(), Some("LIMIT"));
    assert_eq!(detail("Invalid attribute value; a; b;c; d").as_deref(), Some("a; b;c; d"));
    assert_eq!(detail("a;b; c").as_deref(), Some("c"), "`;` without a blank is no end");
    assert_eq!(detail("; LIMIT").as_deref(), Some("LIMIT"));
    assert_eq!(detail("a;  b").as_deref(), Some(" b"));
    for none in ["", "Done", "a;b", "a;", "a ;", "a; ", "a;\tb", "a ;b"] {
        assert_eq!(detail(none), None, "{none:?}");
    }
    assert_eq!(reply("code = 200\n").detail(), None);
}

//--- Lines

type Fields = BTreeMap<String, String>;
type Cells = BTreeMap<(String, usize), String>;

/// Reads a reply from its lines by hand: the fields, the cells, and the lines of what was given twice.
fn fold(text: &str) -> (Fields, Cells, Vec<(NoteKind, usize)>) {
    let (mut fields, mut cells, mut twice) = (Fields::new(), Cells::new(), Vec::new());
    for line in Lines::new(text) {
        let line = line.expect("no error");
        let at = line.position().line();
        match line.kind() {
            LineKind::Cell { column, row, value } => {
                let place = (column.to_ascii_lowercase(), usize::try_from(row).expect("64 bits"));
                let known = cells.contains_key(&place);
                twice.extend(known.then_some((NoteKind::DuplicateCell, at)));
                cells.entry(place).or_insert_with(|| value.into());
            }
            LineKind::Field { name, value } => {
                let name = name.to_ascii_lowercase();
                let known = fields.contains_key(&name);
                twice.extend(known.then_some((NoteKind::DuplicateField, at)));
                fields.entry(name).or_insert_with(|| value.into());
            }
            LineKind::Trailer => break,
            _ => {}
        }
    }
    (fields, cells, twice)
}

#[track_caller]
fn tells_what_its_lines_tell(text: &str) {
    let (fields, cells, twice) = fold(text);
    let response = reply(text);
    assert!(fields.iter().all(|(name, value)| response.field(name) == Some(value)), "{text}");
    let heads = ["code", "description"].iter().filter(|name| fields.contains_key(**name));
    assert_eq!(response.fields().count() + heads.count(), fields.len(), "{text}");
    let columns: std::collections::BTreeSet<_> = cells.keys().map(|(name, _)| name).collect();
    let mut count = 0;
    for name in columns {
        for (row, value) in response.column(name).expect("a column").cells() {
            assert_eq!(cells.get(&(name.clone(), row)).map(|v| &**v), Some(value), "{text}");
            assert_eq!(response.get(name, row), Some(value), "{text}");
            count += 1;
        }
    }
    assert_eq!(count, cells.len(), "{text}");
    let mut noted = notes(&response);
    noted.retain(|(kind, _)| matches!(kind, NoteKind::DuplicateCell | NoteKind::DuplicateField));
    assert_eq!(noted, twice, "{text}");
}

#[test]
fn lines_folded_by_hand_are_the_reply() {
    for text in [
        "code = 200\n",
        &framed(RAGGED),
        &framed(RAGGED).replace('\n', "\r\r\n"),
        &(framed("x = 1\nX = 2\nproperty[a][0] = 1\nproperty[A][0] = 2\n") + "y = 3\n"),
        "\u{feff}property[c][3]=\ncode=200\n...\n=\nproperty[c][1]=y\nproperty[c][0]=\nEOF\nz=1",
    ] {
        tells_what_its_lines_tell(text);
    }
}

/// Every mixture of runs, gaps, steps back and duplicates, in both layouts.
#[test]
fn random_lines_folded_by_hand_are_the_reply() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) % n
    };
    for round in 0..2000 {
        let (columns, rows) = (1 + below(4), 1 + below(8));
        let mut text = String::from("code = 200\n");
        for line in 0..below(24) {
            match below(12) {
                0 => text += &format!("f{} = {line}\n", below(3)),
                1 => text += &format!("property[A{}][{}] =\n", below(columns), below(rows)),
                2..6 => text += &format!("property[a{}][{}] = {line}\n", line % columns, line / 2),
                _ => text += &format!("property[a{}][{}] = {line}\n", below(columns), below(rows)),
            }
        }
        tells_what_its_lines_tell(&text);
        let response = Response::parse(&*text).expect("a reply");
        let encoded = response.encode().to_string();
        let again = reply(encoded.as_str());
        assert_eq!(again, response, "round {round}");
        assert_eq!(again.encode().to_string(), encoded, "round {round}");
    }
}

#[test]
fn a_reply_in_the_memory_of_another_does_not_go_on_with_its_rows() {
    let parser = Parser::new();
    let mut buffers = Buffers::new();
    // Enough text behind the cells for the window that is compared.
    const HEAD: &str =
        "code = 200\ndescription = Command completed successfully\nruntime = 0.012\n";
    let text = format!("property[a][0] = x\nproperty[b][0] = y\n{HEAD}");
    let first = parser.parse_with(text, &mut buffers).expect("a reply");
    buffers.reclaim(first);
    // What would have come next in the one before.
    let text = format!("property[a][1] = x1\nproperty[b][1] = y1\nproperty[a][0] = x0\n{HEAD}");
    let second = parser.parse_with(text, &mut buffers).expect("a reply");
    assert_eq!(
        second.column("a").expect("a column").cells().collect::<Vec<_>>(),
        [(0, "x0"), (1, "x1")]
    );
    assert_eq!(second.column("b").expect("a column").cells().collect::<Vec<_>>(), [(1, "y1")]);
}

#[test]
fn spans_are_split_where_they_are_asked_to() {
    let by_row = "property[a][0] = a0\nproperty[b][0] = b0\nproperty[a][1] = a1\nproperty[b][1] = b1\nproperty[b][7] = b7\n";
    for text in [RAGGED, by_row] {
        let response = table(text);
        for column in response.columns() {
            let all: Vec<_> = column.spans().collect();
            for count in 0..7 {
                let mut others = column.spans();
                let first = others.split_to(count);
                assert_eq!(first.len(), count.min(all.len()), "{}", column.name());
                assert!(first.clone().rev().eq(all.iter().take(count).rev().cloned()));
                assert!(others.clone().rev().eq(all.iter().skip(count).rev().cloned()));
                // Each way through the cells, since a loop inside has a way of its own.
                let mut met = Vec::new();
                first.for_each(|cell| met.push(cell));
                others.clone().for_each(|cell| met.push(cell));
                assert_eq!(met, all);
                let mut rest = others;
                let second = rest.split_to(1);
                assert!(second.chain(rest).eq(all.iter().skip(count).cloned()));
            }
        }
    }
}
