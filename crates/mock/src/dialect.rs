//! The two ways to write a response.

use std::fmt::Write;

use cnic_command::Credentials;
use cnic_response::Response;

/// Whose API a client speaks to (docs/protocol.md, sections 1.9 and 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// CentralNic Reseller: names in lower case.
    Cnr,
    /// HEXONET: names in capitals without blanks, one column after the other, and no `column`.
    Hexonet,
}

impl Dialect {
    /// Returns the dialect of a form. Only clients of HEXONET choose the system by `s_entity`, or
    /// call a session `s_session`.
    pub(crate) fn of(credentials: &Credentials<'_>) -> Self {
        let is_hexonet = |name: &str| {
            ["s_entity", "s_session"].iter().any(|field| field.eq_ignore_ascii_case(name))
        };
        if credentials.others().any(|(name, _)| is_hexonet(name)) {
            Self::Hexonet
        } else {
            Self::Cnr
        }
    }

    /// Returns a response in this dialect.
    pub(crate) fn write(self, bytes: Vec<u8>) -> Vec<u8> {
        match (self, Response::from_utf8(&bytes)) {
            (Self::Hexonet, Ok(response)) => hexonet(&response).into_bytes(),
            _ => bytes,
        }
    }
}

fn hexonet(response: &Response<'_>) -> String {
    let mut text = String::with_capacity(response.as_str().len());
    text += "[RESPONSE]\r\n";
    let mut line = |name: &str, index: Option<usize>, value: &str| {
        let name = name.replace(' ', "").to_ascii_uppercase();
        // A string takes any text.
        let _ = match index {
            Some(index) => write!(text, "PROPERTY[{name}][{index}]={value}\r\n"),
            None => write!(text, "{name}={value}\r\n"),
        };
    };
    line("code", None, &response.code().to_string());
    line("description", None, response.description());
    for (name, value) in response.fields() {
        line(name, None, value);
    }
    for column in response.columns() {
        for (row, value) in column.cells() {
            line(column.name(), Some(row), value);
        }
    }
    let page = response.page();
    let members = page.map_or([None; 5], |it| [it.count, it.first, it.last, it.limit, it.total]);
    for (name, member) in ["count", "first", "last", "limit", "total"].into_iter().zip(members) {
        if let Some(member) = member {
            line(name, Some(0), &member.to_string());
        }
    }
    text + "EOF\r\n"
}
