//! What holds for every registration, every name server and every receipt.

use cnic_registration::{
    AllowedSuffixes, Draft, ErrorKind, Field, Limits, Lint, NameServer, NameServerFormat,
    ParseError, Parser, Policy, Receipt, Registration, Rule, SuffixSet, Violation,
};

/// U+FEFF in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A registration from any bytes as the body of a form: nothing panics, `validate` is `Ok` exactly when `check` is silent, and
/// what is accepted can be written, read again and found equal. Every unknown name is a violation, every span lies within the
/// body, and neither a mark before the body nor a limit that it does not pass makes a difference.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn registration(bytes: &[u8]) {
    let result = Draft::from_form(bytes);
    limited(bytes, &result);
    let marked = [MARK, bytes].concat();
    let draft = match result {
        Ok(draft) => draft,
        Err(error) => {
            assert!(error.position().byte() <= bytes.len() && error.position().line() == 1);
            assert!(error.position().byte() <= error.span().start);
            return lies_within(&error, bytes.len());
        }
    };
    if !bytes.starts_with(MARK) && marked.len() <= to_usize(Limits::DEFAULT.bytes) {
        assert_eq!(Draft::from_form(&marked).as_ref(), Ok(&draft), "a mark makes a difference");
    }
    let any_suffix = Policy::TOOLKIT.suffixes(AllowedSuffixes::AnyWellFormed);
    for policy in
        [Policy::TOOLKIT, Policy::LEGACY, any_suffix.clone(), any_suffix.empty_v4_slot(true)]
    {
        let mut violations: Vec<Violation> = Vec::new();
        policy.check(&draft, &mut violations);
        let mut first: Option<Violation> = None;
        policy.check(&draft, &mut first);
        assert_eq!(first, violations.first().copied());
        let ordered = |pair: &[Violation]| pair[0].field() <= pair[1].field();
        assert!(violations.windows(2).all(ordered), "violations out of order");
        violations.iter().for_each(|violation| stands_in(&draft, violation, bytes));
        let unknown = violations.iter().filter(|it| it.rule() == Rule::UnknownParameter);
        assert_eq!(unknown.count(), draft.unknown().len(), "an unknown parameter is passed over");
        match policy.validate(&draft) {
            Ok(registration) => {
                assert!(violations.is_empty());
                valid(&registration, &policy);
            }
            Err(found) => {
                assert!(!violations.is_empty() && found.as_slice() == violations);
                let described = violations.iter().map(|it| draft.describe(it).to_string());
                assert_eq!(found.to_string(), described.collect::<Vec<_>>().join("; "));
            }
        }
    }
}

fn to_usize(limit: u32) -> usize {
    limit.try_into().expect("a limit")
}

/// Holds that a form is read within limits that it just keeps, and not within smaller ones.
fn limited(bytes: &[u8], result: &Result<Draft<'_>, ParseError>) {
    if result.as_ref().is_err_and(|error| error.kind() == ErrorKind::ByteLimit) {
        return assert!(bytes.len() > to_usize(Limits::DEFAULT.bytes));
    }
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let pairs = || body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
    let parts = pairs().flat_map(|pair| pair.splitn(2, |&byte| byte == b'='));
    let exact = [bytes.len(), pairs().count(), parts.map(<[u8]>::len).max().unwrap_or(0)];
    let [length, fields, value] = exact.map(|number| u32::try_from(number).expect("below 4 GiB"));
    let within = |limits: Limits| Parser::new().limits(limits).parse_form(bytes);
    let all = Limits::DEFAULT.bytes(length).fields(fields).value(value);
    if result.is_ok() {
        assert_eq!(&within(all), result);
    }
    let kind_below = |limits| within(limits).err().map(|error| error.kind());
    if let Some(below) = length.checked_sub(1) {
        assert_eq!(kind_below(all.bytes(below)), Some(ErrorKind::ByteLimit));
    }
    for (below, limit) in [
        (fields.checked_sub(1).map(|below| all.fields(below)), ErrorKind::FieldLimit),
        (value.checked_sub(1).map(|below| all.value(below)), ErrorKind::ValueLimit),
    ] {
        let Some(below) = below else { continue };
        let kind = kind_below(below);
        assert!(kind.is_some(), "a limit does not hold");
        assert!(result.is_err() || kind == Some(limit), "{kind:?}");
    }
}

/// Holds that a range of the input is one.
fn lies_within(error: &ParseError, length: usize) {
    let span = error.span();
    assert!(span.start <= span.end && span.end <= length, "{error}: {span:?} of {length}");
}

