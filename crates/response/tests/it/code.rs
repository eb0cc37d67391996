//! Return codes: every number there is.

use std::collections::HashSet;

use cnic_response::{Availability, Code, CodeClass};

/// The published list, as it is published.
const PUBLISHED: &str = "\
200Command completed successfully
210Domain name available
211Domain name not available
212Name server available
213Name server not available
214Contact available
215Contact not available
218Request is available
219Request is not available
220Command completed successfully. Server closing connection
420Command failed due to server error. Server closing connection
421Command failed due to server error. Client should try again
422Abuse detected! The account has been temporarily locked! Please standby some minutes.
423error (socket error)
500Invalid command name
501Invalid command option
502Invalid entity value
503Invalid attribute name
504Missing required attribute
505Invalid attribute value syntax
506Invalid option value
507Invalid command format
508Missing required entity
509Missing command option
520Server closing connection. Client should try opening new connection
521Too many sessions open. Server closing connection
530Authentication failed
531Authorization failed
532Domain names linked with name server
533Domain name has active name servers
534Domain name has not been flagged for transfer
535Restricted IP address
536Domain already flagged for transfer
540Attribute value is not unique
541Invalid attribute value
542Invalid old value for an attribute
543Final or implicit attribute cannot be updated
544Entity on hold
545Entity reference not found
546Credit limit exceeded
547Invalid command sequence
548Domain is not up for renewal
549Command failed
550Parent domain not registered
551Parent domain status does not allow for operation
552Domain status does not allow for operation
553Operation not allowed. Domain pending transfer
554Domain already registered
555Domain already renewed
556Maximum registration period exceeded
557Object status prohibits operation
560Resource is disabled
561Resource still in use
562Email address already uses forwarding
563Email address already uses mailspace
564Email domain already linked to a different mailspace
";

/// The codes that other documents of the vendor add.
const EXTRA: &str = "\
216Object available
217Object not available
425Service temporarily locked; usage exceeded
510Command not supported for this class
";

fn entries(list: &'static str) -> Vec<(u16, &'static str)> {
    let entry = |line: &'static str| (line[..3].parse().expect("three digits"), &line[3..]);
    list.lines().map(entry).collect()
}

#[test]
fn the_known_codes_are_the_published_ones_and_a_few_more() {
    let (published, extra) = (entries(PUBLISHED), entries(EXTRA));
    let (count, published_only) = (published.len() + extra.len(), published.len());
    let known: Vec<_> = Code::KNOWN
        .iter()
        .map(|code| (code.as_u16(), code.meaning().expect("a known code has a meaning")))
        .collect();
    assert_eq!(known, [published, extra].concat());
    let (published, extra) = Code::KNOWN.split_at(published_only);
    for part in [published, extra] {
        assert!(part.is_sorted_by(|a, b| a < b));
    }
    assert_eq!(Code::KNOWN.iter().collect::<HashSet<_>>().len(), count);
    assert!(published.iter().all(|code| !code.is_extra()));
    assert!(extra.iter().all(|code| code.is_extra()));
}

/// The properties of each number, spelled out where they are not those of its first digit.
#[test]
fn every_code_of_three_digits() {
    let known: Vec<_> = [entries(PUBLISHED), entries(EXTRA)].concat();
    for number in 100..=999 {
        let code = Code::from_u16(number).expect("three digits");
        assert_eq!(code.as_u16(), number);

        let class = match number {
            200..=299 => CodeClass::Success,
            400..=499 => CodeClass::Temporary,
            500..=599 => CodeClass::Permanent,
            _ => CodeClass::Other,
        };
        assert_eq!(code.class(), class, "{number}");
        assert_eq!(code.is_success(), class == CodeClass::Success, "{number}");
        assert_eq!(code.is_temporary(), class == CodeClass::Temporary, "{number}");
        assert_eq!(code.is_permanent(), class == CodeClass::Permanent, "{number}");

        let retryable = class == CodeClass::Temporary || number == 520 || number == 521;
        assert_eq!(code.is_retryable(), retryable, "{number}");
        assert_eq!(code.closes_connection(), [220, 420, 520, 521].contains(&number), "{number}");
        let availability = match number {
            210..=219 if number % 2 == 0 => Some(Availability::Available),
            210..=219 => Some(Availability::NotAvailable),
            _ => None,
        };
        assert_eq!(code.availability(), availability, "{number}");

        let meaning = known.iter().find(|entry| entry.0 == number).map(|entry| entry.1);
        assert_eq!(code.meaning(), meaning, "{number}");
        assert_eq!(code.is_extra(), [216, 217, 425, 510].contains(&number), "{number}");

        let text = number.to_string();
        assert_eq!(
            (code.to_string(), format!("{code:?}")),
            (text.clone(), format!("Code({text})"))
        );
        assert_eq!(text.parse(), Ok(code));
        assert_eq!((Code::try_from(number), u16::from(code)), (Ok(code), number));
        assert_eq!(code, number);
        assert_eq!(number, code);
        assert_ne!(code, number + 1);
        assert_ne!(number - 1, code);
    }
}

