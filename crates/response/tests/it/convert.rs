//! Conversions to and from the types of other crates.

#[cfg(feature = "jiff")]
mod jiff {
    use cnic_response::{Date, DateTime, InvalidDate, InvalidDateTime};
    use jiff::civil;

    #[test]
    fn every_day_is_the_same_day() {
        let mut day = civil::date(0, 1, 1);
        while day < civil::date(2400, 1, 1) {
            let date = Date::try_from(day).unwrap();
            assert_eq!((date.to_string(), civil::Date::from(date)), (day.to_string(), day));
            // Not every day: the steps meet each month and each leap year.
            day = day.checked_add(jiff::Span::new().days(13)).unwrap();
        }
        assert_eq!(Date::try_from(civil::date(-1, 12, 31)), Err(InvalidDate::NoSuchDay));
    }

    #[test]
    fn times_are_in_utc() {
        for text in ["1969-12-31 23:59:59.25", "2000-02-29 00:00:00", "2027-03-01 12:34:56.000001"]
        {
            let time: DateTime = text.parse().unwrap();
            let stamp = jiff::Timestamp::try_from(time).unwrap();
            assert_eq!(stamp.to_string(), text.replace(' ', "T") + "Z");
            assert_eq!(DateTime::try_from(stamp).unwrap().to_string(), text);
            assert_eq!(DateTime::try_from(civil::DateTime::from(time)), Ok(time));
        }
        assert!(
            jiff::Timestamp::try_from("9999-12-31 23:59:59".parse::<DateTime>().unwrap()).is_err()
        );
        let early = civil::date(-1, 1, 1).at(0, 0, 0, 0);
        assert_eq!(DateTime::try_from(early), Err(InvalidDateTime::NoSuchDay));
    }

    #[test]
    fn seconds_since_1970_are_those_of_jiff() {
        for text in ["0000-01-01 00:00:00", "0000-02-29 23:59:59", "0000-03-01 00:00:01"]
            .into_iter()
            .chain(["1900-02-28 12:00:00", "1969-12-31 23:59:59", "1970-01-01 00:00:00"])
            .chain(["2000-02-29 23:59:59", "2000-03-01 00:00:00", "9999-12-30 00:00:00"])
        {
            let time: DateTime = text.parse().unwrap();
            let stamp = jiff::Timestamp::try_from(time).unwrap();
            assert_eq!(time.unix_timestamp(), stamp.as_second(), "{text}");
        }
    }
}

#[cfg(feature = "time")]
mod time {
    use cnic_response::{Date, DateTime, InvalidDate};
    use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

    #[test]
    fn every_day_is_the_same_day() {
        for ordinal in 0..2400 {
            // A prime number of days, so that every month and leap day is met.
            let julian = time::Date::from_calendar_date(0, time::Month::January, 1).unwrap();
            let day = time::Date::from_julian_day(julian.to_julian_day() + ordinal * 367).unwrap();
            let date = Date::try_from(day).unwrap();
            assert_eq!(time::Date::from(date), day);
            let midnight = DateTime::new(date.year(), date.month(), date.day(), 0, 0, 0).unwrap();
            let stamp = PrimitiveDateTime::new(day, time::Time::MIDNIGHT).assume_utc();
            assert_eq!(midnight.unix_timestamp(), stamp.unix_timestamp());
        }
        assert_eq!(Date::try_from(time::Date::MIN), Err(InvalidDate::NoSuchDay));
    }

    #[test]
    fn times_are_in_utc() {
        let time: DateTime = "2027-03-01 00:30:00.125".parse().unwrap();
        let moment = OffsetDateTime::from(time);
        assert_eq!((moment.unix_timestamp(), moment.nanosecond()), (1_803_861_000, 125_000_000));
        // The same moment, said elsewhere: there it is still February.
        let elsewhere = moment.to_offset(UtcOffset::from_hms(-5, 0, 0).unwrap());
        assert_eq!(elsewhere.month(), time::Month::February);
        assert_eq!(DateTime::try_from(elsewhere), Ok(time));
        assert_eq!(DateTime::try_from(PrimitiveDateTime::from(time)), Ok(time));
    }
}

#[cfg(feature = "rust_decimal")]
mod rust_decimal {
    use cnic_response::{InvalidSeconds, Seconds};
    use rust_decimal::Decimal;

