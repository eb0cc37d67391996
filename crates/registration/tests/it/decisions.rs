//! The decisions about forms. Values have `values.rs`, policies `policy.rs`, suffixes `suffixes.rs`.

use cnic_registration::{Draft, ErrorKind, Field, Policy};

use crate::util::{BASE, Random, SCALARS, base, finds, form, form_error, set, valid};

const TOOLKIT: Policy<'_> = Policy::TOOLKIT;

/// Returns the canonical body of a form that must be valid.
#[track_caller]
fn canonical(body: &str) -> String {
    String::from(valid(&TOOLKIT, &form(body)).encode_form())
}

//--- Output

const FULL: &str = "test=1&user=H12345&password=x&domain=example&suffix=uk.com&chandle=H1\
    &ahandle=H3&thandle=H2&bhandle=C4&period=2&dns%5B%5D=ns0.example.com\
    &dns%5B%5D=ns2.example.com%3A%3A192.168.1.1%3A%3Afc7%3A%3A1001%3A1";

#[test]
fn parameters_are_written_in_one_order() {
    assert_eq!(canonical(FULL), FULL);
    let (scalars, servers) = FULL.split_at(FULL.find("&dns").expect("a name server"));
    let mut random = Random::new(1);
    for _ in 0..200 {
        let mut pairs: Vec<_> = scalars.split('&').chain(["registrant=Me"]).collect();
        random.shuffle(&mut pairs);
        let place = random.below(pairs.len());
        pairs.insert(place, &servers[1..]);
        assert_eq!(canonical(&pairs.join("&")), FULL, "{pairs:?}");
    }
}

#[test]
fn what_is_not_given_is_left_out() {
    let optional = ["test=0", "ahandle=H3", "bhandle=H4", "period=10", "dns%5B%5D=ns.example.com"];
    for chosen in 0_u32..1 << optional.len() {
        let given = |name: &str| {
            let mut numbered = optional.iter().enumerate();
            let (place, pair) = numbered.find(|(_, pair)| pair.starts_with(name))?;
            (chosen >> place & 1 == 1).then_some(*pair)
        };
        let expected = [
            given("test"),
            Some("user=H12345&password=x&domain=example&suffix=uk.com&chandle=H1"),
            given("ahandle"),
            Some("thandle=H2"),
            given("bhandle"),
            given("period"),
            given("dns"),
        ];
        let expected = expected.into_iter().flatten().collect::<Vec<_>>().join("&");
        let body = optional.iter().filter_map(|pair| given(pair)).fold(BASE.to_owned(), |b, p| {
            if b.len() % 2 == 0 { format!("{b}&{p}") } else { format!("{p}&{b}") }
        });
        assert_eq!(canonical(&body), expected);
    }
}

#[test]
fn name_servers_keep_their_order() {
    let hosts = ["z.example.com", "a.example.com", "M.example.com", "1.example.com"];
    let draft = hosts.iter().fold(base(), |draft, host| draft.name_server(*host));
    let registration = valid(&TOOLKIT, &draft);
    let kept = registration.name_servers().iter().map(|server| server.host().as_str());
    assert!(kept.eq(hosts.map(str::to_ascii_lowercase)));
}

#[test]
fn neither_a_registrant_nor_a_url_is_ever_written() {
    let body = format!("registrant=John+Doe%2C+Example+Company+Ltd.&{BASE}");
    assert_eq!(canonical(&body), BASE);
    assert!(valid(&TOOLKIT, &form(&body)).ignored_registrant());
    assert!(!valid(&TOOLKIT, &form(BASE)).ignored_registrant());
    for empty in ["url=", "url=http%3A%2F%2Fexample.com%2F"] {
        finds(&TOOLKIT, &form(&format!("{BASE}&{empty}")), &["unknown[0] UnknownParameter"]);
    }
}