#[test]
fn numbers_without_three_digits_are_no_codes() {
    for number in (0..=99).chain(1000..=1100).chain([u16::MAX]) {
        assert_eq!(Code::from_u16(number), None, "{number}");
        assert_eq!(Code::try_from(number).ok(), None, "{number}");
        assert_eq!(number.to_string().parse::<Code>().ok(), None, "{number}");
        assert_eq!(format!("{number:03}").parse::<Code>().ok(), None, "{number}");
    }
}

#[test]
fn texts_that_are_no_codes() {
    for text in [
        "",
        " ",
        "2",
        "20",
        "2000",
        "0200",
        "2xx",
        "+20",
        "-20",
        " 200",
        "200 ",
        "200\n",
        "20 0",
        "2.0",
        "2e2",
        "0x2",
        "000",
        "099",
        "２００",
        "²00",
        "٢٠٠",
        "20\0",
        "２",
        "é2",
    ] {
        assert_eq!(text.parse::<Code>().ok(), None, "{text:?}");
    }
    let error = "2xx".parse::<Code>().expect_err("no code");
    assert_eq!(error.to_string(), "return code is not a number from 100 to 999");
}

#[test]
fn codes_are_ordered_like_numbers() {
    const CONST: Option<Code> = Code::from_u16(421);
    assert!(Code::COMPLETED < Code::ENTITY_NOT_FOUND);
    assert_eq!(Code::KNOWN.iter().max(), Some(&Code::EMAIL_DOMAIN_LINKED));
    assert_eq!(Code::KNOWN.iter().min(), Some(&Code::COMPLETED));
    assert_eq!(CONST, Some(Code::SERVER_ERROR_TRY_AGAIN));
}

#[test]
fn constants_have_their_numbers() {
    for (code, number) in [
        (Code::COMPLETED, 200),
        (Code::DOMAIN_AVAILABLE, 210),
        (Code::DOMAIN_NOT_AVAILABLE, 211),
        (Code::COMPLETED_CLOSING, 220),
        (Code::SERVER_ERROR_CLOSING, 420),
        (Code::SERVER_ERROR_TRY_AGAIN, 421),
        (Code::ACCOUNT_LOCKED, 422),
        (Code::SOCKET_ERROR, 423),
        (Code::CLOSING, 520),
        (Code::TOO_MANY_SESSIONS, 521),
        (Code::AUTHENTICATION_FAILED, 530),
        (Code::AUTHORIZATION_FAILED, 531),
        (Code::INVALID_ATTRIBUTE_VALUE, 541),
        (Code::ENTITY_NOT_FOUND, 545),
        (Code::COMMAND_FAILED, 549),
        (Code::ALREADY_REGISTERED, 554),
        (Code::OBJECT_AVAILABLE, 216),
        (Code::OBJECT_NOT_AVAILABLE, 217),
        (Code::SERVICE_LOCKED, 425),
        (Code::NOT_SUPPORTED, 510),
    ] {
        assert_eq!(code, number);
    }
}

#[test]
fn cells_that_begin_with_a_code() {
    for (cell, number, text) in [
        ("210 Domain name available", 210, "Domain name available"),
        (
            "211 Premium Domain name available [PREMIUM]",
            211,
            "Premium Domain name available [PREMIUM]",
        ),
        ("210", 210, ""),
        ("210 ", 210, ""),
        ("210\t \tx\t", 210, "x"),
        ("999  a  b ", 999, "a  b"),
        ("541 ü", 541, "ü"),
        ("100 200 300", 100, "200 300"),
        ("210 \u{a0}x", 210, "\u{a0}x"),
    ] {
        let (code, rest) = Code::split(cell).expect("a code");
        assert_eq!((code.as_u16(), rest), (number, text), "{cell:?}");
    }
}

#[test]
fn cells_that_do_not() {
    for cell in [
        "",
        "2",
        "21",
        "2100",
        "2100 Main Street",
        "210x",
        "210.",
        "210;x",
        "210\n",
        "210\u{a0}x",
        " 210 x",
        "099 x",
        "000",
        "2x0 x",
        "ü10 x",
        "21ü",
        "２１０ x",
        "€",
        "available",
        "-21 x",
    ] {
        assert_eq!(Code::split(cell), None, "{cell:?}");
    }
}
