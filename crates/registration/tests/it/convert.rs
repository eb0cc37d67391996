//! Conversions to and from the types of other crates.

#[cfg(feature = "rust_decimal")]
mod rust_decimal {
    use cnic_registration::{Amount, InvalidValue, Rule};
    use rust_decimal::Decimal;

    fn amount(text: &str) -> Result<Amount, InvalidValue> {
        text.parse::<Decimal>().unwrap().try_into()
    }

    #[test]
    fn amounts_are_the_same_number() {
        for minor_units in [0, 1, 9, 10, 99, 100, 6550, u64::MAX - 1, u64::MAX] {
            let amount = Amount::from_minor_units(minor_units);
            let number = Decimal::from(amount);
            assert_eq!(number.to_string(), amount.to_string());
            assert_eq!(Amount::try_from(number), Ok(amount));
            assert_eq!(Amount::try_from(number.normalize()), Ok(amount));
        }
        for (text, minor_units) in [
            ("65", 6500),
            ("65.5", 6550),
            ("65.5000", 6550),
            ("0.0000000000000000000000000000", 0),
            ("-0.00", 0),
            ("184467440737095516.15000", u64::MAX),
        ] {
            assert_eq!(amount(text), Ok(Amount::from_minor_units(minor_units)), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_amounts_are_rejected() {
        let (largest, smallest) = (Decimal::MAX.to_string(), Decimal::MIN.to_string());
        for text in ["-0.01", "-65", "65.005", "0.001", "0.0000000000000000000000000001"]
            .into_iter()
            .chain(["-0.001", "184467440737095516.16", &largest, &smallest])
        {
            let error = amount(text).expect_err(text);
            assert_eq!((error.rule(), error.span()), (Rule::InvalidAmount, 0..0), "{text}");
        }
    }
}

#[cfg(feature = "miette")]
mod miette {
    use cnic_registration::Draft;
    use miette::Diagnostic;

    #[test]
    fn an_error_is_a_diagnostic() {
        let body = b"domain=example&suffix=100%";
        let error = Draft::from_form(body).unwrap_err();
        let label = error.labels().and_then(|mut labels| labels.next()).expect("one");
        assert_eq!((label.offset(), label.len()), (25, 1));
        let code = error.code().expect("one").to_string();
        assert_eq!(code, "cnic::registration::InvalidEscape");
        assert!(error.help().is_some() && error.source_code().is_none());
    }
}

#[cfg(feature = "arbitrary")]
mod arbitrary {
    use std::collections::HashSet;
    use std::fmt::{Debug, Display};
    use std::str::FromStr;

    use arbitrary::{Arbitrary, Unstructured};
    use cnic_registration::{
        Amount, Draft, Field, Handle, Host, Label, NameServer, Period, Policy, Suffix,
    };

    /// Bytes without a pattern, from one number.
    fn noise(seed: u64) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let next = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..400).flat_map(next).collect()
    }

    /// Makes values of many seeds, and of no bytes at all. Each survives its text, and there are at
    /// least so many texts. Returns the texts.
    fn survive<T>(least: usize) -> HashSet<String>
    where
        T: for<'a> Arbitrary<'a> + Display + FromStr + PartialEq + Debug,
        T::Err: Debug + PartialEq,
    {
        let empty = T::arbitrary(&mut Unstructured::new(b"")).unwrap();
        let mut texts = HashSet::from([empty.to_string()]);
        for seed in 0..3000 {
            let value = T::arbitrary(&mut Unstructured::new(&noise(seed))).unwrap();
            let text = value.to_string();
            assert_eq!(text.parse(), Ok(value));
            texts.insert(text);
        }
        assert!(texts.len() >= least, "{} texts", texts.len());
        texts
    }

    #[test]
    fn values_survive_their_text() {
        survive::<Amount>(2900);
        survive::<Period>(10);
        survive::<Suffix>(20);
        let handles = survive::<Handle>(2500);
        assert!([2, 16].iter().all(|&length| handles.iter().any(|handle| handle.len() == length)));
        let labels = survive::<Label>(2900);
        assert!([3, 64].iter().all(|&length| labels.iter().any(|label| label.len() == length)));
        assert!(labels.iter().any(|label| label[1..].contains('-')));
        let hosts = survive::<Host>(2900);
        assert!((1..=3).all(|dots| hosts.iter().any(|host| host.matches('.').count() == dots)));
        let servers = survive::<NameServer>(2900);
        let is_short = |server: &String| server.contains(":::");
        assert!(servers.iter().any(is_short), "no address that begins with zeros");
        assert!(servers.iter().any(|server| !server.contains(':')), "each has an address");
    }

    #[test]
    fn drafts_are_valid_and_survive_their_form() {
        let mut fields = HashSet::new();
        for seed in 0..3000 {
            let draft = Draft::arbitrary(&mut Unstructured::new(&noise(seed))).unwrap();
            let registration = Policy::TOOLKIT.validate(&draft).unwrap();
            let body = registration.encode_form().to_string();
            let read = Draft::from_form(body.as_bytes()).unwrap();
            assert_eq!(Policy::TOOLKIT.validate(&read), Ok(registration));
            let optional = [Field::Test, Field::Ahandle, Field::Bhandle, Field::Period];
            let present = optional.map(|field| draft.get(field).is_some());
            fields.insert((present, draft.name_servers().len()));
        }
        assert_eq!(fields.len(), 16 * 7, "each set of optional fields with 0 to 6 name servers");
        assert!(Draft::arbitrary(&mut Unstructured::new(b"")).is_ok());
    }
}