    #[test]
    fn seconds_are_the_same_number() {
        for text in ["0", "0.012", "0.50", "10.360", "18446744073709551615.999999999"] {
            let seconds: Seconds = text.parse().unwrap();
            let number = Decimal::from(seconds);
            assert_eq!(number.to_string(), text);
            assert_eq!(Seconds::try_from(number).map(|s| s.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn numbers_that_are_no_seconds_are_rejected() {
        let seconds = |text: &str| Seconds::try_from(text.parse::<Decimal>().unwrap());
        assert_eq!(seconds("-0.5"), Err(InvalidSeconds::Negative));
        assert_eq!(seconds("0.0000000001"), Err(InvalidSeconds::TooPrecise));
        assert_eq!(seconds("18446744073709551616"), Err(InvalidSeconds::Overflow));
        assert_eq!(seconds("0.5000000000").unwrap().to_string(), "0.500000000");
    }
}

#[cfg(feature = "bytes")]
mod bytes {
    use bytes::{Buf, Bytes};
    use cnic_response::FrameDecoder;

    #[test]
    fn parts_of_any_size_are_the_same_responses() {
        let text = b"[RESPONSE]\ncode = 200\nproperty[domain][0] = example.com\nEOF\n\
            [RESPONSE]\r\nCODE=545\r\nEOF\r\n";
        for at in 0..=text.len() {
            let (head, tail) = text.split_at(at);
            let mut source = Bytes::from_static(head).chain(Bytes::from_static(tail));
            let mut decoder = FrameDecoder::new();
            let mut codes = Vec::new();
            while let Some(response) = decoder.decode_buf(&mut source) {
                codes.push(response.unwrap().code().as_u16());
            }
            assert_eq!((codes, source.remaining()), (vec![200, 545], 0), "parts at {at}");
            assert!(decoder.finish().is_none());
        }
    }
}

#[cfg(feature = "tokio-util")]
mod tokio_util {
    use cnic_response::{CodecError, Response, ResponseCodec};
    use tokio_util::bytes::BytesMut;
    use tokio_util::codec::{Decoder, Encoder};

    #[test]
    fn what_is_encoded_is_decoded() {
        let text = "code = 200\nproperty[domain][1] = example.com\n";
        let response = Response::parse(text).unwrap();
        let mut wire = BytesMut::new();
        for _ in 0..3 {
            ResponseCodec::new().encode(&response, &mut wire).unwrap();
        }
        // The buffer is filled piece by piece, as a socket fills it.
        let (mut codec, mut source, mut count) = (ResponseCodec::new(), BytesMut::new(), 0);
        for piece in wire.chunks(7) {
            source.extend_from_slice(piece);
            while let Some(decoded) = codec.decode(&mut source).unwrap() {
                assert_eq!(decoded, response);
                count += 1;
            }
            assert!(source.is_empty());
        }
        assert!(codec.decode_eof(&mut source).unwrap().is_none());
        assert_eq!(count, 3);
    }

    #[test]
    fn a_stream_that_ends_within_a_response_is_an_error() {
        let mut source = BytesMut::from("[RESPONSE]\ncode = 200\n");
        let error = ResponseCodec::new().decode_eof(&mut source).unwrap_err();
        assert!(matches!(error, CodecError::Parse(error) if error.is_truncated()));
    }
}

#[cfg(feature = "arbitrary")]
mod arbitrary {
    use arbitrary::{Arbitrary, Unstructured};
    use cnic_response::{Date, DateTime, Response, Seconds};

    /// Bytes without a pattern, from one number.
    fn noise(seed: u64) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let next = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..64).flat_map(next).collect()
    }

    #[test]
    fn values_survive_their_text() {
        let (mut columns, mut leap_days) = (0, 0);
        for seed in 0..2000 {
            let bytes = noise(seed);
            let u = &mut Unstructured::new(&bytes);
            let time = DateTime::arbitrary(u).unwrap();
            assert_eq!(time.to_string().parse(), Ok(time));
            let seconds = Seconds::arbitrary(u).unwrap();
            assert_eq!(seconds.to_string().parse(), Ok(seconds));
            let date = Date::arbitrary(u).unwrap();
            leap_days += usize::from((date.month(), date.day()) == (2, 29));
            let response = Response::arbitrary(u).unwrap();
            assert_eq!(Response::parse(response.encode().to_string()).unwrap(), response);
            columns += response.table().columns().count();
        }
        assert!(columns > 2000, "{columns}");
        assert!(leap_days > 0, "no leap day");
    }
}

#[cfg(feature = "miette")]
mod miette {
    use cnic_response::{Parser, Response};
    use miette::Diagnostic;

    /// Returns the code, the help and the label of an error.
    fn shown(error: &dyn Diagnostic) -> (String, bool, usize, usize) {
        let label = error.labels().and_then(|mut labels| labels.next()).expect("one");
        let code = error.code().expect("one").to_string();
        (code, error.help().is_some(), label.offset(), label.len())
    }

    #[test]
    fn an_error_is_a_diagnostic() {
        let error = Response::parse("[RESPONSE]\ncode = 2xx\nEOF\n").unwrap_err();
        assert_eq!(shown(&error), ("cnic::response::InvalidCode".to_owned(), false, 18, 3));
        // The line where the text ends.
        let error = Response::parse("[RESPONSE]\ncode = 200\n").unwrap_err();
        assert_eq!(shown(&error), ("cnic::response::Truncated".to_owned(), true, 11, 11));
        let error = Parser::strict().parse("code = 200\n").unwrap_err();
        assert_eq!(shown(&error), ("cnic::response::MissingEnvelope".to_owned(), true, 0, 0));
    }
}