#[test]
fn a_value_is_escaped_as_the_whatwg_has_it() {
    for c in ('\0'..='\u{ff}').chain(['…', '\u{feff}', '🌐']) {
        let expected = match c {
            ' ' => "+".to_owned(),
            '*' | '-' | '.' | '_' => c.to_string(),
            _ if c.is_ascii_alphanumeric() => c.to_string(),
            _ => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
        };
        let password = format!("{c}{c}a{c}");
        let registration = valid(&TOOLKIT, &base().password(password.clone()));
        let body = registration.encode_form().to_string();
        let expected = format!("{expected}{expected}a{expected}");
        assert_eq!(body, BASE.replace("password=x", &format!("password={expected}")));
        assert_eq!(valid(&TOOLKIT, &form(&body)).password(), password);
        assert!(registration.pairs().any(|pair| pair == ("password", password.clone())));
    }
}

//--- Input

#[test]
fn brackets_and_colons_are_encoded_or_not() {
    let expected = base().name_server("ns.example.com::192.0.2.1").name_server("b.example.com");
    for pairs in [
        "dns[]=ns.example.com::192.0.2.1&dns[]=b.example.com",
        "dns%5B%5D=ns.example.com%3A%3A192.0.2.1&dns%5b%5d=b.example.com",
        "dns%5B]=ns.example.com:%3a192.0.2.1&dns[%5D=b%2Eexample%2Ecom",
        "%64ns[]=ns.example.com::192.0.2.1&&dns[]=b.example.com&",
        "dns[0]=ns.example.com::192.0.2.1&dns[1]=b.example.com",
        "dns%5B0%5D=ns.example.com%3A%3A192.0.2.1&dns%5b1%5d=b.example.com",
    ] {
        assert_eq!(form(&format!("{BASE}&{pairs}")), expected, "{pairs}");
        assert_eq!(form(&format!("&{pairs}&&{BASE}&")), expected, "{pairs}");
    }
}

#[test]
fn indices_count_from_0_without_a_gap() {
    let many: Vec<_> = (0..120).map(|n| format!("dns[{n}]=n{n}.example.com")).collect();
    let many = many.join("&");
    let read = form(&many);
    let expected =
        (0..120).fold(Draft::default(), |d, n| d.name_server(format!("n{n}.example.com")));
    assert_eq!(read, expected);
    let after = |pairs: &str| form_error(format!("dns[0]=a&{pairs}"));
    for second in [
        "dns[0]=b",
        "dns[2]=b",
        "dns[]=b",
        "dns[01]=b",
        "dns[+1]=b",
        "dns[-1]=b",
        "dns[1=b",
        "dns[ 1]=b",
        "dns[1] =b",
        "dns[1]]=b",
        "dns[1][0]=b",
        "dns[x]=b",
        "dns=b",
        "dns=",
        "dns[4294967297]=b",
        "dns[18446744073709551617]=b",
        "dns[%D9%A1]=b",
        "dns[]",
    ] {
        let kind = if second.contains('=') { "DnsKey" } else { "MissingEquals" };
        assert_eq!(after(second), (kind, 9), "{second}");
    }
    for first in ["dns[1]=a", "dns[00]=a", "dns[+0]=a", "dns[-0]=a", "dns=defaults", "dns[=a"] {
        assert_eq!(form_error(first), ("DnsKey", 0), "{first}");
    }
    assert_eq!(form_error("dns[]=a&dns[1]=b"), ("DnsKey", 8), "not mixed");
    assert_eq!(form_error("dns[]=a&dns[0]=b"), ("DnsKey", 8), "not mixed");
}