/// Holds that what is wrong stands in the form, and decodes to what is wrong with the value.
fn stands_in(draft: &Draft<'_>, violation: &Violation, body: &[u8]) {
    let field = violation.field();
    let (Some(span), Some(whole)) = (draft.span(violation), draft.value_span(field)) else {
        assert!(violation.rule() == Rule::Missing, "{violation} stands nowhere");
        return;
    };
    assert!(whole.start <= span.start && span.start <= span.end && span.end <= whole.end);
    assert!(draft.position(field).is_some_and(|at| at.byte() <= whole.start));
    // By itself it is a value again, of the length that the violation has.
    if field != Field::NameServers {
        // As a name it tells its length, after a letter so that it is no name that there is.
        let raw = body[span].iter().map(|&byte| if byte == b'=' { b'_' } else { byte });
        let name: Vec<u8> = b"&X".iter().copied().chain(raw).chain(*b"=").collect();
        let alone = Draft::from_form(&name).expect("whole escapes and characters");
        assert_eq!(alone.unknown()[0].name().len() - 1, violation.span().len());
    }
    let shown = draft.describe(violation).to_string();
    assert!(shown.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{shown}");
}

fn valid(registration: &Registration, policy: &Policy<'_>) {
    let body = registration.encode_form().to_string();
    assert!(body.bytes().all(|byte| byte.is_ascii_graphic()));
    assert_eq!(body.split('&').count(), registration.pairs().count(), "a value adds a parameter");
    let draft = Draft::from_form(body.as_bytes()).expect("canonical text is a form");
    let again = policy.validate(&draft).expect("canonical text is a registration");
    assert_eq!(again.encode_form().to_string(), body, "canonical text is not a fixed point");
    assert!(again.pairs().eq(registration.pairs()));
    assert_eq!(registration.label().as_str(), registration.label().as_str().to_ascii_lowercase());
    assert!(registration.domain_name().len() <= 253);

    let mut lints: Vec<Lint> = Vec::new();
    registration.lint(&mut lints);
    assert!(lints.len() <= 3 + 3 * registration.name_servers().len());
    registration.name_servers().iter().for_each(round_trips);
}

/// A name server from any text: nothing panics, no text has two readings, and every spelling reads back.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn name_server(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else { return };
    let strict = text.parse::<NameServer>();
    let lenient = NameServer::parse_lenient(text);
    match &strict {
        Ok(server) => {
            assert_eq!(lenient.as_ref(), Ok(server), "leniency changes a reading");
            round_trips(server);
        }
        Err(error) => assert!(error.offset() <= text.len()),
    }
    let readings = readings(text);
    assert!(readings.len() <= 1, "two readings");
    assert_eq!(readings.first(), strict.as_ref().ok(), "another reading than the grammar has");
    if let Ok(server) = lenient {
        round_trips(&server);
    }
}

/// Reads an entry by trying every place at which it could be split.
fn readings(text: &str) -> Vec<NameServer> {
    // A dotted quad after `::` alone could be read, and is refused because nobody means it.
    let address = |text: &str| {
        let v6: core::net::Ipv6Addr = text.parse().ok()?;
        let compatible = v6.segments()[..6] == [0; 6] && text.contains('.');
        (!compatible).then_some(v6)
    };
    let mut found = Vec::new();
    let mut add = |host: &str, v4, v6| {
        let server = host.parse().ok().and_then(|host| NameServer::new(host, v4, v6).ok());
        found.extend(server);
    };
    add(text, None, None);
    for (at, _) in text.match_indices(':').filter(|(at, _)| text[*at..].starts_with("::")) {
        let (host, rest) = (&text[..at], &text[at + 2..]);
        if let Ok(v4) = rest.parse() {
            add(host, Some(v4), None);
        }
        if let Some(v6) = address(rest) {
            add(host, None, Some(v6));
        }
        for (at, _) in rest.match_indices(':').filter(|(at, _)| rest[*at..].starts_with("::")) {
            if let (Ok(v4), Some(v6)) = (rest[..at].parse(), address(&rest[at + 2..])) {
                add(host, Some(v4), Some(v6));
            }
        }
    }
    found
}

fn round_trips(server: &NameServer) {
    assert_eq!(server.to_string().parse().as_ref(), Ok(server));
    for (expanded, slot) in [(false, false), (false, true), (true, false), (true, true)] {
        let format = NameServerFormat::CANONICAL.expanded(expanded).empty_v4_slot(slot);
        let text = server.formatted(format).to_string();
        assert_eq!(
            NameServer::parse_lenient(&text).as_ref(),
            Ok(server),
            "a spelling does not read back"
        );
    }
}

