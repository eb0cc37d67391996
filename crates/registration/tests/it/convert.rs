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