#[test]
fn an_empty_period_registrant_or_lone_name_server_stands_for_nothing() {
    for pairs in ["period=", "registrant=", "dns[]=", "period=&registrant=&dns%5B%5D="] {
        let read = form(pairs);
        assert_eq!(read, Draft::default(), "{pairs}");
        for field in [Field::Period, Field::Registrant, Field::NameServers] {
            assert_eq!(read.position(field), None, "{pairs}");
        }
        assert_eq!(canonical(&format!("{BASE}&{pairs}")), BASE);
    }
    let of = |pairs: &str, expected: &[&str]| {
        finds(&TOOLKIT, &form(&format!("{BASE}&{pairs}")), expected);
    };
    of("test=", &["test InvalidFlag"]);
    of("ahandle=&bhandle=", &["ahandle Empty", "bhandle Empty"]);
    of("dns[]=&dns[]=", &["dns[0] Empty", "dns[1] Empty"]);
    of("dns[]=&dns[]=a.example.com", &["dns[0] Empty"]);
    of("dns[0]=", &["dns[0] Empty"]);
    of("period=+", &["period InvalidPeriod"]);
    let empty = Draft::default().period("").name_server("");
    assert_ne!(empty, Draft::default(), "who sets them means them");
    assert_eq!(Draft::from_pairs([("period", ""), ("dns[]", "")]), Ok(Draft::default()));
}

#[test]
fn a_parameter_is_given_once() {
    for name in SCALARS.into_iter().chain(["registrant"]) {
        for (first, second) in [("a", "b"), ("a", "a"), ("", "a"), ("a", ""), ("", "")] {
            for again in [name.to_owned(), format!("%{:02x}{}", name.as_bytes()[0], &name[1..])] {
                let body = format!("{name}={first}&dns[]=x&&{again}={second}");
                let expected = name.len() + first.len() + "=&dns[]=x&&".len();
                assert_eq!(form_error(&body), ("DuplicateName", expected), "{body}");
            }
            let error = Draft::from_pairs([(name, first), ("dns[]", "x"), (name, second)]);
            let error = error.expect_err("rejected");
            assert_eq!((error.kind(), error.position().byte()), (ErrorKind::DuplicateName, 2));
        }
    }
}

#[test]
fn a_name_is_that_of_a_parameter_to_the_letter() {
    for name in SCALARS.into_iter().chain(["registrant", "dns[]"]) {
        let title = name[..1].to_uppercase() + &name[1..];
        for other in [
            name.to_uppercase(),
            title,
            format!("{name}+"),
            format!("+{name}"),
            format!("{name}%00"),
            format!("%25{:02x}{}", name.as_bytes()[0], &name[1..]),
            name[1..].to_owned(),
        ] {
            if other.starts_with("dns[") {
                assert_eq!(form_error(format!("&{other}=x")), ("DnsKey", 1), "{other}");
            } else {
                finds(
                    &TOOLKIT,
                    &form(&format!("{BASE}&{other}=x")),
                    &["unknown[0] UnknownParameter"],
                );
            }
        }
    }
    for other in ["", "url", "command", "domains[]", "dns%255B%255D", "dnsx", "chandle2", "ttl"] {
        finds(&TOOLKIT, &form(&format!("{BASE}&{other}=")), &["unknown[0] UnknownParameter"]);
    }
}

#[test]
fn a_form_is_decoded_exactly_once() {
    assert_eq!(canonical(&BASE.replace("example", "ex%61mple")), BASE);
    finds(&TOOLKIT, &form(&BASE.replace("example", "ex%2561mple")), &["domain InvalidChar"]);
    finds(&TOOLKIT, &form(&BASE.replace("example", "ex%00ample")), &["domain InvalidChar"]);
    for (written, meant) in [
        ("%2541", "%41"),
        ("%252541", "%2541"),
        ("a%2Bb+c%20d", "a+b c d"),
        ("%26test%3D1", "&test=1"),
        ("%25zz", "%zz"),
        ("=a==", "=a=="),
        ("%C3%BC\u{fc}%c3%bc", "\u{fc}\u{fc}\u{fc}"),
    ] {
        let body = BASE.replace("password=x", &format!("password={written}"));
        assert_eq!(valid(&TOOLKIT, &form(&body)).password(), meant);
    }
    // Pairs and setters are decoded already.
    let draft = Draft::from_pairs([("password", "%41+b")]).expect("a parameter");
    assert_eq!(draft, Draft::default().password("%41+b"));
    assert_ne!(draft, form("password=%41+b"));
}

