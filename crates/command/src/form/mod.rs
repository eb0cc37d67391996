//! Commands as sent over HTTP: `application/x-www-form-urlencoded`, with credentials.
//!
//! There are two shapes, and servers accept both (`docs/protocol.md`, section 1.9): *wrapped*,
//! where the text of the command is one field, and *flat*, where every parameter is a field of its
//! own.
//!
//! ```
//! use cnic_command::Command;
//! use cnic_command::form::{Credentials, Form};
//!
//! let credentials = Credentials::new().with_login("account").with_role("clerk").with_password("p&w");
//! let command = Command::new("StatusDomain")?.with("domain", "example.com")?;
//!
//! let wrapped = credentials.wrap(&command).to_string();
//! assert_eq!(
//!     wrapped,
//!     "s_login=account%3Aclerk&s_pw=p%26w&s_command=COMMAND%3DStatusDomain%0Adomain%3Dexample.com",
//! );
//! let flat = credentials.flatten(&command)?.to_string();
//! assert_eq!(flat, "s_login=account%3Aclerk&s_pw=p%26w&command=StatusDomain&domain=example.com");
//!
//! for body in [wrapped, flat] {
//!     let form = Form::decode(body.as_bytes()).expect("a form");
//!     assert_eq!(form.command().expect("a command"), Some(command.clone()));
//!     assert_eq!(form.credentials().role(), Some("clerk"));
//! }
//! # Ok::<(), cnic_command::BuildError>(())
//! ```

mod body;
mod credentials;
mod decode;
mod name;
mod query;

pub use self::body::Body;
pub use self::credentials::{Credentials, Others};
pub use self::decode::Form;
pub use self::query::{query, query_span};
pub use crate::parameters::transport::is_transport;
