//! What holds for every registration, every name server and every receipt.

use cnic_registration::{
    Draft, Lint, NameServer, Policy, Receipt, Registration, Spelling, Suffixes, Violation,
};

/// A registration from any bytes as the body of a form: nothing panics, `validate` is `Ok` exactly when `check` is silent, and
/// what is accepted can be written, read again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn registration(bytes: &[u8]) {
    let draft = match Draft::from_form(bytes) {
        Ok(draft) => draft,
        Err(error) => {
            return assert!(error.position().byte() <= bytes.len() && error.position().line() == 1);
        }
    };
    let any_suffix = Policy::TOOLKIT.suffixes(Suffixes::AnyWellFormed);
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
        match policy.validate(&draft) {
            Ok(registration) => {
                assert!(violations.is_empty());
                valid(&registration, &policy);
            }
            Err(found) => assert!(!violations.is_empty() && found.as_slice() == violations),
        }
    }
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
        let spelling = Spelling::CANONICAL.expanded(expanded).empty_v4_slot(slot);
        let text = server.spelled(spelling).to_string();
        assert_eq!(
            NameServer::parse_lenient(&text).as_ref(),
            Ok(server),
            "a spelling does not read back"
        );
    }
}

/// A receipt from any bytes: nothing panics, nothing but a status of 0 with an amount is a success, and what is accepted can be
/// written, read again and found equal.
///
/// # Panics
///
/// Panics if any of this does not hold.
pub fn receipt(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        assert!(Receipt::from_utf8(bytes).is_err(), "accepted bytes that are not UTF-8");
        return;
    };
    let receipt = match Receipt::parse(text) {
        Ok(receipt) => receipt,
        Err(error) => return assert!(error.position().byte() <= text.len()),
    };
    let lines = || text.lines().map(|line| line.split_once(':'));
    let value_of = |wanted: &str| {
        lines()
            .flatten()
            .find(|(key, _)| key.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
    };
    assert_eq!(value_of("status"), Some(if receipt.is_success() { "0" } else { "1" }));
    assert!(!receipt.is_success() || value_of("amount").is_some() && receipt.amount().is_some());

    let written = receipt.to_string();
    assert_eq!(Receipt::parse(&written).as_ref(), Ok(&receipt));
    assert_eq!(Receipt::parse(&written).map(|again| again.to_string()), Ok(written));
    if !text.contains('\r') {
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(Receipt::parse(&crlf), Ok(receipt.clone()));
    }
    assert_eq!(receipt.clone().into_owned(), receipt);
}