#[test]
fn a_form_that_can_be_decoded_in_two_ways_is_rejected() {
    for (pair, kind) in [
        (&b"ahandle"[..], "MissingEquals"),
        (b"ahandle=%", "InvalidEscape"),
        (b"ahandle=%4", "InvalidEscape"),
        (b"ahandle=%4&password=1", "InvalidEscape"),
        (b"ahandle=%g1", "InvalidEscape"),
        (b"ahandle=%+1", "InvalidEscape"),
        (b"ahandle=%u0041", "InvalidEscape"),
        (b"%zz=H1", "InvalidEscape"),
        (b"ahandle=\xff", "InvalidUtf8"),
        (b"ahandle=%FF", "InvalidUtf8"),
        (b"ahandle=%C3", "InvalidUtf8"),
        (b"ahandle=%ED%A0%80", "InvalidUtf8"),
        (b"%C0%A0=H1", "InvalidUtf8"),
        (b"ahandle=H1\n", "ControlByte"),
        (b"ahandle=H1\r\n", "ControlByte"),
        (b"ahandle=\0", "ControlByte"),
        (b"ahandle\t=H1", "ControlByte"),
        (b"ahandle=\x7f", "ControlByte"),
    ] {
        let body = [b"test=1&&", pair, b"&url=x"].concat();
        assert_eq!(form_error(&body), (kind, 8), "{}", String::from_utf8_lossy(pair));
    }
}

#[test]
fn a_form_its_pairs_and_the_setters_make_one_draft() {
    let values = ["1", "u +", "p&%", "D", "s.", "", "H1", "::", "\u{fc}\0", "-1"];
    let setters = SCALARS.iter().zip(values).fold(Draft::default(), |d, (n, v)| set(d, n, v));
    let setters = setters.name_server("a&b=%").name_server("");
    let mut pairs: Vec<_> = SCALARS.into_iter().zip(values).collect();
    pairs.extend([("dns[]", "a&b=%"), ("dns[]", "")]);
    assert_eq!(Draft::from_pairs(pairs.clone()), Ok(setters.clone()));
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let body: Vec<_> = pairs.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect();
    assert_eq!(form(&body.join("&")), setters);
    assert_eq!(form(&body.join("&&")).clone(), setters);
    let owned = pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(Draft::from_pairs(owned), Ok(setters));
}

#[test]
fn a_field_knows_where_it_was_read() {
    let body = "&domain=example&&su%66fix=uk.com&dns[]=a&registrant=x&dns[]=b&test=";
    let read = form(body);
    let at = |draft: &Draft<'_>, field| draft.position(field).map(|at| (at.line(), at.byte()));
    assert_eq!(at(&read, Field::Domain), Some((1, 1)));
    assert_eq!(at(&read, Field::Suffix), Some((1, 17)));
    assert_eq!(at(&read, Field::NameServers), Some((1, 33)));
    assert_eq!(at(&read, Field::NameServer(0)), Some((1, 33)));
    assert_eq!(at(&read, Field::Registrant), Some((1, 41)));
    assert_eq!(at(&read, Field::NameServer(1)), Some((1, 54)));
    assert_eq!(at(&read, Field::Test), Some((1, 62)));
    for field in [Field::User, Field::Password, Field::NameServer(2), Field::NameServer(u32::MAX)] {
        assert_eq!(at(&read, field), None);
    }
    let pairs = [("domain", "example"), ("dns[]", "a"), ("period", "2"), ("dns[]", "b")];
    let pairs = Draft::from_pairs(pairs).expect("parameters");
    assert_eq!(at(&pairs, Field::Domain), Some((1, 0)));
    assert_eq!(at(&pairs, Field::Period), Some((1, 2)));
    assert_eq!(at(&pairs, Field::NameServer(1)), Some((1, 3)));
    let set = base().name_server("a");
    assert_eq!([Field::Domain, Field::NameServer(0)].map(|field| at(&set, field)), [None; 2]);
    assert_eq!(form(BASE), base(), "positions make no difference");
    assert_eq!(at(&form(BASE).domain("other"), Field::Domain), None, "no longer that of the form");
}