/// A receipt from any bytes: nothing panics, nothing but a status of 0 with an amount is a success, a status of 1 is read whatever
/// the other lines hold, and what is accepted can be written, read again and found equal. Neither a mark before the text nor a
/// limit that it does not pass makes a difference. The bytes are also read as a list of suffixes.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn receipt(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        let error = Receipt::from_utf8(bytes).expect_err("accepted bytes that are not UTF-8");
        return lies_within(&error, bytes.len());
    };
    suffixes(text);
    let result = Receipt::parse(text);
    assert_eq!(Receipt::from_utf8(bytes), result);
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = || lines_of(content).map(|line| line.split_once(':'));
    let values_of = |wanted: &str| {
        let values = lines().flatten().filter(|(key, _)| key.eq_ignore_ascii_case(wanted));
        values
            .map(|(_, value)| value.strip_prefix([' ', '\t']).unwrap_or(value))
            .collect::<Vec<_>>()
    };
    let status = values_of("status");
    let receipt = match result {
        Ok(receipt) => receipt,
        Err(error) => {
            assert!(error.position().byte() <= text.len());
            lies_within(&error, text.len());
            let too_large = [
                ErrorKind::ByteLimit,
                ErrorKind::FieldLimit,
                ErrorKind::LineLimit,
                ErrorKind::ValueLimit,
            ];
            assert!(status != ["1"] || too_large.contains(&error.kind()), "a refusal is not read");
            return;
        }
    };
    assert_eq!(status, [if receipt.is_success() { "0" } else { "1" }]);
    let amounts = values_of("amount");
    assert!(!receipt.is_success() || amounts.len() == 1 && receipt.amount().is_some());
    let first = amounts.first().and_then(|amount| amount.parse().ok());
    assert_eq!(receipt.amount(), first, "another amount than that of its line");
    assert_eq!(receipt.get("amount"), amounts.first().copied());

    let written = receipt.to_string();
    let reader = Parser::new().limits(Limits::DEFAULT.bytes(u32::MAX));
    assert_eq!(reader.parse_receipt(&written).as_ref(), Ok(&receipt));
    assert_eq!(reader.parse_receipt(&written).map(|again| again.to_string()), Ok(written));
    if !text.contains('\r') {
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(reader.parse_receipt(&crlf), Ok(receipt.clone()));
    }
    if !text.starts_with('\u{feff}') {
        let marked = format!("\u{feff}{text}");
        assert_eq!(reader.parse_receipt(&marked).as_ref(), Ok(&receipt));
    }
    assert_eq!(receipt.clone().into_owned(), receipt);

    let number = |number: usize| u32::try_from(number).expect("below 4 GiB");
    let blank = |line: &&str| line.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
    let (lines, fields) = (lines_of(content).count(), receipt.fields().count());
    assert_eq!(fields, lines_of(content).filter(|line| !blank(line)).count());
    let exact =
        Limits::DEFAULT.bytes(number(text.len())).lines(number(lines)).fields(number(fields));
    let kind =
        |limits| Parser::new().limits(limits).parse_receipt(text).map_err(|error| error.kind());
    assert_eq!(kind(exact), Ok(receipt));
    assert_eq!(kind(exact.bytes(exact.bytes - 1)), Err(ErrorKind::ByteLimit));
    assert_eq!(kind(exact.fields(exact.fields - 1)), Err(ErrorKind::FieldLimit));
    assert_eq!(kind(exact.lines(exact.lines - 1)), Err(ErrorKind::LineLimit));
}

/// Returns the lines, each without its LF and one CR before it.
fn lines_of(content: &str) -> impl Iterator<Item = &str> + Clone {
    content.split_terminator('\n').map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// Reads a text as a list of suffixes, and each of them alone.
fn suffixes(text: &str) {
    match SuffixSet::from_response(text) {
        Ok(set) => {
            let listed: String = set.iter().map(|suffix| format!("{suffix}\n")).collect();
            assert_eq!(SuffixSet::from_response(&listed).as_ref(), Ok(&set));
            let content = text.strip_prefix('\u{feff}').unwrap_or(text);
            let names = lines_of(content).filter(|line| !line.trim_matches([' ', '\t']).is_empty());
            assert!(
                names.clone().all(|name| set.contains(name)) && set.iter().len() <= names.count()
            );
        }
        Err(error) => lies_within(&error, text.len()),
    }
}
