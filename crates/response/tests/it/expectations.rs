//! What a user of the crate writes without looking it up: each of these lines must compile.

use core::error::Error;
use core::fmt::{Debug, Display};
use core::iter::FusedIterator;
use core::str::FromStr;
use core::time::Duration;

use cnic_response::{
    Availability, BuildErrorKind, Cells, Code, CodeClass, Column, ColumnIter, ColumnValues,
    Columns, Date, DateTime, Encoded, ErrorKind, Fields, IncompleteReason, InvalidCode,
    InvalidDate, InvalidDateTime, InvalidSeconds, Limits, Lines, NoteKind, PagerStep, Parser,
    PropertyFault, Repeated, Response, ResponseError, Responses, Row, RowCells, Rows, Seconds,
    SkipReason, Table, Values,
};

use crate::util::{reply, table};

const TEXT: &str = "code = 200\ndescription = Done\nproperty[domain][0] = a.test\n";

#[test]
fn text_becomes_a_response_in_each_usual_way() {
    let owned: Response<'static> = TEXT.to_owned().parse().expect("a response");
    let all: [Result<Response<'_>, _>; 7] = [
        Response::parse(TEXT),
        Response::from_utf8(TEXT.as_bytes()),
        TEXT.parse(),
        Response::try_from(TEXT),
        TEXT.try_into(),
        Response::try_from(TEXT.as_bytes()),
        Response::try_from(TEXT.to_owned()),
    ];
    for response in all {
        assert_eq!(response.expect("a response"), owned);
    }
    let borrowed = Response::try_from(TEXT).expect("a response");
    assert_eq!(borrowed.as_str().as_ptr(), TEXT.as_ptr());
    let moved = TEXT.to_owned();
    let at = moved.as_ptr();
    assert_eq!(Response::try_from(moved).expect("a response").as_str().as_ptr(), at);
    assert_eq!("x".parse::<Response<'_>>(), Response::parse("x"));
}

#[test]
fn a_response_is_iterated() {
    let response = table("property[a][0] = x\nproperty[b][2] = y\n");
    let mut rows = 0;
    for row in &response {
        for (name, cell) in row {
            assert_eq!(response.get(name, row.index()), cell);
        }
        rows += 1;
    }
    assert_eq!(rows, response.row_count());
    for row in response.table() {
        rows -= usize::from(row.index() < 3);
    }
    assert_eq!((rows, (&response.table()).into_iter().len()), (0, 3));
    let column = response.column("b").expect("a column");
    let mut holes = 0;
    for cell in column {
        holes += usize::from(cell.is_none());
    }
    assert_eq!((holes, (&column).into_iter().len()), (2, 3));
}

/// `len` is how many there are, `height` is the largest index and one more.
#[test]
fn cells_of_a_table_row_by_row_come_from_both_ends() {
    let mut text = String::from("code = 200\n");
    for row in 0..5 {
        for column in ["a", "b", "c"] {
            text += &format!("property[{column}][{row}] = {column}{row}\n");
        }
    }
    text += "property[b][9] = b9\n";
    let response = Response::parse(text).expect("a response");
    for (name, rows) in [("a", &[0, 1, 2, 3, 4][..]), ("b", &[0, 1, 2, 3, 4, 9])] {
        let column = response.column(name).expect("a column");
        let cell = |row: &usize| (*row, format!("{name}{row}"));
        for front in 0..=rows.len() {
            let mut cells = column.cells().map(|(row, value)| (row, value.to_owned()));
            for (taken, row) in rows[..front].iter().enumerate() {
                assert_eq!(cells.len(), rows.len() - taken);
                assert_eq!(cells.next(), Some(cell(row)));
            }
            assert!(cells.clone().eq(rows[front..].iter().map(cell)));
            let mut folded = Vec::new();
            cells.clone().for_each(|cell| folded.push(cell));
            assert!(folded.iter().cloned().eq(rows[front..].iter().map(cell)));
            for (left, row) in rows.iter().enumerate().skip(front).rev() {
                assert_eq!(cells.next_back(), Some(cell(row)));
                assert_eq!(cells.len(), left - front);
            }
            assert_eq!((cells.next(), cells.next_back()), (None, None));
        }
    }
}

#[test]
fn lengths_mean_the_same() {
    let response = table("property[a][0] = x\nproperty[a][1] =\nproperty[a][6] = y\n");
    let column = response.column("a").expect("a column");
    assert_eq!((column.len(), column.height()), (3, 7));
    assert_eq!((column.cells().len(), column.values().len(), column.iter().len()), (3, 3, 7));
    assert!(column.values().eq(["x", "", "y"]) && column.values().rev().eq(["y", "", "x"]));
    assert!(column.cells().map(|(_, value)| value).eq(column.values()));
    let mut cells = column.cells();
    assert_eq!((cells.next_back(), cells.next(), cells.len()), (Some((6, "y")), Some((0, "x")), 1));
    assert_eq!((cells.next_back(), cells.next(), cells.next_back()), (Some((1, "")), None, None));
}

#[test]
fn iterators_have_names() {
    fn named<I>(iterator: I)
    where
        I: Iterator + FusedIterator + Clone + Debug,
    {
        let count = iterator.clone().count();
        let (least, most) = iterator.size_hint();
        assert!(least <= count && most.is_none_or(|most| count <= most));
        assert!(!format!("{iterator:?}").contains("hunter2"));
    }

    fn exact<I: ExactSizeIterator + FusedIterator + Clone + Debug>(iterator: I) {
        assert_eq!(iterator.len(), iterator.clone().count());
        named(iterator);
    }

    fn backwards<I>(iterator: I)
    where
        I: DoubleEndedIterator<Item: PartialEq + Debug> + FusedIterator + Clone + Debug,
    {
        let mut back: Vec<_> = iterator.clone().rev().collect();
        back.reverse();
        assert_eq!(back, iterator.clone().collect::<Vec<_>>());
        named(iterator);
    }

    let text = "code = 200\ndescription = hunter2\nx = hunter2\nproperty[column][0] = a\n\
                property[a][0] = hunter2\nproperty[a][0] = hunter2\nproperty[b][2] = hunter2\n";
    let response = reply(text);
    let column = response.column("a").expect("a column");
    let row = response.table().row(0).expect("a row");
    backwards::<Fields<'_>>(response.fields());
    backwards::<ColumnValues<'_>>(column.values());
    backwards::<Cells<'_>>(column.cells());
    backwards::<RowCells<'_>>(row.cells());
    backwards::<Values<'_>>(response.values());
    named::<Columns<'_>>(response.columns());
    named::<Lines<'_>>(Lines::new(text));
    named::<Responses<'_>>(Responses::new(text));
    exact::<Cells<'_>>(column.cells());
    exact::<ColumnIter<'_>>(column.iter());
    exact::<ColumnValues<'_>>(response.declared_columns());
    exact::<ColumnValues<'_>>(table("").declared_columns());
    exact::<Repeated<'_>>(response.table().repeated());
    exact::<Rows<'_>>(response.rows());
    assert!(response.columns().map(Column::name).eq(["a", "b"]));
    assert!(response.columns().rev().map(Column::name).eq(["b", "a"]));
    fn copies<T: Copy>(_: T) {}
    copies::<(Column<'_>, Row<'_>, Table<'_>)>((column, row, response.table()));
}

#[test]
fn a_canonical_text_has_a_length() {
    for text in [TEXT, "code = 421\n", "code = 200\nx = \u{fc}\nproperty[a][7] = x\r\ry\n"] {
        let response = reply(text);
        let encoded: Encoded<'_> = response.encode();
        assert_eq!(encoded.len(), encoded.to_string().len());
        let string: String = encoded.into();
        assert_eq!((string.capacity(), &string), (encoded.len(), &encoded.to_string()));
    }
}

#[test]
fn limits_are_set_one_by_one() {
    const LIMITS: Limits =
        Limits::DEFAULT.bytes(100).lines(9).fields(8).columns(7).cells(6).row(5).holes(4);
    const PARSER: Parser = Parser::new().limits(LIMITS);
    assert_eq!((LIMITS.bytes, LIMITS.row, LIMITS.holes), (100, 5, 4));
    let error = PARSER.parse("code = 200\nproperty[a][6] = x\n").expect_err("row 6");
    assert_eq!(error.kind(), ErrorKind::RowLimit);
}

#[test]
fn cells_become_values() {
    fn reads<T>(good: &str, bad: &str)
    where
        T: FromStr<Err: Error + Copy> + Display + Debug + Copy + Eq + Ord + core::hash::Hash,
    {
        let value: T = good.parse().unwrap_or_else(|_| panic!("{good}"));
        assert_eq!(value.to_string(), good);
        assert!(bad.parse::<T>().is_err());
    }

    reads::<Code>("200", "2xx");
    reads::<Date>("2027-03-01", "2027-02-29");
    reads::<DateTime>("2027-03-01 12:00:00.0", "2027-03-01");
    reads::<Seconds>("0.120", "-1");
}

#[test]
fn numbers_and_times_are_converted() {
    assert_eq!(Code::try_from(541).map(u16::from), Ok(541));
    let _: InvalidCode = Code::try_from(99).expect_err("two digits");
    let runtime: Seconds = "0.012".parse().expect("seconds");
    let time = Duration::from(runtime);
    assert_eq!((time, runtime.to_duration()), (Duration::from_millis(12), time));
    assert_eq!(Seconds::from(time), runtime);

    let time: DateTime = "2027-03-01 12:00:00".parse().expect("a date");
    assert_eq!(Date::from(time), time.date());
    assert_eq!(DateTime::from_unix_timestamp(time.unix_timestamp()), Ok(time));
    #[cfg(feature = "std")]
    {
        use std::time::SystemTime;

        let system = SystemTime::try_from(time).expect("a time");
        assert_eq!(
            system.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs()).ok(),
            Some(1_803_902_400)
        );
        assert_eq!(DateTime::try_from(system), Ok(time));
    }
}

#[test]
fn kinds_have_names() {
    let fault = PropertyFault::InIndex(None);
    let names = [
        BuildErrorKind::Duplicate.name(),
        CodeClass::Success.name(),
        ErrorKind::InvalidUtf8 { offset: 3 }.name(),
        IncompleteReason::ErrorPage(Code::CLOSING).name(),
        InvalidDate::NoSuchDay.name(),
        InvalidDateTime::TooPrecise.name(),
        InvalidSeconds::Overflow.name(),
        NoteKind::MalformedProperty(fault).name(),
        fault.name(),
        SkipReason::MalformedProperty(fault).name(),
    ];
    let expected = "Duplicate success InvalidUtf8 ErrorPage NoSuchDay TooPrecise Overflow MalformedProperty \
                    InIndex MalformedProperty";
    assert_eq!(names.join(" "), expected);
    for reason in [SkipReason::MissingEquals, SkipReason::MissingKey] {
        assert_eq!(reason.name(), NoteKind::from(reason).name());
    }
    #[cfg(feature = "serde")]
    assert_eq!(cnic_response::DeserializeErrorKind::MissingCell.name(), "MissingCell");
    let [free, taken] = [Availability::Available, Availability::NotAvailable];
    assert_eq!(
        format!("{free:>10}, {taken}, {:<10}|", CodeClass::Other),
        " available, not available, other     |"
    );
}

#[test]
fn a_cell_says_what_is_available() {
    use Availability::{Available, NotAvailable};
    for (cell, expected) in [
        ("210 Domain name available", Some(Available)),
        ("210", Some(Available)),
        ("211 Premium Domain name available [PREMIUM]", Some(NotAvailable)),
        ("219\tRequest is not available", Some(NotAvailable)),
        ("541 Invalid attribute value", None),
        ("2100 Main Street", None),
        ("available", None),
        ("", None),
    ] {
        assert_eq!(Availability::of_cell(cell), expected, "{cell}");
    }
    assert!(Available.is_available() && !NotAvailable.is_available());
    let response = table("property[domaincheck][1] = 210 Domain name available\n");
    let checks = response.rows().map(|row| row.get("domaincheck").and_then(Availability::of_cell));
    assert!(checks.eq([None, Some(Available)]));
}

#[test]
fn a_failure_is_an_error() {
    let read = |text: &'static str| -> Result<usize, Box<dyn Error + Send + Sync>> {
        Ok(Response::parse(text)?.into_result()?.row_count())
    };
    assert_eq!(read(TEXT).ok(), Some(1));
    assert!(read("code = 545\n").expect_err("545").is::<ResponseError>());
}

#[test]
fn steps_are_results() {
    let steps = [
        PagerStep::Next { first: 7 },
        PagerStep::Done,
        PagerStep::Incomplete(IncompleteReason::ZeroLimit),
    ];
    let results = steps.map(PagerStep::into_result);
    assert_eq!(results, [Ok(Some(7)), Ok(None), Err(IncompleteReason::ZeroLimit)]);
}
