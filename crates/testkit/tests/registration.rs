//! Values of cnic-registration as fields of the rows of cnic-response and of JSON.

use cnic_registration::{Amount, Handle, Host, Label, NameServer, Period, Suffix};
use cnic_response::{DeserializeErrorKind, Response};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
struct Row {
    period: Period,
    price: Amount,
}

fn row(period: u8, minor_units: u64) -> Row {
    let period = Period::new(period).expect("1 to 10");
    Row { period, price: Amount::from_minor_units(minor_units) }
}

const PRICES: &str = "\
code = 200
description = Done
property[period][0] = 2
property[period][1] = 10
property[price][0] = 65.00
property[price][1] = 312.5
";

#[test]
fn a_row_has_a_period_and_a_price() {
    let response = Response::parse(PRICES).expect("a response");
    let rows: Result<Vec<Row>, _> = response.rows().deserialize().collect();
    assert_eq!(rows, Ok(vec![row(2, 6500), row(10, 31250)]));
}

#[test]
fn json_has_them_too() {
    let json = r#"[{"period":2,"price":"65.00"},{"period":"10","price":"312.5"}]"#;
    let rows: Vec<Row> = serde_json::from_str(json).expect("rows");
    assert_eq!(rows, [row(2, 6500), row(10, 31250)]);
}

#[test]
fn a_cell_that_is_no_value_is_named_and_not_shown() {
    for (good, bad, column) in [
        ("= 10", "= 11", "period"),
        ("= 10", "= 02", "period"),
        ("= 10", "= +2", "period"),
        ("= 10", "=", "period"),
        ("312.5", "-312.5", "price"),
        ("312.5", "hunter2", "price"),
    ] {
        let text = PRICES.replace(good, bad);
        let response = Response::parse(&*text).expect("a response");
        let rows: Result<Vec<Row>, _> = response.rows().deserialize().collect();
        let error = rows.expect_err("rejected");
        assert_eq!((error.column(), error.row()), (Some(column), Some(1)), "{bad}");
        assert_eq!(error.kind(), DeserializeErrorKind::InvalidValue, "{bad}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

#[test]
fn a_hole_is_none() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        period: Option<Period>,
        price: Option<Amount>,
    }

    let response =
        Response::parse("code = 200\nproperty[period][1] = 2\nproperty[price][0] = 1.00\n");
    let response = response.expect("a response");
    let rows: Result<Vec<Row>, _> = response.rows().deserialize().collect();
    let rows = rows.expect("rows").into_iter().map(|row| (row.period, row.price));
    let price = Amount::from_minor_units(100);
    let expected = [(None, Some(price)), (Some(Period::DEFAULT), None)];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

#[test]
fn other_values_are_cells_too() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        label: Label,
        suffix: Suffix,
        owner: Handle,
        host: Host,
        server: NameServer,
    }

    let text = "\
code = 200
property[label][0] = Example
property[suffix][0] = uk.com
property[owner][0] = H12345
property[host][0] = ns1.example.com
property[server][0] = ns1.example.com::192.0.2.1
";
    let response = Response::parse(text).expect("a response");
    let rows: Result<Vec<Row>, _> = response.rows().deserialize().collect();
    let json = r#"[{"label":"example","suffix":"UK.com","owner":"H12345","host":"ns1.example.com",
        "server":"ns1.example.com::192.0.2.1"}]"#;
    assert_eq!(rows.expect("rows"), serde_json::from_str::<Vec<Row>>(json).expect("JSON"));
}

#[test]
fn a_command_takes_and_gives_a_period() {
    #[derive(Debug, PartialEq, serde::Serialize, Deserialize)]
    struct Renew {
        domain: String,
        period: Period,
    }

    let renew = Renew { domain: "example.uk.com".to_owned(), period: Period::DEFAULT };
    let command = cnic_command::to_command("RenewDomain", &renew).expect("a command");
    assert_eq!(command.get("period"), Some("2"));
    assert_eq!(cnic_command::from_command::<Renew>(&command), Ok(renew));
}
