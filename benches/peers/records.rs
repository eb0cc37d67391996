//! Readers of CSV.

use std::io::Cursor;

use csv::{ByteRecord, Position, Reader, StringRecord};

use crate::domain::Domain;
use crate::inputs::Others;
use crate::{Entrant, Input};

/// Reads every record into the same one, so nothing of the table is kept, and each time with the same reader: the fastest way
/// there is.
pub(crate) fn csv<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "csv ByteRecord";
    let mut reader = Reader::from_reader(others.csv.as_bytes());
    let names = reader.byte_headers().expect("names").clone();
    let records: Vec<ByteRecord> =
        reader.into_byte_records().map(|r| r.expect("a record")).collect();
    input.check(NAME, |column, row| {
        let place = names.iter().position(|name| name == column.as_bytes())?;
        let cell = std::str::from_utf8(records.get(row)?.get(place)?).ok()?;
        (!cell.is_empty()).then_some(cell)
    });
    let mut reader = Reader::from_reader(Cursor::new(others.csv.as_bytes()));
    let mut record = ByteRecord::new();
    let mut count = move || {
        reader.seek(Position::new()).expect("the start");
        // After a move, the line of names is a record like the others.
        reader.read_byte_record(&mut record).expect("names");
        let mut rows = 0_usize;
        while reader.read_byte_record(&mut record).expect("a record") {
            std::hint::black_box(&record);
            rows += 1;
        }
        rows
    };
    assert_eq!((count(), count()), (records.len(), records.len()));
    Entrant::new(NAME, count)
}

/// Reads every record into the same one, and out of it a [`Domain`] that borrows from it.
pub(crate) fn typed<'i>(input: &Input, others: &'i Others) -> Entrant<'i> {
    const NAME: &str = "csv + serde";
    let mut reader = Reader::from_reader(others.csv.as_bytes());
    let names = reader.headers().expect("names").clone();
    let records: Vec<StringRecord> = reader.into_records().map(|r| r.expect("a record")).collect();
    input.check(NAME, |column, row| {
        let domain: Domain<'_> = records.get(row)?.deserialize(Some(&names)).expect("a domain");
        domain.get(column)
    });
    let count = move || {
        let mut reader = Reader::from_reader(others.csv.as_bytes());
        let names = reader.headers().expect("names").clone();
        let (mut record, mut rows) = (StringRecord::new(), 0_usize);
        while reader.read_record(&mut record).expect("a record") {
            let domain: Domain<'_> = record.deserialize(Some(&names)).expect("a domain");
            std::hint::black_box(&domain);
            rows += 1;
        }
        rows
    };
    assert_eq!(count(), records.len());
    Entrant::new(NAME, count)
}
