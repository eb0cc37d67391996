//! Structured input for proptest: text that is nearly of the protocol, and values with the text that means them.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// A table, and lines that say it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Grid {
    /// The cells by column name, in lower case, and row.
    pub cells: BTreeMap<String, BTreeMap<u32, String>>,
}

/// Tables of a few columns with holes, and now and then a row far below the others.
pub fn grids() -> impl Strategy<Value = Grid> {
    let row = prop_oneof![9 => 0..12_u32, 1 => 0..10_000_u32];
    let column = btree_map(row, value(), 1..12);
    btree_map(select(NAMES).prop_map(str::to_owned), column, 0..6).prop_map(|cells| Grid { cells })
}

/// Names that no list uses for its window.
const NAMES: &[&str] =
    &["domain", "expiration date", "status", "note=1", "zone[x", "straße", "", "__proto__", "eof"];

/// What can stand behind `=`: text without an LF and without a blank or CR at its ends.
pub fn value() -> impl Strategy<Value = String> {
    let odd = select(
        &[
            "",
            "EOF",
            "[RESPONSE]",
            "code = 500",
            "property[a][0] = x",
            "210 Domain name available",
            "a\rb",
            "\u{a0}x\u{a0}",
        ][..],
    );
    prop_oneof![
        3 => "[a-z0-9.=\\[\\] ]{0,12}".prop_map(|text| text.trim_matches(' ').to_owned()),
        1 => odd.prop_map(str::to_owned),
    ]
}

impl Grid {
    fn line(column: &str, row: u32, value: &str) -> String {
        format!("property[{column}][{row}] = {value}\n")
    }

    /// One line for each cell, column by column.
    #[must_use]
    pub fn by_column(&self) -> Vec<String> {
        let cells =
            self.cells.iter().flat_map(|(name, cells)| cells.iter().map(move |cell| (name, cell)));
        cells.map(|(name, (&row, value))| Self::line(name, row, value)).collect()
    }

    /// One line for each cell, row by row.
    #[must_use]
    pub fn by_row(&self) -> Vec<String> {
        let mut cells: Vec<_> = self
            .cells
            .iter()
            .flat_map(|(name, cells)| cells.iter().map(move |(row, value)| (row, name, value)))
            .collect();
        cells.sort();
        cells.into_iter().map(|(&row, name, value)| Self::line(name, row, value)).collect()
    }
}

/// A reply of those lines.
#[must_use]
pub fn reply(lines: &[String]) -> String {
    format!("[RESPONSE]\ncode = 200\ndescription = Done\n{}EOF\n", lines.concat())
}

/// Lines that are of the protocol, or nearly, in any order: what a fuzzer takes long to find.
pub fn soup(words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => select(words).prop_map(|word| word.as_bytes().to_vec()),
        2 => "[ -~]{0,6}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..3),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Pieces of replies.
pub const REPLY: &[&str] = &[
    "[RESPONSE]\n",
    "[response]\r\n",
    "EOF\n",
    "eof\r\r\n",
    "code = 200\n",
    "CODE=545\r\n",
    "code = 2xx\n",
    "description = Done\n",
    "description =\n",
    "runtime = 0.1\n",
    "\n",
    " \t\n",
    "...\n",
    "= x\n",
    "\r",
    "\n",
    " ",
    "\u{feff}",
    "<html>\n",
    "property[domain][0] = a\n",
    "property[domain][1] = b\n",
    "PROPERTY[DOMAIN][3]=\n",
    "property[zone][2] = c\r\n",
    "property[column][0] = domain\n",
    "property[count][0] = 2\n",
    "property[count][0] = 0\n",
    "property[first][0] = 0\n",
    "property[last][0] = 1\n",
    "property[limit][0] = 2\n",
    "property[total][0] = 9\n",
    "property[total][1] = 9\n",
    "property[a][99999999999] = x\n",
    "property[a][10000000] = x\n",
    "property[a] = x\n",
    "property[a][-1] = x\n",
    "property[",
];

/// Pieces of commands.
pub const COMMAND: &[&str] = &[
    "[COMMAND]\n",
    "EOF\n",
    "COMMAND = AddDomain\r\n",
    "command=ModifyDomain\n",
    "COMMAND=CheckDomains\n",
    "DOMAIN=example.com\n",
    "domain0 = a\n",
    "DomainTag0=a\n",
    "DomainTag01=a\n",
    "AddDomainTag4095=a\n",
    "DelDomainTag4096=b\n",
    "ZoneTag=x\n",
    "AUTH=secret\n",
    "KEY=\n",
    "a b=c\n",
    "=",
    "\n",
    "\r\n",
    " ",
    "\0",
];

/// Pieces of forms with a command.
pub const COMMAND_FORM: &[&str] = &[
    "s_login=a%3Ab",
    "s_pw=c",
    "s_sessionid=1",
    "persistent=1",
    "persistent=2",
    "s_opmode=OTE",
    "s_otp=1",
    "s_entity=54cd",
    "&",
    "&",
    "&",
    "&",
    "s_command=COMMAND%3DAddDomain%0ADOMAIN%3Da.b",
    "s_command=",
    "command=AddDomain",
    "domain=a+b",
    "DomainTag0=%C3%A9",
    "a=%0A",
    "%zz",
    "%",
    "+",
    "=",
];

/// Pieces of registrations.
pub const REGISTRATION: &[&str] = &[
    "user=H1&password=p&domain=example&suffix=uk.com&chandle=H1&thandle=H2",
    "&",
    "&",
    "&",
    "test=1",
    "period=2",
    "period=",
    "period=11",
    "ahandle=H3",
    "bhandle=thandle",
    "registrant=x",
    "registrant=",
    "dns[]=ns1.example.com",
    "dns%5B%5D=ns2.example.com::192.0.2.1",
    "dns[]=NS1.example.com::2001:db8::1",
    "dns[0]=a.b",
    "dns[1]=c.d",
    "dns[]=",
    "dns=defaults",
    "domain=-x",
    "suffix=gb.com",
    "%2",
    "+",
];

/// Pieces of name servers.
pub const NAME_SERVER: &[&str] = &[
    "ns1.example.com",
    "h.test",
    "localhost",
    "::",
    "::",
    "::",
    ":",
    ":",
    ".",
    "192.0.2.1",
    "0.0.0.0",
    "2001:db8::1",
    "fe80",
    "1",
    "f",
    "ffff",
    "-",
];

/// Pieces of receipts.
pub const RECEIPT: &[&str] = &[
    "Status: 0\n",
    "Status:1\r\n",
    "status: 00\n",
    "amount: 65.00\n",
    "amount: 1e3\n",
    "Message: Done\n",
    "Transaction-ID: 1f\n",
    "dns: a::b\n",
    "bare\n",
    "\r\n",
    "\n",
    ":",
    "Query-status: 0\n",
    " ",
    "\r",
];
