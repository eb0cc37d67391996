//! Registrations, receipts, violations and lints out to other formats.

use core::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::check::described::Described;
use crate::check::lint::{Lint, LintKind};
use crate::check::violation::{Message, Violation, Violations};
use crate::error::ErrorKind;
use crate::field::Field;
use crate::receipt::Receipt;
use crate::registration::Registration;
use crate::value::name_server::NameServer;
use crate::value::rule::Rule;

/// Everything but the credentials: neither the user nor the password is written.
///
/// A member is `null` if it was not given. A name server is written as its parts.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com").period("2");
/// let draft = draft.chandle("H1").thandle("H2").name_server("ns1.example.com::192.0.2.1");
/// let json = serde_json::to_string(&Policy::TOOLKIT.validate(&draft)?).expect("JSON");
/// let expected = concat!(
///     r#"{"domain":"example","suffix":"uk.com","period":2,"test":null,"chandle":"H1","#,
///     r#""ahandle":null,"thandle":"H2","bhandle":null,"#,
///     r#""dns":[{"host":"ns1.example.com","ipv4":"192.0.2.1","ipv6":null}]}"#,
/// );
/// assert_eq!(json, expected);
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
impl Serialize for Registration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Registration", 9)?;
        members.serialize_field("domain", self.label())?;
        members.serialize_field("suffix", self.suffix())?;
        members.serialize_field("period", &self.period())?;
        members.serialize_field("test", &self.test())?;
        members.serialize_field("chandle", self.chandle())?;
        members.serialize_field("ahandle", &self.ahandle())?;
        members.serialize_field("thandle", self.thandle())?;
        members.serialize_field("bhandle", &self.bhandle())?;
        members.serialize_field("dns", &Servers(self.name_servers()))?;
        members.end()
    }
}

struct Servers<'r>(&'r [NameServer]);

impl Serialize for Servers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Parts))
    }
}

/// The parts of a name server.
struct Parts<'r>(&'r NameServer);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_struct("NameServer", 3)?;
        parts.serialize_field("host", self.0.host())?;
        parts.serialize_field("ipv4", &self.0.ipv4().map(Text))?;
        parts.serialize_field("ipv6", &self.0.ipv6().map(Text))?;
        parts.end()
    }
}

/// The status, what is known of every receipt, and all lines in order as they are.
///
/// ```
/// use cnic_registration::Receipt;
///
/// let receipt = Receipt::parse("Transaction-ID: 1f0a\nStatus: 0\namount: 65.00\nnote\n")?;
/// let json = serde_json::to_string(&receipt).expect("JSON");
/// let expected = concat!(
///     r#"{"status":0,"ok":true,"transaction_id":"1f0a","message":null,"amount_minor":6500,"#,
///     r#""fields":[["Transaction-ID","1f0a"],["Status","0"],["amount","65.00"],["note",null]]}"#,
/// );
/// assert_eq!(json, expected);
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
impl Serialize for Receipt<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Receipt", 6)?;
        members.serialize_field("status", &self.status())?;
        members.serialize_field("ok", &self.is_success())?;
        members.serialize_field("transaction_id", &self.transaction_id())?;
        members.serialize_field("message", &self.message())?;
        members.serialize_field("amount_minor", &self.amount().map(|it| it.minor_units()))?;
        members.serialize_field("fields", &Lines(self))?;
        members.end()
    }
}

struct Lines<'r>(&'r Receipt<'r>);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

/// The members of a violation or a lint.
struct Entry<F, M> {
    name: &'static str,
    field: F,
    rule: &'static str,
    message: M,
}

impl<F: fmt::Display, M: fmt::Display> Serialize for Entry<F, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct(self.name, 3)?;
        members.serialize_field("field", &Text(&self.field))?;
        members.serialize_field("rule", self.rule)?;
        members.serialize_field("message", &Text(&self.message))?;
        members.end()
    }
}

impl Violation {
    /// Writes the violation; of an unknown parameter with its name.
    fn serialize_named<S: Serializer, N: fmt::Display>(
        &self,
        name: Option<N>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let (rule, message) = (self.rule().name(), self.message());
        match name {
            Some(field) => Entry { name: "Violation", field, rule, message }.serialize(serializer),
            None => {
                let field = self.field();
                Entry { name: "Violation", field, rule, message }.serialize(serializer)
            }
        }
    }
}

/// `{"field":"dns[2]","rule":"TooLong","message":"too long"}`. An unknown parameter is
/// `unknown[0]`; [`Draft::describe`](crate::Draft::describe) knows its name.
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize_named(None::<Field>, serializer)
    }
}

/// The members of the [`Violation`]. The field of an unknown parameter is its name, which is safe
/// to show.
impl Serialize for Described<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.violation.serialize_named(self.name(), serializer)
    }
}

/// A list of all violations. The field of an unknown parameter is its name, which is safe to show.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let body = b"user=u&password=p&domain=ab&suffix=uk.com&chandle=H1&thandle=H2&url=x";
/// let violations = Policy::TOOLKIT.validate(&Draft::from_form(body)?).unwrap_err();
/// let json = serde_json::to_string(&violations).expect("JSON");
/// let expected = concat!(
///     r#"[{"field":"domain","rule":"TooShort","message":"too short"},"#,
///     r#"{"field":"url","rule":"UnknownParameter","message":"unknown parameter"}]"#,
/// );
/// assert_eq!(json, expected);
/// # Ok::<(), cnic_registration::ParseError>(())
/// ```
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|violation| Named(violation, self)))
    }
}

/// A violation, and the list that knows the names.
struct Named<'v>(&'v Violation, &'v Violations);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_named(self.1.name_of(self.0), serializer)
    }
}

/// `{"field":"dns","rule":"FewNameServers","message":"fewer than two name servers"}`.
impl Serialize for Lint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rule, message) = (self.kind().name(), self.kind());
        Entry { name: "Lint", field: self.field(), rule, message }.serialize(serializer)
    }
}

/// Writes the name: `MissingGlue`.
impl Serialize for LintKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Writes the name: `TooLong`.
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Writes the name: `MissingStatus`.
impl Serialize for ErrorKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Writes the field as it is displayed: `dns[2]`.
impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Writes the text.
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A value that is written as its text.
struct Text<T>(T);

impl<T: fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
